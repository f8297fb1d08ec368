package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Answer;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.ServerCertificate.Fault;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.text.TimeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What SMTP answered in a dialogue, in sentences. */
public final class DialogueWords {
  private final TimeView time;

  public DialogueWords(TimeView time) {
    this.time = time;
  }

  /** At least one sentence. */
  public List<String> of(Dialogue dialogue) {
    List<String> sentences = new ArrayList<>();
    dialogue.failure().ifPresent(why -> sentences.add(why + "."));
    dialogue.recipients().forEach((who, answer) -> sentences.add(recipient(who, answer)));
    dialogue.tls().ifPresent(tls -> sentences.addAll(tls(tls)));
    if (sentences.isEmpty()) {
      sentences.add("It answers.");
    }
    return sentences;
  }

  private static String recipient(Recipient recipient, Answer answer) {
    String said = ": \"" + answer.reply() + "\".";
    if (answer.verdict() == Verdict.SENDER_REFUSED) {
      return "It refuses the sender, so it was not asked for " + answer.address() + said;
    }
    if (answer.verdict() == Verdict.DEFERRED) {
      return "For now it takes no mail for " + answer.address() + said;
    }
    boolean accepted = answer.verdict() == Verdict.ACCEPTED;
    return switch (recipient) {
      case OWN ->
          accepted
              ? "It takes mail for %s.".formatted(answer.address())
              : "It refuses mail for %s, its own address%s".formatted(answer.address(), said);
      case FOREIGN ->
          accepted
              ? "It relays for strangers: it takes mail for %s.".formatted(answer.address())
              : "It does not relay to %s.".formatted(answer.address());
    };
  }

  private List<String> tls(SmtpTls tls) {
    List<String> sentences = new ArrayList<>();
    tls.why().ifPresent(why -> sentences.add("Without TLS: " + why + "."));
    tls.protocol().ifPresent(protocol -> sentences.add("It speaks " + protocol + "."));
    tls.certificate().ifPresent(certificate -> sentences.add(certificate(certificate)));
    return sentences;
  }

  private String certificate(ServerCertificate certificate) {
    Instant now = time.now();
    Set<Fault> faults = certificate.faults(now);
    List<String> objections = new ArrayList<>();
    if (faults.contains(Fault.NOT_YET_VALID)) {
      objections.add("is not valid before " + time.dateAndTime(certificate.notBefore()));
    }
    if (faults.contains(Fault.SELF_SIGNED)) {
      objections.add("is self-signed");
    }
    if (faults.contains(Fault.NAME_MISMATCH)) {
      objections.add("is for another name than that of the server");
    }
    return "Its certificate, %s by %s, %s %s%s."
        .formatted(
            certificate.subject(),
            certificate.issuer(),
            faults.contains(Fault.EXPIRED) ? "expired at" : "is valid until",
            time.dateAndTime(certificate.notAfter()),
            objections.isEmpty() ? "" : "; it " + String.join(", and ", objections));
  }
}
