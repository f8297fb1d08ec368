package dev.imfexporter.testing;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Answer;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.SmtpTls;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a dialogue with SMTP of mail01. Without any call: complete, and nothing else was asked.
 */
public final class DialogueBuilder {
  private final String virtualServer;
  private final Map<Recipient, Answer> recipients = new EnumMap<>(Recipient.class);
  private Outcome outcome = Outcome.COMPLETE;
  private Optional<String> failure = Optional.empty();
  private Optional<SmtpTls> tls = Optional.empty();

  private DialogueBuilder(String virtualServer) {
    this.virtualServer = virtualServer;
  }

  public static DialogueBuilder dialogue(String virtualServer) {
    return new DialogueBuilder(virtualServer);
  }

  public DialogueBuilder failed(Outcome how, String why) {
    outcome = how;
    failure = Optional.of(why);
    return this;
  }

  public DialogueBuilder own(Verdict verdict) {
    return recipient(Recipient.OWN, "postmaster@example.net", verdict);
  }

  public DialogueBuilder foreign(Verdict verdict) {
    return recipient(Recipient.FOREIGN, "someone@example.org", verdict);
  }

  private DialogueBuilder recipient(Recipient recipient, String address, Verdict verdict) {
    String reply =
        switch (verdict) {
          case ACCEPTED -> "250 2.1.5 yes";
          case DEFERRED -> "450 4.7.1 later";
          case REFUSED, SENDER_REFUSED -> "550 5.7.1 no";
        };
    recipients.put(recipient, new Answer(address, verdict, reply));
    return this;
  }

  /** TLS without success. */
  public DialogueBuilder tls(SmtpTls.State state, String why) {
    tls = Optional.of(new SmtpTls(state, Optional.of(why), Optional.empty(), Optional.empty()));
    return this;
  }

  /** TLS 1.2 with a certificate of a year that an authority has signed. */
  public DialogueBuilder certificate(Instant notAfter, boolean selfIssued, boolean named) {
    ServerCertificate certificate =
        new ServerCertificate(
            "CN=mail01.example.net",
            selfIssued ? "CN=mail01.example.net" : "CN=Example CA",
            notAfter.minus(Duration.ofDays(365)),
            notAfter,
            selfIssued,
            named);
    tls =
        Optional.of(
            new SmtpTls(
                SmtpTls.State.ESTABLISHED,
                Optional.empty(),
                Optional.of("TLSv1.2"),
                Optional.of(certificate)));
    return this;
  }

  public Dialogue build() {
    return new Dialogue(
        virtualServer,
        "mail01:25",
        outcome,
        failure,
        "mail01.example.net Microsoft ESMTP MAIL Service",
        List.of("SIZE", "STARTTLS"),
        tls,
        recipients,
        Duration.ofMillis(41));
  }
}
