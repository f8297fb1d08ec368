package dev.imfexporter.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.SocketTcp;
import dev.imfexporter.collector.Banner.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private final ServerSocket listening = listen();
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private CompletableFuture<Void> server = CompletableFuture.completedFuture(null);

  /** What a server does with its one client. */
  @FunctionalInterface
  private interface Part {
    void play(BufferedReader in, OutputStream out) throws IOException;
  }

  @AfterEach
  void hangUp() throws IOException, InterruptedException, ExecutionException, TimeoutException {
    listening.close();
    server.get(30, TimeUnit.SECONDS);
  }

  @Test
  void politeServerIsGreetedStepByStep() {
    serve(
        (in, out) -> {
          say(out, "220-relay7 Microsoft ESMTP MAIL Service\r\n220 ready\r\n");
          hear(in);
          say(out, "250-relay7 Hello [127.0.0.1]\r\n250-SIZE 2097152\r\n250 OK\r\n");
          hear(in);
          say(out, "221 2.0.0 relay7 Service closing transmission channel\r\n");
        });

    Banner banner = take("monitoring.example.net", PLENTY);

    assertThat(banner.failure()).isEmpty();
    assertThat(banner.success()).isTrue();
    assertThat(banner.durations()).containsOnlyKeys(Step.values());
    assertThat(banner.durations().values())
        .allSatisfy(took -> assertThat(took).isBetween(Duration.ZERO, PLENTY));
    assertThat(heard).containsExactly("EHLO monitoring.example.net", "QUIT");
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
    serve(
        (in, out) -> {
          say(out, "220 ready\r\n");
          hear(in);
          say(out, "250 OK\r\n");
          hear(in);
          say(out, "221 bye\r\n");
        });

    assertThat(take(client, PLENTY).success()).isTrue();
    assertThat(heard).containsExactly("EHLO " + said, "QUIT");
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
    serve(
        (in, out) -> {
          say(out, greeting + "\r\n");
          hear(in);
        });

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT);
    assertThat(banner.failure())
        .contains("SMTP on %s greets with \"%s\": %s".formatted(place(), greeting, advice));
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("QUIT");
  }

  @Test
  void refusedEhloIsShown() {
    serve(
        (in, out) -> {
          say(out, "220 ready\r\n");
          hear(in);
          say(out, "501 5.5.4 Invalid \u0007domain\r\n");
          hear(in);
        });

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT, Step.GREETING);
    assertThat(banner.failure().orElse(""))
        .contains("answers EHLO with \"501 5.5.4 Invalid ?domain\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "220", "220-ready\r\n", "220-ready\r\n22"})
  void serverThatSendsNothingMoreEndsWithTheDeadline(String sent) {
    serve(
        (in, out) -> {
          say(out, sent);
          hear(in);
        });

    assertThat(take("mon", SHORT).failure())
        .contains(
            "SMTP on "
                + place()
                + " took the connection, but a greeting did not come within 0.2 s: it hangs; look"
                + " for a plug-in that is slow or stuck, and restart SMTPSVC if mail does not"
                + " leave");
  }

  @Test
  void serverThatHangsAfterItsGreetingIsToldApart() {
    serve(
        (in, out) -> {
          say(out, "220 ready\r\n");
          hear(in);
          hear(in);
        });

    Banner banner = take("mon", SHORT);

    assertThat(banner.durations()).containsOnlyKeys(Step.CONNECT, Step.GREETING);
    assertThat(banner.failure().orElse("")).contains("an answer to EHLO did not come within 0.2 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "220 rea"})
  void serverThatClosesAtOnceIsSaidToBeStopping(String sent) {
    serve((in, out) -> say(out, sent));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .startsWith(
            "SMTP on "
                + place()
                + " closed the connection before a greeting: it is stopping, or takes no mail");
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
    serve(
        (in, out) -> {
          say(out, sent);
          hear(in);
        });

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .startsWith("What listens on " + place() + " does not speak SMTP: it sent \"")
        .matches("[ -~]*")
        .endsWith("See which program has the port (netstat -ano)");
  }

  @Test
  void endlessLineIsCutOff() {
    serve((in, out) -> pour(out, "220 " + "x".repeat(1_000)));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .contains(
            "does not speak SMTP: a line is longer than 4096 octets and begins with \"220 xxx");
  }

  @Test
  void endlessReplyIsCutOff() {
    serve((in, out) -> pour(out, "220-and another line\r\n"));

    assertThat(take("mon", PLENTY).failure().orElse(""))
        .contains("does not speak SMTP: a reply has more than 100 lines");
  }

  @Test
  void longestLineThatIsReadIsLongerThanTheStandard() {
    serve(
        (in, out) -> {
          say(out, "220 " + "x".repeat(4_000) + "\n");
          hear(in);
          say(out, "250 OK\r\n");
          hear(in);
          say(out, "221 bye\r\n");
        });

    assertThat(take("mon", PLENTY).success()).isTrue();
  }

  @Test
  void portThatNobodyListensOnIsAFinding() throws IOException {
    listening.close();

    Banner banner = take("mon", PLENTY);

    assertThat(banner.durations()).isEmpty();
    assertThat(banner.failure().orElse(""))
        .startsWith("Nothing listens on " + place() + " (")
        .endsWith("see whether the virtual server is started, and on which address and port");
  }

  @Test
  void nameWithoutAnAddressIsAFinding() {
    BareHost host = new BareHost();
    host.tcp = new SocketTcp("127.0.0.1");

    Banner banner =
        new BannerReading("no-such-host.invalid", 25, "mon", PLENTY, System::nanoTime).take(host);

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
        .contains("a greeting did not come within 5 s");
    assertThat(drops.timeouts())
        .containsExactlyElementsOf(
            List.of(5, 4, 3, 2, 1).stream().map(Duration::ofSeconds).toList());
    assertThat(drops.isClosed()).isTrue();
  }

  private Banner take(String client, Duration within) {
    BareHost host = new BareHost();
    host.tcp = new SocketTcp("127.0.0.1");
    return new BannerReading(
            "127.0.0.1", listening.getLocalPort(), client, within, System::nanoTime)
        .take(host);
  }

  private String place() {
    return "port " + listening.getLocalPort() + " of 127.0.0.1";
  }

  private void serve(Part part) {
    server =
        CompletableFuture.runAsync(
            () -> {
              try (Socket client = listening.accept()) {
                part.play(
                    new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1)),
                    client.getOutputStream());
              } catch (IOException e) {
                heard.add("gone");
              }
            },
            task -> {
              Thread thread = new Thread(task, "test server");
              thread.setDaemon(true);
              thread.start();
            });
  }

  private void hear(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line != null) {
      heard.add(line);
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  /** Until the client has had enough. */
  @SuppressWarnings("InfiniteLoopStatement") // The client ends it.
  private static void pour(OutputStream out, String text) throws IOException {
    while (true) {
      say(out, text);
    }
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
