package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Concern;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the dialogues with SMTP show, and what to do about it. */
final class DialogueSteps {
  private static final String SETTINGS =
      "IIS 6 Manager (Exchange System Manager), properties of the virtual server, ";

  private DialogueSteps() {}

  /** Empty if there was no dialogue. */
  static Optional<Finding> finding(Patient host) {
    DialogueWords words = new DialogueWords(host.time());
    List<String> answers =
        host.snapshot().dialogues().stream()
            .map(
                dialogue ->
                    "%s at %s: %s"
                        .formatted(
                            dialogue.virtualServer(),
                            dialogue.place(),
                            String.join(" ", words.of(dialogue))))
            .toList();
    Set<Concern> concerns = host.smtpConcerns();
    boolean asked = host.snapshot().dialogues().stream().allMatch(DialogueSteps::isAsked);
    Tone tone = concerns.isEmpty() ? asked ? Tone.GOOD : Tone.NEUTRAL : Tone.BAD;
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding("What does SMTP answer its clients?", tone, answers));
  }

  /** Whether it came to its end, and TLS to its own; old versions of TLS are no failure. */
  private static boolean isAsked(Dialogue dialogue) {
    return dialogue.failure().isEmpty()
        && dialogue
            .tls()
            .map(SmtpTls::state)
            .filter(is -> is == SmtpTls.State.FAILED || is == SmtpTls.State.TIMED_OUT)
            .isEmpty();
  }

  static List<String> of(Patient host) {
    List<String> steps = new ArrayList<>();
    host.smtpConcerns().forEach(concern -> steps.add(step(concern)));
    return steps;
  }

  private static String step(Concern concern) {
    return switch (concern) {
      case OWN_ADDRESS_REFUSED ->
          "Look whether the domain of the address is still a local or relay domain: IIS 6 Manager,"
              + " Domains (Exchange: Recipient Policies). Then "
              + SETTINGS
              + "Access, Relay Restrictions. An update or upgrade may have reset both (KB976323).";
      case OPEN_RELAY ->
          "Close the relay now: "
              + SETTINGS
              + "Access, Relay Restrictions: \"Only the list below\". Then look through Queue and"
              + " Badmail for mail of strangers, and whether the host's address is on a block list.";
      case CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRES ->
          "Give the virtual server a new certificate: "
              + SETTINGS
              + "Access, Certificate. Then, at a quiet time, net stop SMTPSVC and net start"
              + " SMTPSVC: without that, SMTP may go on with the old one.";
    };
  }

  /** The alert about it, and so its runbook. */
  static String runbook(Concern concern) {
    return switch (concern) {
      case OWN_ADDRESS_REFUSED -> "ImfOwnAddressRefused";
      case OPEN_RELAY -> "ImfOpenRelay";
      case CERTIFICATE_EXPIRED -> "ImfSmtpCertificateExpired";
      case CERTIFICATE_EXPIRES -> "ImfSmtpCertificateExpires";
    };
  }

  /** A clause, such as a headline has. */
  static String clause(Concern concern) {
    return switch (concern) {
      case OWN_ADDRESS_REFUSED -> "SMTP refuses mail for its own address";
      case OPEN_RELAY -> "SMTP relays for strangers";
      case CERTIFICATE_EXPIRED -> "the certificate of SMTP has expired";
      case CERTIFICATE_EXPIRES -> "the certificate of SMTP expires soon";
    };
  }
}
