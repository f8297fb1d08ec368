package dev.imfexporter.page;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.SmtpTls;
import java.util.List;

/** What SMTP answered in the dialogues, as a table; the findings say it in sentences. */
final class DialogueSection {
  private final Html html;
  private final PageParts parts;

  DialogueSection(Html html, PageParts parts) {
    this.html = html;
    this.parts = parts;
  }

  /** Nothing if there was no dialogue. */
  void show(List<Dialogue> dialogues) {
    if (dialogues.isEmpty()) {
      return;
    }
    html.element("h3", "SMTP dialogue").line();
    parts.table(
        "What SMTP answered a client that sent no message",
        List.of(
            "Virtual server",
            "Address",
            "Outcome",
            "Greeting",
            "TLS",
            "Own address",
            "Foreign address",
            "Extensions"),
        dialogues,
        List.of(
            row -> html.text(row.virtualServer()),
            row -> html.text(row.place()),
            row -> html.text(row.outcome().spaced()),
            row -> html.text(row.greeting()),
            row -> html.text(row.tls().map(DialogueSection::tls).orElse("not asked")),
            row -> html.text(verdict(row, Recipient.OWN)),
            row -> html.text(verdict(row, Recipient.FOREIGN)),
            row -> html.text(String.join(" ", row.extensions()))));
  }

  private static String tls(SmtpTls tls) {
    return tls.protocol().orElse(tls.state().spaced());
  }

  private static String verdict(Dialogue dialogue, Recipient recipient) {
    return dialogue.verdict(recipient).map(Dialogue.Verdict::spaced).orElse("not asked");
  }
}
