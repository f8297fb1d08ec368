package dev.imfexporter.cli;

import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.trouble.Troubles.Cause;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** A diagnosis for a terminal. */
final class DiagnosisText {
  private final TerminalText text;

  DiagnosisText(boolean colour) {
    text = new TerminalText(colour);
  }

  String of(DiagnosisReport diagnosis) {
    text.paragraph(diagnosis.headline(), style(diagnosis));
    diagnosis.findings().forEach(this::finding);
    diagnosis.causes().forEach(this::cause);
    list("What to do next", diagnosis.nextSteps(), true);
    if (!diagnosis.cautions().isEmpty()) {
      list("What not to conclude", diagnosis.cautions(), false);
    }
    return text.toString();
  }

  /** Nothing is green that is not over. */
  private static Style style(DiagnosisReport diagnosis) {
    if (diagnosis.verdict() != Verdict.HEALTHY) {
      return Style.fg_red;
    }
    return diagnosis.settled() ? Style.fg_green : Style.fg_yellow;
  }

  private void finding(Finding finding) {
    text.emptyLine();
    switch (finding.tone()) {
      case GOOD -> text.paragraph("[ok] ", 0, finding.question(), Style.fg_green);
      case BAD -> text.paragraph("[!!] ", 0, finding.question(), Style.fg_red);
      case NEUTRAL -> text.paragraph("[..] ", 0, finding.question(), Style.bold);
    }
    finding.answers().forEach(answer -> text.paragraph("     ", 2, answer));
  }

  private void cause(Cause cause) {
    text.emptyLine();
    text.paragraph(
        "Likely cause: %s (%s)".formatted(cause.trouble().title(), cause.trouble().word()),
        Style.bold);
    cause.evidence().forEach(sentence -> text.paragraph("     ", 2, sentence));
    items(cause.steps(), true);
    text.paragraph("     ", 2, "Read " + cause.trouble().article());
  }

  private void list(String heading, List<String> items, boolean numbered) {
    text.emptyLine();
    text.paragraph(heading, Style.bold);
    items(items, numbered);
  }

  private void items(List<String> items, boolean numbered) {
    for (int i = 0; i < items.size(); i++) {
      text.paragraph(numbered ? "%3d. ".formatted(i + 1) : "  -  ", 0, items.get(i));
    }
  }
}
