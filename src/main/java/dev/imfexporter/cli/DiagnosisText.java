package dev.imfexporter.cli;

import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import java.util.List;

/** A diagnosis for a terminal. */
final class DiagnosisText {
  private static final String GREEN = "32";
  private static final String RED = "31";
  private static final String BOLD = "1";

  private final Paragraphs text;

  DiagnosisText(boolean colour) {
    text = new Paragraphs(colour);
  }

  String of(Diagnosis diagnosis) {
    boolean well = diagnosis.verdict() == Verdict.HEALTHY;
    text.add("", "", diagnosis.headline(), well ? GREEN : RED);
    diagnosis.findings().forEach(this::finding);
    list("What to do next", diagnosis.nextSteps(), true);
    if (!diagnosis.cautions().isEmpty()) {
      list("What not to conclude", diagnosis.cautions(), false);
    }
    return text.toString();
  }

  private void finding(Finding finding) {
    text.empty();
    String sign =
        switch (finding.tone()) {
          case GOOD -> "[ok] ";
          case BAD -> "[!!] ";
          case NEUTRAL -> "[..] ";
        };
    String paint = finding.tone() == Tone.GOOD ? GREEN : finding.tone() == Tone.BAD ? RED : BOLD;
    text.add(sign, "     ", finding.question(), paint);
    finding.answers().forEach(answer -> text.add("     ", "       ", answer, ""));
  }

  private void list(String heading, List<String> items, boolean numbered) {
    text.empty();
    text.add("", "", heading, BOLD);
    for (int i = 0; i < items.size(); i++) {
      String mark = numbered ? "%3d. ".formatted(i + 1) : "  -  ";
      text.add(mark, "     ", items.get(i), "");
    }
  }
}
