package dev.imfexporter.exposition;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.ServerCertificate.Fault;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.metric.DialogueMetrics;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.Set;

/** What SMTP answered in the dialogues. */
final class DialogueFamilies {
  private final Families families;
  private final Instant now;

  private DialogueFamilies(Families families, Instant now) {
    this.families = families;
    this.now = now;
  }

  static void add(Families to, HostSnapshot host) {
    Timed<Dialogues> read = host.collected().get(CollectorKey.DIALOGUE);
    DialogueFamilies families = new DialogueFamilies(to, read.at());
    host.dialogues().forEach(families::dialogue);
  }

  private void dialogue(Dialogue dialogue) {
    String server = dialogue.virtualServer();
    String place = dialogue.place();
    families.of(DialogueMetrics.OUTCOME).states(dialogue.outcome().word(), server, place);
    families.of(DialogueMetrics.DURATION).add(dialogue.took(), server, place);
    dialogue
        .recipients()
        .forEach(
            (recipient, answer) ->
                families
                    .of(DialogueMetrics.VERDICT)
                    .states(answer.verdict().word(), server, place, recipient.word()));
    dialogue.tls().ifPresent(tls -> tls(tls, server, place));
  }

  private void tls(SmtpTls tls, String server, String place) {
    families.of(DialogueMetrics.TLS_STATE).states(tls.state().word(), server, place);
    tls.protocol()
        .ifPresent(
            protocol -> families.of(DialogueMetrics.TLS_INFO).add(1L, server, place, protocol));
    tls.certificate().ifPresent(certificate -> certificate(certificate, server, place));
  }

  private void certificate(ServerCertificate certificate, String server, String place) {
    families.of(DialogueMetrics.CERTIFICATE_EXPIRY).add(certificate.notAfter(), server, place);
    families.of(DialogueMetrics.CERTIFICATE_BEGIN).add(certificate.notBefore(), server, place);
    Set<Fault> faults = certificate.faults(now);
    for (Fault fault : Fault.values()) {
      families
          .of(DialogueMetrics.CERTIFICATE_FAULT)
          .add(faults.contains(fault), server, place, fault.word());
    }
    families
        .of(DialogueMetrics.CERTIFICATE_INFO)
        .add(1L, server, place, certificate.subject(), certificate.issuer());
  }
}
