package dev.imfexporter.page;

import static dev.imfexporter.testing.DialogueBuilder.dialogue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueSectionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");

  @Test
  void withoutDialoguesThereIsNoSection() {
    assertThat(shown(List.of())).isEmpty();
  }

  @Test
  void eachVirtualServerHasARowWithItsAnswers() {
    String text =
        shown(
                List.of(
                    dialogue("SMTP 1")
                        .own(Verdict.ACCEPTED)
                        .foreign(Verdict.SENDER_REFUSED)
                        .certificate(NOW, false, true)
                        .build(),
                    dialogue("<SMTP 2>").failed(Outcome.NO_CONNECTION, "Nothing listens").build()))
            .replaceAll("<[^>]*>", "|")
            .replaceAll("[|\\s]{2,}", "|");

    assertThat(text)
        .contains(
            "|SMTP 1|mail01:25|complete|mail01.example.net Microsoft ESMTP MAIL Service|TLSv1.2|accepted"
                + "|sender refused|SIZE STARTTLS|")
        .contains("|&lt;SMTP 2&gt;|mail01:25|no connection|")
        .contains("|not asked|not asked|not asked|");
  }

  private static String shown(List<Dialogue> dialogues) {
    Html html = new Html();
    new DialogueSection(html, new PageParts(html, PageView.utc(NOW))).show(dialogues);
    return html.toString();
  }
}
