package dev.imfexporter.preflight;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Concern;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.text.Sentence;
import java.util.Set;

/**
 * What SMTP answers its clients: an update that resets the settings is then known by what changed,
 * and what is wrong already will look like its work.
 */
final class Clients {
  private Clients() {}

  static Answer answers(Outlook host) {
    Answer answer = new Answer();
    if (host.snapshot().dialogues().isEmpty()) {
      return answer
          .without(host.snapshot().collected().get(CollectorKey.DIALOGUE))
          .step(
              "List the virtual servers below dialogue in the configuration, to have them asked"
                  + " before and after each update.");
    }
    host.snapshot().dialogues().forEach(dialogue -> answers(host, dialogue, answer));
    if (answer.hasFault()) {
      answer.step(
          "Mend this before the update: imf-exporter diagnose %s says what to do."
              .formatted(host.name()));
    }
    return answer;
  }

  private static void answers(Outlook host, Dialogue dialogue, Answer answer) {
    String who = "%s at %s".formatted(dialogue.virtualServer(), dialogue.place());
    dialogue.failure().ifPresent(why -> answer.notKnown(who + ": " + Sentence.closed(why)));
    Set<Concern> concerns = dialogue.concerns(host.now());
    for (Concern concern : concerns) {
      switch (concern) {
        case OWN_ADDRESS_REFUSED -> answer.problem(who + " refuses mail for its own address.");
        case OPEN_RELAY -> answer.problem(who + " relays for strangers.");
        case CERTIFICATE_EXPIRED ->
            answer.warning("The certificate of %s expired %s.".formatted(who, end(host, dialogue)));
        case CERTIFICATE_EXPIRES ->
            answer.warning("The certificate of %s expires %s.".formatted(who, end(host, dialogue)));
      }
    }
    if (concerns.isEmpty() && dialogue.failure().isEmpty()) {
      answer.ok(who + " answers, and nothing that was asked speaks against it.");
    }
  }

  private static String end(Outlook host, Dialogue dialogue) {
    return dialogue
        .tls()
        .flatMap(SmtpTls::certificate)
        .map(ServerCertificate::notAfter)
        .map(host::moment)
        .orElse("");
  }
}
