package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.bed.Postfix;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.ServerCertificate.Fault;
import dev.imfexporter.collector.SmtpTls.State;
import dev.imfexporter.testing.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dialogue with a real mail server. */
@Tag("smtp")
@Timeout(120)
class DialogueWithPostfixTest {
  private static final String OPEN = "mynetworks=127.0.0.0/8";

  @TempDir private static Path folder;

  private static Instant now;
  private static Postfix postfix;
  private static int ending;
  private static int ended;
  private static int selfSigned;
  private static int early;
  private static int otherName;
  private static int old;
  private static int open;
  private static int deferring;
  private static int refusing;
  private static int demanding;

  @BeforeAll
  static void start() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    postfix = new Postfix(folder);
    TestCertificate good = signed(Postfix.NAME, now.minus(Duration.ofDays(10)), 30);
    ending = postfix.port(good);
    ended = postfix.port(signed(Postfix.NAME, now.minus(Duration.ofDays(31)), 30));
    early = postfix.port(signed(Postfix.NAME, now.plus(Duration.ofDays(2)), 30));
    otherName = postfix.port(signed("mail.example.org", now.minus(Duration.ofDays(1)), 30));
    selfSigned =
        postfix.port(
            TestCertificate.selfSigned(folder, Postfix.NAME, now.minus(Duration.ofDays(1)), 365));
    old =
        postfix.port(
            good,
            "smtpd_tls_protocols=TLSv1",
            "smtpd_tls_ciphers=medium",
            "tls_medium_cipherlist=ALL:@SECLEVEL=0");
    open = postfix.port(OPEN);
    deferring = postfix.port("smtpd_recipient_restrictions=defer");
    refusing = postfix.port("smtpd_recipient_restrictions=reject");
    demanding = postfix.port(good, "smtpd_tls_security_level=encrypt");
    postfix.start();
  }

  @AfterAll
  static void stop() throws Exception {
    postfix.stop();
  }

  private static TestCertificate signed(String name, Instant start, int days) throws Exception {
    return TestCertificate.signed(folder, name, start, days);
  }

  @Test
  void relayThatIsAsItShouldBe() throws Exception {
    Dialogue dialogue = hold(ending, true);

    assertThat(dialogue.failure()).isEmpty();
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.place()).isEqualTo("127.0.0.1:" + ending);
    assertThat(dialogue.greeting()).isEqualTo(Postfix.NAME + " ESMTP Postfix");
    assertThat(dialogue.extensions()).contains("PIPELINING", "SIZE", "STARTTLS", "8BITMIME");
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.verdict(Recipient.FOREIGN)).contains(Verdict.REFUSED);
    assertThat(dialogue.recipients())
        .hasEntrySatisfying(
            Recipient.FOREIGN,
            answer -> assertThat(answer.reply()).contains("Relay access denied"));
    SmtpTls tls = dialogue.tls().orElseThrow();
    assertThat(tls.state()).isEqualTo(State.ESTABLISHED);
    assertThat(tls.protocol()).contains("TLSv1.3");
    ServerCertificate certificate = tls.certificate().orElseThrow();
    assertThat(certificate)
        .isEqualTo(
            new ServerCertificate(
                "CN=" + Postfix.NAME,
                "CN=Test Authority,O=Example",
                now.minus(Duration.ofDays(10)),
                now.plus(Duration.ofDays(20)),
                false,
                true));
    assertThat(certificate.faults(now)).isEmpty();
  }

  /** No message was begun, so that Postfix has no queue file and logs none. */
  @Test
  void nothingIsSent() throws Exception {
    hold(ending, true);

    assertThat(folder.resolve("queue/maildrop")).isEmptyDirectory();
    assertThat(folder.resolve("queue/active")).isEmptyDirectory();
    assertThat(folder.resolve("queue/deferred")).isEmptyDirectory();
    assertThat(postfix.log()).doesNotContain("data=", "message-id=", "queue active");
  }

  @Test
  void certificatesAreReportedAndNeverRefused() throws Exception {
    assertThat(certificate(ended).faults(now)).containsExactly(Fault.EXPIRED);
    assertThat(certificate(ended).notAfter()).isEqualTo(now.minus(Duration.ofDays(1)));
    assertThat(certificate(early).faults(now)).containsExactly(Fault.NOT_YET_VALID);
    assertThat(certificate(selfSigned).faults(now)).containsExactly(Fault.SELF_SIGNED);
    assertThat(certificate(otherName).faults(now)).containsExactly(Fault.NAME_MISMATCH);
  }

  private static ServerCertificate certificate(int port) {
    Dialogue dialogue = hold(port, true);
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    return dialogue.tls().orElseThrow().certificate().orElseThrow();
  }

  /** As Windows Server 2003 and 2008. */
  @Test
  void serverWithOldTlsIsReportedAndAskedWithoutIt() {
    Dialogue dialogue = hold(old, true);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    SmtpTls tls = dialogue.tls().orElseThrow();
    assertThat(tls.state()).isEqualTo(State.TOO_OLD);
    assertThat(tls.why()).contains("its newest version, TLSv1, is too old for this Java");
    assertThat(tls.protocol()).contains("TLSv1");
    assertThat(tls.certificate()).isEqualTo(hold(ending, true).tls().orElseThrow().certificate());
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.verdict(Recipient.FOREIGN)).contains(Verdict.REFUSED);
  }

  @Test
  void openRelayIsNoticed() {
    Dialogue dialogue = hold(open, true);

    assertThat(dialogue.verdict(Recipient.FOREIGN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.tls().map(SmtpTls::state)).contains(State.NOT_OFFERED);
  }

  @Test
  void relayThatRefusesItsOwnAddressIsNoticed() {
    assertThat(hold(refusing, false).verdict(Recipient.OWN)).contains(Verdict.REFUSED);
    assertThat(hold(refusing, false).tls()).isEmpty();
    assertThat(hold(deferring, false).verdict(Recipient.OWN)).contains(Verdict.DEFERRED);
  }

  @Test
  void relayThatDemandsTlsRefusesTheSenderWithoutIt() {
    assertThat(hold(demanding, false).verdict(Recipient.OWN)).contains(Verdict.SENDER_REFUSED);
    assertThat(hold(demanding, true).verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
  }

  private static Dialogue hold(int port, boolean startTls) {
    Map<Recipient, String> recipients = new EnumMap<>(Recipient.class);
    recipients.put(Recipient.OWN, "postmaster@example.net");
    recipients.put(Recipient.FOREIGN, "someone@example.org");
    return new DialogueReading(
            List.of(new DialogueTarget("SMTP 1", "", port, startTls, recipients)),
            new DialogueReading.Client("127.0.0.1", "mon.example.net", "", Duration.ofSeconds(60)),
            System::nanoTime)
        .take(ScriptedSmtp.host())
        .all()
        .get(0);
  }
}
