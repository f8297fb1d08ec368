package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Banner.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client against real sockets; each server plays its part on a thread of its own. */
@Timeout(60)
class BannerReadingTest {
  private static final Duration PLENTY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ScriptedSmtp server = new ScriptedSmtp();

  @AfterEach
  void hangUp() throws Exception {
    server.close();
  }

  @Test
  void politeServerIsGreetedStepByStep() {
    server.serve(
        session -> {
          session.say("220-relay7 Microsoft ESMTP MAIL Service\r\n220 ready\r\n");
          session.hear();
          session.say("250-relay7 Hello [127.0.0.1]\r\n250-SIZE 2097152\r\n250 OK\r\n");
          session.hear();
          session.say("221 2.0.0 relay7 Service closing transmission channel\r\n");
        });

    Banner banner = take("monitoring.example.net", PLENTY);

    assertThat(banner.failure()).isEmpty();
    assertThat(banner.success()).isTrue();
    assertThat(banner.durations()).containsOnlyKeys(Step.values());
    assertThat(banner.durations().values())
        .allSatisfy(took -> assertThat(took).isBetween(Duration.ZERO, PLENTY));
    assertThat(server.heard()).containsExactly("EHLO monitoring.example.net", "QUIT");
  }

  @ParameterizedTest
  @CsvSource({
    "imf-exporter,        imf-exporter",
    "mon.example.net,     mon.example.net",
    "[192.0.2.7],         [192.0.2.7]",
    "[IPv6:2001:db8::7],  [IPv6:2001:db8::7]",
    "'',                  [127.0.0.1]",
    "under_score,         [127.0.0.1]",
    "-dash,               [127.0.0.1]",
    "two words,           [127.0.0.1]",
    "'x\r\nMAIL FROM:<>', [127.0.0.1]",
  })
  void clientIntroducesItselfPolitely(String client, String said) {
    server.serve(
        session -> {
          session.say("220 ready\r\n");
          session.hear();
          session.say("250 OK\r\n");
          session.hear();
          session.say("221 bye\r\n");
        });

    assertThat(take(client, PLENTY).success()).isTrue();
    assertThat(server.heard()).containsExactly("EHLO " + said, "QUIT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          421 4.3.2 Service not available | it is stopping, or has as many connections as it may have
          554 5.7.1 No SMTP service here  | it takes no mail from here; see the connection control of the virtual server
          """)
  void refusedClientSaysGoodbye(String greeting, String advice) throws InterruptedException {
    server.serve(
        session -> {
          session.say(greeting + "\r\n");
          session.hear();
        });

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT);
    assertThat(banner.failure())
        .contains("SMTP on %s greets with \"%s\": %s".formatted(server.place(), greeting, advice));
    assertThat(server.next()).isEqualTo("QUIT");
  }

  @Test
  void refusedEhloIsShown() {
    server.serve(
        session -> {
          session.say("220 ready\r\n");
          session.hear();
          session.say("501 5.5.4 Invalid \u0007domain\r\n");
          session.hear();
        });

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT, Step.GREETING);
    assertThat(banner.failure().orElse(""))
        .contains("answers EHLO with \"501 5.5.4 Invalid ?domain\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                  a greeting did not come",
    "220,                 only \"220\" of a greeting came",
    "'220-ready\r\n',     only \"220-ready\" of a greeting came",
    "'220-ready\r\n22',   only \"220-ready 22\" of a greeting came",
  })
  void serverThatSendsNothingMoreEndsWithTheDeadline(String sent, String what) {
    server.serve(
        session -> {
          session.say(sent);
          session.hear();
        });

    assertThat(take("mon", SHORT).failure())
        .contains(
            "SMTP on "
                + server.place()
                + " took the connection, but "
                + what
                + " within 0.2 s: it hangs; look"
                + " for a plug-in that is slow or stuck, and restart SMTPSVC if mail does not"
                + " leave");
  }

  @Test
  void serverThatHangsAfterItsGreetingIsToldApart() {
    server.serve(
        session -> {
          session.say("220 ready\r\n");
          session.hear();
          session.hear();
        });

    Banner banner = take("mon", SHORT);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT, Step.GREETING);
    assertThat(banner.failure().orElse("")).contains("an answer to EHLO did not come within 0.2 s");
  }

  @ParameterizedTest
  @CsvSource({"'', before a greeting", "220 rea, 'in the middle of a greeting, after \"220 rea\"'"})
  void serverThatClosesAtOnceIsSaidToBeStopping(String sent, String when) {
    server.serve(session -> session.say(sent));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .startsWith(
            "SMTP on "
                + server.place()
                + " closed the connection "
                + when
                + ": it is stopping, or takes no mail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "\u0000\u0001\u00fe\r\n",
        "\r\n",
        "22\r\n",
        "2200\r\n"
      })
  void whatIsNoSmtpIsShown(String sent) {
    server.serve(
        session -> {
          session.say(sent);
          session.hear();
        });

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .startsWith("What listens on " + server.place() + " does not speak SMTP: it sent \"")
        .matches("[ -~]*")
        .endsWith("See which program has the port (netstat -ano)");
  }

  @Test
  void endlessLineIsCutOff() {
    server.serve(session -> session.pour("220 " + "x".repeat(1_000)));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .contains(
            "does not speak SMTP: a line is longer than 4096 octets and begins with \"220 xxx");
  }

  @Test
  void endlessReplyIsCutOff() {
    server.serve(session -> session.pour("220-and another line\r\n"));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .contains("does not speak SMTP: a reply has more than 100 lines");
  }

  @Test
  void longestLineThatIsReadIsLongerThanTheStandard() {
    server.serve(
        session -> {
          session.say("220 " + "x".repeat(4_000) + "\n");
          session.hear();
          session.say("250 OK\r\n");
          session.hear();
          session.say("221 bye\r\n");
        });

    assertThat(take("mon", PLENTY).success()).isTrue();
  }

  @Test
  void closedPortIsAFinding() throws IOException {
    server.stopListening();

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).isEmpty();
    assertThat(banner.failure().orElse(""))
        .startsWith("Nothing listens on " + server.place() + " (")
        .endsWith("see whether the virtual server is started, and on which address and port");
  }

  @Test
  void nameWithoutAnAddressIsAFinding() {
    Banner banner =
        new BannerReading("no-such-host.invalid", 25, "mon", PLENTY, System::nanoTime)
            .take(ScriptedSmtp.host());

    assertThat(banner.failure())
        .contains(
            "No client could be sent to port 25 of no-such-host.invalid: its name has no address;"
                + " see DNS and the configuration");
  }

  @Test
  void deadlineIsForAllOctetsTogether() {
    DrippingServer drops = new DrippingServer(Duration.ofSeconds(1));
    BareHost host = new BareHost();
    host.tcp = drops;

    Banner banner =
        new BannerReading("", 25, "mon", Duration.ofSeconds(5), drops::nanos).take(host);

    assertThat(banner.failure().orElse(""))
        .contains("port 25 of the host")
        .contains("only \"22222\" of a greeting came within 5 s");
    assertThat(drops.timeouts())
        .containsExactlyElementsOf(
            List.of(5, 4, 3, 2, 1).stream().map(Duration::ofSeconds).toList());
    assertThat(drops.isClosed()).isTrue();
  }

  private Banner take(String client, Duration within) {
    return new BannerReading("127.0.0.1", server.port(), client, within, System::nanoTime)
        .take(ScriptedSmtp.host());
  }
}
