package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import java.util.List;

/** The findings of a diagnosis: bad news open, the rest closed. */
final class EvidenceSection {
  private final Html html;
  private final PageParts parts;

  EvidenceSection(Html html, PageParts parts) {
    this.html = html;
    this.parts = parts;
  }

  void write(List<Finding> findings) {
    findings.stream().filter(EvidenceSection::isBad).forEach(this::finding);
    List<Finding> others = findings.stream().filter(f -> !isBad(f)).toList();
    if (!others.isEmpty()) {
      parts.details("What else was asked, and the answers", () -> others.forEach(this::finding));
    }
  }

  private static boolean isBad(Finding finding) {
    return finding.tone() == Tone.BAD;
  }

  private void finding(Finding finding) {
    html.inline(
            "h3",
            () -> {
              html.element("span", word(finding.tone()), attr("class", "result " + css(finding)));
              html.text(" " + finding.question());
            })
        .line();
    html.block("ul", () -> finding.answers().forEach(this::answer));
  }

  private void answer(String sentence) {
    html.inline("li", () -> parts.instruction(sentence)).line();
  }

  private static String word(Tone tone) {
    return switch (tone) {
      case GOOD -> "good";
      case BAD -> "bad";
      case NEUTRAL -> "known";
    };
  }

  private static String css(Finding finding) {
    return switch (finding.tone()) {
      case GOOD -> "ok";
      case BAD -> "failed";
      case NEUTRAL -> "neutral";
    };
  }
}
