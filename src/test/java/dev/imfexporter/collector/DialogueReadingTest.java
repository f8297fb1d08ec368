package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Dialogue.Answer;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.SmtpTls.State;
import dev.imfexporter.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialogue with servers that behave as they should not. */
@Timeout(60)
class DialogueReadingTest {
  private static final Duration PLENTY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Map<Recipient, String> OWN = Map.of(Recipient.OWN, "me@example.net");
  private static final Map<Recipient, String> BOTH =
      Map.of(Recipient.OWN, "me@example.net", Recipient.FOREIGN, "you@example.org");

  private final ScriptedSmtp server = new ScriptedSmtp();

  @AfterEach
  void hangUp() throws Exception {
    server.close();
  }

  @Test
  void everyAddressIsAskedForInATransactionOfItsOwnAndNoDataIsSent() {
    server.serve(
        session -> {
          session.say("220-mail Microsoft ESMTP MAIL Service\r\n220 ready\r\n").hear();
          session.say("250-mail Hello [127.0.0.1]\r\n250-SIZE 2097152\r\n250-AUTH=LOGIN\r\n");
          session.say("250-size 1\r\n250-caf\u00e9\r\n250-\r\n250 OK\r\n").hear();
          session.say("250 2.1.0 probe@example.net....Sender OK\r\n").hear();
          session.say("250 2.1.5 me@example.net\r\n").hear().say("250 reset\r\n").hear();
          session.say("250 ok\r\n").hear().say("550 5.7.1 no relaying\r\n").hear();
          session.say("250 reset\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(false, BOTH, PLENTY);

    assertThat(server.heard())
        .containsExactly(
            "EHLO mon",
            "MAIL FROM:<probe@example.net>",
            "RCPT TO:<me@example.net>",
            "RSET",
            "MAIL FROM:<probe@example.net>",
            "RCPT TO:<you@example.org>",
            "RSET",
            "QUIT");
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.failure()).isEmpty();
    assertThat(dialogue.greeting()).isEqualTo("mail Microsoft ESMTP MAIL Service");
    assertThat(dialogue.extensions()).containsExactly("SIZE", "AUTH");
    assertThat(dialogue.tls()).isEmpty();
    assertThat(dialogue.recipients())
        .containsExactly(
            Map.entry(
                Recipient.OWN,
                new Answer("me@example.net", Verdict.ACCEPTED, "250 2.1.5 me@example.net")),
            Map.entry(
                Recipient.FOREIGN,
                new Answer("you@example.org", Verdict.REFUSED, "550 5.7.1 no relaying")));
    assertThat(dialogue.took()).isBetween(Duration.ZERO, PLENTY);
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.7.1 blocked using bl.example, SENDER_REFUSED",
    "530 5.7.0 Must issue a STARTTLS command first, SENDER_REFUSED",
    "450 4.7.1 try later, DEFERRED",
    "354 what, DEFERRED",
  })
  void refusedSenderIsToldApart(String reply, Verdict verdict) {
    server.serve(
        session -> {
          session.say("220 mail\r\n").hear().say("250 mail\r\n").hear();
          session.say(reply + "\r\n").hear().say("250 reset\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(false, OWN, PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.recipients().get(Recipient.OWN))
        .isEqualTo(new Answer("me@example.net", verdict, reply));
  }

  /** RFC 5321, 4.3.2 lists no code 3xx as a reply to RCPT TO: it refuses nothing. */
  @ParameterizedTest
  @CsvSource({
    "251 will forward, ACCEPTED",
    "354 what, DEFERRED",
    "452 4.3.1 disk, DEFERRED",
    "550 5.1.1 no such user, REFUSED",
  })
  void verdictIsByTheFirstDigit(String reply, Verdict verdict) {
    server.serve(
        session -> {
          session.say("220 mail\r\n").hear().say("250 mail\r\n").hear().say("250 ok\r\n").hear();
          session.say(reply + "\r\n").hear().say("250 reset\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(false, OWN, PLENTY);

    assertThat(dialogue.recipients().get(Recipient.OWN))
        .isEqualTo(new Answer("me@example.net", verdict, reply));
    assertThat(dialogue.concerns(Instant.EPOCH).isEmpty()).isEqualTo(verdict != Verdict.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                      CLOSED,    closed the connection before a greeting:",
    "'220 rea',               CLOSED,    'in the middle of a greeting, after \"220 rea\":'",
    "'220 \u001B[1mr\u00fc',   CLOSED,    'after \"220 ?[1mr?\":'",
    "'220-a\r\n',             CLOSED,    'after \"220-a\":'",
    "'220-a\r\n220 b\r',      CLOSED,    'after \"220-a 220 b\":'",
    "'HTTP/1.1 400 Bad\r\n',  NOT_SMTP,  it sent \"HTTP/1.1 400 Bad\"",
    "'554 no mail here\r\n',  REFUSED,   greets with \"554 no mail here\"",
  })
  void whatHangsUpIsAnAnswer(String sent, Outcome outcome, String words) {
    server.serve(session -> session.say(sent));

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(outcome);
    assertThat(dialogue.failure().orElse("")).contains(words).matches("[ -~]*");
    assertThat(dialogue.recipients()).isEmpty();
    assertThat(dialogue.tls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                     a greeting did not come within 0.3 s",
    "220,                    only \"220\" of a greeting came within 0.3 s",
    "220 no end of line,     only \"220 no end of line\" of a greeting came within 0.3 s",
    "'220 a bare return\r',  only \"220 a bare return\" of a greeting came within 0.3 s",
    "'220-a\r\n',            only \"220-a\" of a greeting came within 0.3 s",
  })
  void serverThatSaysNothingMoreIsLate(String sent, String words) {
    server.serve(session -> session.say(sent).hear());

    Dialogue dialogue = hold(true, OWN, SHORT);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(dialogue.failure().orElse("")).contains(words);
    assertThat(dialogue.took()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void serverThatHangsUpInTheMiddleKeepsWhatItSaid() {
    server.serve(
        session -> {
          session.say("220 mail\r\n").hear().say("250-mail\r\n250 SIZE\r\n").hear();
          session.say("250 ok\r\n").hear().say("250 o");
        });

    Dialogue dialogue = hold(false, OWN, PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.CLOSED);
    assertThat(dialogue.failure().orElse(""))
        .contains("in the middle of an answer to RCPT, after \"250 o\":");
    assertThat(dialogue.greeting()).isEqualTo("mail");
    assertThat(dialogue.extensions()).containsExactly("SIZE");
    assertThat(dialogue.recipients()).isEmpty();
  }

  @Test
  void textsOfEightBitsAreShownAsQuestionMarks() {
    server.serve(
        session -> {
          session.say("220 gr\u00fc\u00df \u0007 Gott\n").hear().say("250 mail\n").hear();
          session.say("221 bye\n");
        });

    Dialogue dialogue = hold(false, Map.of(), PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.greeting()).isEqualTo("gr?? ? Gott");
  }

  @Test
  void halfALineIsShownOnlyInPart() {
    server.serve(session -> session.say("220 " + "x".repeat(4_000)));

    assertThat(hold(false, OWN, PLENTY).failure().orElse(""))
        .contains("after \"220 " + "x".repeat(116) + "...\":");
  }

  @Test
  void endlessLineIsCutOff() {
    server.serve(session -> session.pour("220 " + "x".repeat(1_000)));

    assertThat(hold(false, OWN, PLENTY).outcome()).isEqualTo(Outcome.NOT_SMTP);
  }

  @Test
  void endlessReplyIsCutOff() {
    server.serve(
        session -> {
          session.say("220 mail\r\n").hear();
          session.pour("250-X" + "y".repeat(100) + "\r\n");
        });

    assertThat(hold(false, OWN, PLENTY).failure().orElse(""))
        .contains("a reply has more than 100 lines");
  }

  @Test
  void onlySoManyExtensionsAreKept() {
    server.serve(
        session -> {
          session.say("220 mail\r\n").hear().say("250-mail\r\n");
          for (int i = 0; i < 90; i++) {
            session.say("250-X" + i + "\r\n");
          }
          session.say("250 OK\r\n").hear().say("221 bye\r\n");
        });

    assertThat(hold(false, Map.of(), PLENTY).extensions()).hasSize(40).contains("X0", "X39");
  }

  @Test
  void portThatNothingListensOnIsAnAnswer() throws IOException {
    server.stopListening();

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.NO_CONNECTION);
    assertThat(dialogue.failure().orElse("")).startsWith("Nothing listens on " + server.place());
  }

  @Test
  void oneDeadlineIsForAllStepsTogether() {
    DrippingServer drops = new DrippingServer(Duration.ofSeconds(1));
    BareHost host = new BareHost();
    host.tcp = drops;

    Dialogue dialogue =
        new DialogueReading(
                List.of(new DialogueTarget("SMTP 1", "", 25, true, OWN)),
                new DialogueReading.Client("mail01", "mon", "", Duration.ofSeconds(5)),
                drops::nanos)
            .take(host)
            .all()
            .get(0);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(dialogue.took()).isEqualTo(Duration.ofSeconds(5));
    assertThat(drops.isClosed()).isTrue();
    assertThat(dialogue.place()).isEqualTo("mail01:25");
  }

  @Test
  void eachVirtualServerHasItsOwnAnswer() throws IOException {
    ScriptedSmtp.Part part =
        session -> session.say("220 mail\r\n").hear().say("250 ok\r\n").hear().say("221 bye\r\n");
    server.serve(part, session -> session.say("421 too many\r\n").hear());

    List<Dialogue> all =
        new DialogueReading(
                List.of(target("SMTP 1", false, Map.of()), target("SMTP 2", false, Map.of())),
                client(PLENTY),
                System::nanoTime)
            .take(ScriptedSmtp.host())
            .all();

    assertThat(all).extracting(Dialogue::virtualServer).containsExactly("SMTP 1", "SMTP 2");
    assertThat(all)
        .extracting(Dialogue::outcome)
        .containsExactly(Outcome.COMPLETE, Outcome.REFUSED);
  }

  @Test
  void tlsIsSpokenWithAnyCertificate(@TempDir Path folder) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    TestCertificate certificate =
        TestCertificate.selfSigned(folder, "mail", now.minus(Duration.ofDays(9)), 7);
    SSLContext context = certificate.server();
    server.serve(
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("220 go ahead\r\n");
          ScriptedSmtp.Session secret = session.secure(context);
          secret.hear().say("250 mail\r\n").hear().say("250 ok\r\n").hear();
          secret.say("250 ok\r\n").hear().say("250 ok\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.failure()).isEmpty();
    assertThat(server.heard())
        .containsExactly(
            "EHLO mon",
            "STARTTLS",
            "EHLO mon",
            "MAIL FROM:<probe@example.net>",
            "RCPT TO:<me@example.net>",
            "RSET",
            "QUIT");
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.tls().orElseThrow())
        .isEqualTo(
            new SmtpTls(
                State.ESTABLISHED,
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.of(
                    new ServerCertificate(
                        "CN=mail",
                        "CN=mail",
                        now.minus(Duration.ofDays(9)),
                        now.minus(Duration.ofDays(2)),
                        true,
                        true))));
  }

  /** An alert protocol_version, and a ServerHello of TLS 1.0 (RFC 5246, A). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0015\u0003\u0001\u0000\u0002\u0002F",
        "\u0016\u0003\u0001\u0000*\u0002\u0000\u0000&\u0003\u0001RANDOM\u0000\u0000/\u0000"
      })
  void serverWithOldTlsIsAskedWithoutIt(String answer) {
    server.serve(
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("220 go ahead\r\n");
          session.await().say(answer.replace("RANDOM", "r".repeat(32))).await();
        },
        session -> session.say("421 one connection at a time\r\n").hear(),
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("250 ok\r\n").hear();
          session.say("250 ok\r\n").hear().say("250 ok\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.tls().map(SmtpTls::state)).contains(State.TOO_OLD);
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016\u0003\u0003", "500 what?\r\n"})
  void brokenHandshakeIsReported(String answer) {
    server.serve(
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("220 go ahead\r\n");
          session.await().say(answer);
        },
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("220 go ahead\r\n");
          session.await().say("\u0015\u0003\u0001\u0000\u0002\u0002(").awaitEnd();
        },
        session -> greet(session, "250-mail\r\n250 STARTTLS\r\n").say("221 bye\r\n"));

    Dialogue dialogue = hold(true, Map.of(), PLENTY);

    assertThat(dialogue.tls().map(SmtpTls::state)).contains(State.FAILED);
    assertThat(dialogue.tls().flatMap(SmtpTls::why).orElse(""))
        .startsWith("the handshake of TLS failed: ");
    assertThat(server.heard()).endsWith("EHLO mon", "QUIT");
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
  }

  /** Each octet comes within the timeout of a read. */
  @Test
  void handshakeWithoutEndLeavesTimeForTheAddresses() {
    server.serve(
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("220 go ahead\r\n").await();
          session.say("\u0016\u0003\u0003?\u00ff");
          session.pour("\u0000");
        },
        session -> session.say("421 not again\r\n"),
        session -> session.say("421 not again\r\n"));

    Dialogue dialogue = hold(true, OWN, Duration.ofSeconds(2));

    assertThat(dialogue.tls().map(SmtpTls::state))
        .hasValueSatisfying(is -> assertThat(is).isIn(State.TIMED_OUT, State.FAILED));
    assertThat(dialogue.outcome()).isNotEqualTo(Outcome.COMPLETE);
  }

  /** Such a server is asked about its addresses all the same, on a connection without TLS. */
  @ParameterizedTest
  @ValueSource(strings = {"", "220 go ahead\r\n"})
  void silenceBehindStartTlsLeavesTimeForTheAddresses(String answer) {
    StallingServer stalls =
        new StallingServer(
            List.of("220 mail\r\n", "250-mail\r\n250 STARTTLS\r\n", answer),
            List.of(
                "220 mail\r\n",
                "250 mail\r\n",
                "250 ok\r\n",
                "550 5.7.1 no\r\n",
                "250 ok\r\n",
                "250 ok\r\n",
                "250 ok\r\n",
                "250 ok\r\n",
                "221 bye\r\n"));

    Dialogue dialogue = stalls.hold(BOTH, Duration.ofSeconds(20));

    assertThat(dialogue.tls().map(SmtpTls::state)).contains(State.TIMED_OUT);
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.failure()).isEmpty();
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.REFUSED);
    assertThat(dialogue.verdict(Recipient.FOREIGN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.took()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void serverThatStaysSilentIsLateAndItsAddressesAreNamed() {
    StallingServer stalls =
        new StallingServer(
            List.of("220 mail\r\n", "250-mail\r\n250 STARTTLS\r\n", "220 go ahead\r\n"),
            List.of("220 mail\r\n", "250 mail\r\n", "250 ok\r\n"));

    Dialogue dialogue = stalls.hold(BOTH, Duration.ofSeconds(20));

    assertThat(dialogue.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(dialogue.failure().orElse(""))
        .contains("an answer to RCPT did not come within 20 s")
        .endsWith("It is not known whether it takes mail for me@example.net or you@example.org");
    assertThat(dialogue.took()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void handshakeThatUsesUpAllTimeIsNoCompleteDialogue() {
    StallingServer stalls =
        new StallingServer(
            List.of("220 mail\r\n", "250-mail\r\n250 STARTTLS\r\n", "220 go ahead\r\n"));
    stalls.handshakeTakes(Duration.ofSeconds(21));

    Dialogue dialogue = stalls.hold(OWN, Duration.ofSeconds(20));

    assertThat(dialogue.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(dialogue.failure().orElse(""))
        .contains("the end of the handshake of TLS did not come within 20 s")
        .endsWith("It is not known whether it takes mail for me@example.net");
    assertThat(dialogue.tls().map(SmtpTls::state)).contains(State.TIMED_OUT);
  }

  @ParameterizedTest
  @CsvSource({
    "'', before an answer to STARTTLS",
    "220 go, 'in the middle of an answer to STARTTLS, after \"220 go\"'"
  })
  void hangingUpAtStartTlsIsNoReasonNotToAskForTheAddresses(String sent, String when) {
    server.serve(
        session -> greet(session, "250-mail\r\n250 STARTTLS\r\n").say(sent),
        session -> session.say("421 one connection at a time\r\n").hear(),
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n").say("250 ok\r\n").hear();
          session.say("250 ok\r\n").hear().say("250 ok\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.tls())
        .contains(SmtpTls.without(State.FAILED, "it closed the connection " + when));
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
  }

  @Test
  void refusedStartTlsIsReportedAndTheDialogueGoesOn() {
    server.serve(
        session -> {
          greet(session, "250-mail\r\n250 STARTTLS\r\n");
          session.say("454 4.7.0 no certificate\r\n").hear().say("221 bye\r\n");
        });

    Dialogue dialogue = hold(true, Map.of(), PLENTY);

    assertThat(dialogue.tls())
        .contains(
            SmtpTls.without(
                State.REFUSED, "it answers STARTTLS with \"454 4.7.0 no certificate\""));
    assertThat(dialogue.outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void replyAheadOfTheHandshakeIsNotTakenForAProtectedOne() {
    server.serve(
        session ->
            greet(session, "250-mail\r\n250 STARTTLS\r\n")
                .say("220 go ahead\r\n250-forged\r\n250 STARTTLS\r\n")
                .await());

    Dialogue dialogue = hold(true, OWN, PLENTY);

    assertThat(dialogue.outcome()).isEqualTo(Outcome.NOT_SMTP);
    assertThat(dialogue.tls()).isEmpty();
  }

  private static ScriptedSmtp.Session greet(ScriptedSmtp.Session session, String ehlo)
      throws IOException {
    return session.say("220 mail\r\n").hear().say(ehlo).hear();
  }

  private Dialogue hold(boolean startTls, Map<Recipient, String> recipients, Duration within) {
    return new DialogueReading(
            List.of(target("SMTP 1", startTls, recipients)), client(within), System::nanoTime)
        .take(ScriptedSmtp.host())
        .all()
        .get(0);
  }

  private DialogueTarget target(
      String virtualServer, boolean startTls, Map<Recipient, String> recipients) {
    return new DialogueTarget(virtualServer, "127.0.0.1", server.port(), startTls, recipients);
  }

  private static DialogueReading.Client client(Duration within) {
    return new DialogueReading.Client("mail01", "mon", "probe@example.net", within);
  }
}
