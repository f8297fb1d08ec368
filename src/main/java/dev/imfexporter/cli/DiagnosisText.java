package dev.imfexporter.cli;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import java.util.List;

/** A diagnosis for a terminal, at most 100 columns wide. */
final class DiagnosisText {
  private static final int COLUMNS = 100;
  private static final String GREEN = "32";
  private static final String RED = "31";
  private static final String BOLD = "1";

  private final boolean colour;
  private final StringBuilder text = new StringBuilder();

  DiagnosisText(boolean colour) {
    this.colour = colour;
  }

  String of(Diagnosis diagnosis) {
    boolean well = diagnosis.verdict() == Verdict.HEALTHY;
    paragraph("", "", diagnosis.headline(), well ? GREEN : RED);
    diagnosis.findings().forEach(this::finding);
    list("What to do next", diagnosis.nextSteps(), true);
    if (!diagnosis.cautions().isEmpty()) {
      list("What not to conclude", diagnosis.cautions(), false);
    }
    return text.toString();
  }

  private void finding(Finding finding) {
    text.append('\n');
    String sign =
        switch (finding.tone()) {
          case GOOD -> "[ok] ";
          case BAD -> "[!!] ";
          case NEUTRAL -> "[..] ";
        };
    String paint = finding.tone() == Tone.GOOD ? GREEN : finding.tone() == Tone.BAD ? RED : BOLD;
    paragraph(sign, "     ", finding.question(), paint);
    finding.answers().forEach(answer -> paragraph("     ", "       ", answer, ""));
  }

  private void list(String heading, List<String> items, boolean numbered) {
    text.append('\n');
    paragraph("", "", heading, BOLD);
    for (int i = 0; i < items.size(); i++) {
      String mark = numbered ? "%3d. ".formatted(i + 1) : "  -  ";
      paragraph(mark, "     ", items.get(i), "");
    }
  }

  /** Breaks lines between words; a word that is longer than a line is cut. */
  private void paragraph(String first, String others, String content, String paint) {
    StringBuilder line = new StringBuilder(first);
    int indent = first.length();
    for (String word : printable(content).split(" +", -1)) {
      String rest = word;
      while (!rest.isEmpty()) {
        boolean empty = line.length() == indent;
        int room = COLUMNS - line.length() - (empty ? 0 : 1);
        if (rest.length() <= room) {
          line.append(empty ? "" : " ").append(rest);
          rest = "";
        } else if (empty) {
          line.append(rest, 0, room);
          rest = rest.substring(room);
        } else {
          end(line, paint);
          line = new StringBuilder(others);
          indent = others.length();
        }
      }
    }
    end(line, paint);
  }

  private void end(StringBuilder line, String paint) {
    if (colour && !paint.isEmpty()) {
      text.append("\u001b[").append(paint).append('m').append(line).append("\u001b[0m");
    } else {
      text.append(line);
    }
    text.append('\n');
  }

  /** What a host sends must not steer a terminal. */
  private static String printable(String content) {
    return content.replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]", " ").strip();
  }
}
