package dev.imfexporter.diagnosis;

import static dev.imfexporter.testing.DialogueBuilder.dialogue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.SmtpTls.State;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.testing.DialogueBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.MailFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What diagnose makes of the dialogues with SMTP. */
class DialogueDiagnosisTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");

  private final HostSnapshotBuilder host =
      new HostSnapshotBuilder("mail01", NOW)
          .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
          .mailFlow(MailFlow.State.IDLE);

  @Test
  void withoutDialoguesNothingIsSaid() {
    assertThat(finding(diagnosis())).isEmpty();
  }

  @Test
  void relayThatIsAsItShouldBeIsHealthy() {
    Diagnosis diagnosis =
        diagnosis(
            dialogue("SMTP 1")
                .own(Verdict.ACCEPTED)
                .foreign(Verdict.REFUSED)
                .certificate(NOW.plus(Duration.ofDays(21)), false, true));

    assertThat(diagnosis.summary().situation()).isEqualTo(Situation.IDLE);
    assertThat(diagnosis.nextSteps()).containsExactly(NextSteps.NOTHING);
    assertThat(finding(diagnosis))
        .contains(
            new Finding(
                "What does SMTP answer its clients?",
                Tone.GOOD,
                List.of(
                    "SMTP 1 at mail01:25: It takes mail for postmaster@example.net. It does not relay"
                        + " to someone@example.org. It speaks TLSv1.2. Its certificate,"
                        + " CN=mail01.example.net by CN=Example CA, is valid until 2026-12-13 03:20:00"
                        + " UTC.")));
  }

  @Test
  void relayThatRefusesItsOwnAddressFails() {
    Diagnosis diagnosis = diagnosis(dialogue("SMTP 1").own(Verdict.REFUSED));

    assertThat(diagnosis.verdict()).isEqualTo(Diagnosis.Verdict.FAILING);
    assertThat(diagnosis.summary().headline())
        .isEqualTo("SMTP on mail01 runs and refuses mail for its own address.");
    assertThat(diagnosis.summary().runbook()).contains("ImfOwnAddressRefused");
    assertThat(diagnosis.nextSteps().get(0)).contains("Recipient Policies").contains("KB976323");
    assertThat(finding(diagnosis).orElseThrow().tone()).isEqualTo(Tone.BAD);
    assertThat(finding(diagnosis).orElseThrow().answers().get(0))
        .contains("It refuses mail for postmaster@example.net, its own address: \"550 5.7.1 no\".");
  }

  /** The sender filter, greylisting, or a server that demands TLS: not a refused address. */
  @Test
  void refusalForNowOrOfTheSenderIsNoFault() {
    for (Verdict verdict : List.of(Verdict.DEFERRED, Verdict.SENDER_REFUSED)) {
      assertThat(diagnosis(dialogue("SMTP 1").own(verdict).foreign(verdict)).verdict())
          .isEqualTo(Diagnosis.Verdict.HEALTHY);
    }
  }

  @Test
  void openRelayAndCertificatesNeedAttention() {
    Diagnosis open =
        diagnosis(
            dialogue("SMTP 1").foreign(Verdict.ACCEPTED),
            dialogue("SMTP 2").certificate(NOW.minusSeconds(1), true, false));

    assertThat(open.verdict()).isEqualTo(Diagnosis.Verdict.AT_RISK);
    assertThat(open.summary().headline())
        .isEqualTo(
            "mail01 needs attention: SMTP relays for strangers; the certificate of SMTP has expired.");
    assertThat(open.summary().runbook()).contains("ImfOpenRelay");
    assertThat(open.nextSteps()).hasSize(2);
    assertThat(open.nextSteps().get(0)).startsWith("Close the relay now");
    assertThat(finding(open).orElseThrow().answers().get(1))
        .contains(
            "expired at 2026-11-22 03:19:59 UTC; it is self-signed, and is for another name than that"
                + " of the server.");

    Diagnosis ending =
        diagnosis(dialogue("SMTP 1").certificate(NOW.plus(Duration.ofDays(19)), false, true));
    assertThat(ending.summary().situation()).isEqualTo(Situation.SMTP_AT_RISK);
    assertThat(ending.summary().runbook()).contains("ImfSmtpCertificateExpires");
    assertThat(finding(ending).orElseThrow().tone()).isEqualTo(Tone.BAD);
  }

  @ParameterizedTest
  @CsvSource({"19, ImfSmtpCertificateExpires", "-1, ImfSmtpCertificateExpired"})
  void newCertificateNeedsTheSameCommandsAsInTheRunbook(int days, String name) throws IOException {
    String step =
        diagnosis(dialogue("SMTP 1").certificate(NOW.plus(Duration.ofDays(days)), false, true))
            .nextSteps()
            .get(0);
    String runbook =
        Files.readString(Path.of("docs/runbooks", name + ".md")).replaceAll("[`\\s]+", " ");

    assertThat(step).contains("net stop SMTPSVC and net start SMTPSVC");
    assertThat(runbook).contains("net stop SMTPSVC and net start SMTPSVC");
    assertThat(step).contains("may go on with the old one");
    assertThat(runbook).contains("may go on with the old one");
  }

  @ParameterizedTest
  @CsvSource({"TIMED_OUT, NEUTRAL", "FAILED, NEUTRAL", "TOO_OLD, GOOD", "NOT_OFFERED, GOOD"})
  void brokenHandshakeIsNotGood(State state, Tone tone) {
    assertThat(
            finding(diagnosis(dialogue("SMTP 1").own(Verdict.ACCEPTED).tls(state, "of this")))
                .orElseThrow()
                .tone())
        .isEqualTo(tone);
  }

  @Test
  void dialogueThatEndsEarlyAndOldTlsAreSaid() {
    Diagnosis diagnosis =
        diagnosis(
            dialogue("SMTP 1").tls(State.TOO_OLD, "its versions of TLS are too old for this Java"),
            dialogue("SMTP 2").failed(Outcome.NO_CONNECTION, "Nothing listens there"),
            dialogue("SMTP 3"));

    assertThat(diagnosis.verdict()).isEqualTo(Diagnosis.Verdict.HEALTHY);
    assertThat(finding(diagnosis).orElseThrow())
        .isEqualTo(
            new Finding(
                "What does SMTP answer its clients?",
                Tone.NEUTRAL,
                List.of(
                    "SMTP 1 at mail01:25: Without TLS: its versions of TLS are too old for this Java.",
                    "SMTP 2 at mail01:25: Nothing listens there.",
                    "SMTP 3 at mail01:25: It answers.")));
  }

  private Diagnosis diagnosis(DialogueBuilder... dialogues) {
    if (dialogues.length > 0) {
      host.ok(
          CollectorKey.DIALOGUE,
          new Dialogues(Stream.of(dialogues).map(DialogueBuilder::build).toList()));
    }
    return Diagnosis.of(host.build(), new DayEvents.NotAsked(), TimeView.utc(NOW));
  }

  private static Optional<Finding> finding(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.question().startsWith("What does SMTP answer"))
        .findFirst();
  }
}
