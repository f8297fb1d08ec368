package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.Site;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.websecurity.ClientAuth;
import dev.imfexporter.websecurity.ClientTls;
import dev.imfexporter.websecurity.ClientTlsSettings;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import dev.imfexporter.websecurity.Passwords;
import dev.imfexporter.websecurity.Pem;
import dev.imfexporter.websecurity.ServerTls;
import dev.imfexporter.websecurity.TlsSettings;
import dev.imfexporter.websecurity.TlsVersion;
import dev.imfexporter.websecurity.TokenBucket;
import dev.imfexporter.websecurity.WebSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as {@code --web.config.file} and the other flags of the web protect and place it. */
@Timeout(60)
class SecuredServerTest {
  private static final Path FOLDER = Path.of("src/test/resources/web");
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final FakeHost host = new FakeHost("mail01");
  private final FakeWatched watched = new FakeWatched(host);
  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));
  private final BlockingQueue<String> timed = new LinkedBlockingQueue<>();
  private WebSettings settings = WebSettings.at(ANY_PORT);
  private WebSecurity security = WebSecurity.NONE;
  private HttpClient client = HttpClient.newHttpClient();
  private @Nullable Server server;

  @AfterEach
  void close() {
    host.release();
    if (server != null) {
      server.close();
    }
    self.close();
  }

  @Test
  void tlsIsSpokenInItsTwoNewestVersionsOnly() throws Exception {
    security = withTls(tls(ClientAuth.NO_CLIENT_CERT));
    start();
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      assertThat(handshake(trusting(), version)).isEqualTo(version);
    }
    client = HttpClient.newBuilder().sslContext(trusting()).build();
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(uri("https", "/")).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /-/reload HTTP/1.0\r\nContent-Length: 0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void plainHttpOnTheTlsPortIsToldToUseHttps(String request) throws Exception {
    security = withTls(tls(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT));
    start();
    String answer = new String(sent(request.getBytes(US_ASCII)), US_ASCII);
    assertThat(answer)
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains(
            "\r\nX-Content-Type-Options: nosniff\r\n",
            "\r\nContent-Type: text/plain;charset=utf-8\r\n",
            "\r\nConnection: close\r\n")
        .endsWith(
            "\r\n\r\nThis is a port for HTTPS, and the request came by HTTP: begin its address with"
                + " https://.\n");
    assertThat(timed.poll(10, SECONDS)).isEqualTo("unmatched OTHER 400");
    assertThat(host.deadlines).hasSize(1); // That of the start.
  }

  @Test
  void theAnswerToPlainHttpIsReadByAClient() throws Exception {
    security = withTls(tls(ClientAuth.NO_CLIENT_CERT));
    start();
    assertThat(get("/metrics").statusCode()).isEqualTo(400);
  }

  /** Neither a crash nor a hang, and the next client is answered. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\u0003\u0004",
        "hello, world",
        "\u0016\u0003\u0003\u0000\u0004abcd"
      })
  void whatIsNeitherTlsNorHttpGetsAnAlertAtMost(String garbage) throws Exception {
    security = withTls(tls(ClientAuth.NO_CLIENT_CERT));
    start();
    try (LogCapture log = LogCapture.of(HandshakeLog.class)) {
      byte[] answer = sent(garbage.getBytes(US_ASCII));
      assertThat(answer).startsWith((byte) 0x15); // RFC 8446, 5.1: an alert.
      assertThat(log.lines()).singleElement().asString().contains("a TLS handshake of 127.0.0.1");
    }
    assertThat(handshake(trusting(), "TLSv1.3")).isEqualTo("TLSv1.3");
  }

  private byte[] sent(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      // So that its protocol is not known by the first one.
      socket.getOutputStream().write(bytes, 0, 1);
      socket.getOutputStream().flush();
      socket.getOutputStream().write(bytes, 1, bytes.length - 1);
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whyHandshakesFailIsLoggedOnceAMinute(String version) throws Exception {
    security =
        withTls(tls(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT, List.of("other.example.net")));
    start();
    try (LogCapture log = LogCapture.of(HandshakeLog.class)) {
      for (int i = 0; i < 2; i++) {
        for (Optional<String> certificate :
            List.of(Optional.<String>empty(), Optional.of("client"))) {
          assertThatThrownBy(() -> request(certificate, version)).isInstanceOf(IOException.class);
        }
      }
      assertThat(log.lines())
          .containsExactly(
              "a TLS handshake of 127.0.0.1 failed: it sent no certificate; more of these are"
                  + " logged once a minute",
              "a TLS handshake of 127.0.0.1 failed: its certificate is not accepted: no alternative"
                  + " name of the certificate is allowed; more of these are logged once a minute");
    }
  }

  /** Once its alert arrives: a client that closes with bytes unread may reset the connection. */
  @Test
  void aClientThatDoesNotTrustTheServerIsLogged() throws Exception {
    security = withTls(tls(ClientAuth.NO_CLIENT_CERT));
    start();
    try (LogCapture log = LogCapture.of(HandshakeLog.class)) {
      await()
          .until(
              () -> {
                assertThatThrownBy(() -> handshake(SSLContext.getDefault(), "TLSv1.2"))
                    .isInstanceOf(IOException.class);
                return !log.lines().isEmpty();
              });
      assertThat(log.lines())
          .containsExactly(
              "a TLS handshake of 127.0.0.1 failed: Received fatal alert: certificate_unknown;"
                  + " more of these are logged once a minute");
    }
  }

  /** By TLS 1.3, a client learns only after its own handshake that it was refused. */
  private void request(Optional<String> certificate, String version) throws Exception {
    ClientTls tls =
        ClientTls.of(
            new ClientTlsSettings(
                Optional.of(new Pem.InFile(FOLDER.resolve("ca.pem"))),
                certificate.map(
                    name ->
                        new ClientTlsSettings.Own(
                            new Pem.InFile(FOLDER.resolve(name + ".pem")),
                            new Pem.InFile(FOLDER.resolve(name + ".key")))),
                Optional.empty(),
                false));
    try (SSLSocket socket = (SSLSocket) tls.sockets().createSocket("127.0.0.1", port())) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {version});
      if (RawHttp.head(socket, "/-/healthy").isEmpty()) {
        throw new IOException("The connection was closed");
      }
    }
  }

  @Test
  void aClientWithoutACertificateIsRefused() throws Exception {
    security = withTls(tls(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT));
    start();
    client = HttpClient.newBuilder().sslContext(trusting()).build();
    assertThatThrownBy(() -> get("https", "/")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus, right, 200",
    "prometheus, wrong, 401",
    "nobody, right, 401",
    "prometheus, '', 401",
  })
  void onlyUsersAreAnswered(String user, String password, int status) throws Exception {
    security = withUser("prometheus", "right");
    start();
    for (int i = 0; i < 2; i++) {
      assertThat(get("/metrics", "Authorization", basic(user, password)).statusCode())
          .isEqualTo(status);
    }
  }

  /** As after a start, when no password is known yet; the check takes longer than they come in. */
  @Test
  void manyAtOnceWithTheRightPasswordAreAllAnswered() throws Exception {
    security = withUser("prometheus", "right", 12);
    start();
    HttpRequest request =
        HttpRequest.newBuilder(uri("http", "/-/healthy"))
            .header("Authorization", basic("prometheus", "right"))
            .build();
    List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      answers.add(client.sendAsync(request, BodyHandlers.discarding()));
    }
    for (CompletableFuture<HttpResponse<Void>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatWaitsForALogInIsAnsweredAtTheStop() throws Exception {
    String slow = "$2y$16$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";
    security =
        new WebSecurity(
            Optional.empty(),
            Map.of(),
            new Passwords(Map.of("prometheus", slow)),
            Optional.empty(),
            List.of());
    start();
    Set<Thread> before = logInThreads();
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(
            HttpRequest.newBuilder(uri("http", "/-/healthy"))
                .header("Authorization", basic("prometheus", "right"))
                .build(),
            BodyHandlers.ofString());
    await().until(() -> !before.containsAll(logInThreads()));
    try (LogCapture log = LogCapture.of(Server.class)) {
      started().close();
      assertThat(log.lines()).isEmpty();
    }
    HttpResponse<String> answer = waiting.get(10, SECONDS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("The exporter is stopping.\n");
  }

  private static Set<Thread> logInThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("log-in"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Basic", "Basic !", "Basic cHJvbWV0aGV1cw==", "Bearer right", "Basic Og=="})
  void withoutALogInTheWayInIsNamed(String authorization) throws Exception {
    security = withUser("prometheus", "right");
    start();
    HttpResponse<String> refused =
        authorization.isEmpty() ? get("/") : get("/", "Authorization", authorization);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"imf-exporter\", charset=\"UTF-8\"");
    assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(refused.body()).isEqualTo("Log in with a user of --web.config.file.\n");
  }

  @Test
  void whatIsRefusedIsCountedAndLoggedOnceAMinute() throws Exception {
    security = withUser("prometheus", "right");
    start();
    try (LogCapture log = LogCapture.of(Gate.class)) {
      for (int i = 0; i < 3; i++) {
        get("/metrics");
        get("/metrics", "Authorization", basic("prometheus", "s3cret"));
      }
      for (int i = 0; i < 6; i++) {
        assertThat(timed.poll(10, SECONDS)).isEqualTo("unmatched GET 401");
      }
      assertThat(log.lines())
          .containsExactly(
              "a request of 127.0.0.1 was refused with 401: it sent no user and password;"
                  + " more of these are logged once a minute",
              "a request of 127.0.0.1 was refused with 401: there is no such user, or the password"
                  + " is wrong; more of these are logged once a minute");
    }
  }

  @Test
  void moreRequestsThanTheLimitAreRefused() throws Exception {
    security =
        new WebSecurity(
            Optional.empty(),
            Map.of(),
            new Passwords(Map.of()),
            Optional.of(new TokenBucket(Duration.ofHours(1), 2, System::nanoTime)),
            List.of());
    start();
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/config", "/none", "/%2e%2e/x", "/-/reload"})
  void everyAnswerHasTheHeadersThatScannersAskFor(String path) throws Exception {
    start();
    HttpResponse<String> answer = get(path);
    assertThat(answer.headers().map())
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("deny"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .containsKeys("permissions-policy", "content-security-policy")
        .doesNotContainKey("server");
  }

  @Test
  void headersOfTheConfigurationReplaceTheUsualOnes() throws Exception {
    security =
        new WebSecurity(
            Optional.empty(),
            Map.of(
                "Content-Security-Policy", "default-src https:",
                "X-Frame-Options", "",
                "Strict-Transport-Security", "max-age=60"),
            new Passwords(Map.of()),
            Optional.empty(),
            List.of());
    start();
    HttpResponse<String> page = get("/");
    assertThat(page.headers().map())
        .containsEntry("content-security-policy", List.of("default-src https:"))
        .containsEntry("strict-transport-security", List.of("max-age=60"))
        .doesNotContainKey("x-frame-options");
  }

  private static WebSettings belowImf(String metrics) {
    return new WebSettings(
        List.of(ANY_PORT), "/imf", new Site("/imf", metrics, true), Optional.empty(), false, 100);
  }

  @Test
  void everyLinkOfEveryPageHonoursThePrefix() throws Exception {
    watched.add(new FakeHost("mail02"));
    settings = belowImf("/telemetry");
    start();
    List<String> pages =
        List.of(
            "/",
            "/updates",
            "/hosts/mail01",
            "/hosts/mail01/preflight",
            "/runbooks",
            "/runbooks/ImfMailFlowHalted",
            "/runbooks/ImfMailFlowHalted?host=mail01&tz=UTC");
    for (String path : pages) {
      HttpResponse<String> page = get("/imf" + path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      List<String> links =
          Pattern.compile("(?:href|action)=\"(/[^\"]*)\"")
              .matcher(page.body())
              .results()
              .map(found -> found.group(1).replace("&amp;", "&"))
              .toList();
      assertThat(links).as(path).isNotEmpty().allMatch(link -> link.startsWith("/imf/"));
      for (String link : links) {
        assertThat(get(link).statusCode()).as("%s on %s", link, path).isEqualTo(200);
      }
    }
    assertThat(get("/imf/").body()).contains("\"/imf/telemetry\"");
    assertThat(get("/imf/telemetry").statusCode()).isEqualTo(200);
    assertThat(get("/imf/metrics").statusCode()).isEqualTo(404);
    assertThat(get("/imf/api/v1/nothing").body()).startsWith("{");
  }

  @Test
  void outsideThePrefixIsOnlyTheWayToIt() throws Exception {
    settings = belowImf("/metrics");
    start();
    HttpResponse<String> start = get("/");
    assertThat(start.statusCode()).isEqualTo(302);
    assertThat(start.headers().firstValue("Location")).hasValue("/imf/");
    HttpResponse<String> other = get("/metrics");
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body()).isEqualTo("There is nothing here; the pages begin at /imf/.\n");
    assertThat(other.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void sentencesNamePathsWithThePrefix() throws Exception {
    settings = belowImf("/metrics");
    // More than a sentence names.
    Stream.of("a", "b", "c", "d", "e").map(FakeHost::new).forEach(watched::add);
    start();
    for (String path :
        List.of(
            "/nothing",
            "/api/v1/nothing",
            "/api/v1/hosts/nobody",
            "/api/v1/episodes?host=nobody",
            "/hosts/nobody",
            "/hosts/nobody/diagnosis",
            "/hosts/nobody/evidence.zip",
            "/hosts/mail01/episodes/999",
            "/probe",
            "/probe?target=nobody",
            "/debug/probe",
            "/runbooks/nothing",
            "/runbooks?host=nobody",
            "/updates/nothing")) {
      HttpResponse<String> refused = get("/imf" + path);
      List<String> named =
          Pattern.compile("(?<= )/[^ ;\"]*")
              .matcher(refused.body())
              .results()
              .map(MatchResult::group)
              .toList();
      assertThat(refused.statusCode()).as(path).isBetween(400, 404);
      assertThat(named).as(refused.body()).isNotEmpty();
      for (String address : named) {
        assertThat(get(address).statusCode()).as(refused.body()).isEqualTo(200);
      }
    }
  }

  /** A proxy may take the prefix away, so that it is in links alone. */
  @Test
  void linksMayHaveAPrefixThatRoutesDoNotHave() throws Exception {
    settings =
        new WebSettings(
            List.of(ANY_PORT),
            "",
            new Site("/imf", "/metrics", false),
            Optional.empty(),
            false,
            100);
    start();
    assertThat(get("/").body()).contains("\"/imf/metrics\"").doesNotContain("/imf/config");
    for (String page : List.of("/config", "/debug/probe?target=mail01")) {
      assertThat(get(page).statusCode()).isEqualTo(403);
      assertThat(get(page).body()).isEqualTo("--web.disable-debug switched this page off.\n");
    }
  }

  @Test
  void theStoryOfALookEndsWithItsMetrics() throws Exception {
    start();
    HttpResponse<String> story = get("/debug/probe?target=mail01");
    assertThat(story.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(story.body())
        .containsSubsequence(
            " by access ", "\nservices: ok\n", "took ", "\nmetrics\n", "\nimf_up 1.0");
    assertThat(get("/debug/probe").body())
        .isEqualTo("Name one host, as in /debug/probe?target=mail01; /sd lists them.\n");
    assertThat(get("/debug/probe?target=other").statusCode()).isEqualTo(403);
  }

  @Test
  void severalAddressesAreListenedOn() throws Exception {
    settings =
        new WebSettings(List.of(ANY_PORT, ANY_PORT), "", Site.USUAL, Optional.empty(), false, 100);
    start();
    Server started = started();
    assertThat(started.ports()).hasSize(2).doesNotHaveDuplicates();
    for (int port : started.ports()) {
      URI healthy = URI.create("http://127.0.0.1:%d/-/healthy".formatted(port));
      assertThat(
              client
                  .send(HttpRequest.newBuilder(healthy).build(), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  /** The first address is given up when the second one is taken. */
  @Test
  void oneAddressThatIsTakenEndsAll() throws Exception {
    start();
    InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    assertThatThrownBy(
            () ->
                serve(
                    new WebSettings(
                        List.of(ANY_PORT, taken), "", Site.USUAL, Optional.empty(), false, 100)))
        .isInstanceOf(BindFailed.class)
        .hasMessageContaining(":" + port());
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "Origin, ':', 403",
    "Origin, https://mon.example.net, 200",
    "Origin, https://mon.example.net:8443, 403",
  })
  void aPageOfAnotherSiteReloadsNothing(String header, String value, int status) throws Exception {
    settings =
        new WebSettings(
            List.of(ANY_PORT),
            "",
            Site.USUAL,
            Optional.of(URI.create("https://mon.example.net/")),
            true,
            100);
    start();
    for (String method : List.of("POST", "PUT")) {
      HttpRequest reload =
          HttpRequest.newBuilder(uri("http", "/-/reload"))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .header(header, value)
              .build();
      assertThat(client.send(reload, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
    }
    assertThat(watched.reloads).hasValue(status == 200 ? 2 : 0);
  }

  @Test
  void theOwnOriginReloads() throws Exception {
    settings = onAnyPort(true, WebSettings.USUAL_CONNECTIONS);
    start();
    HttpRequest reload =
        HttpRequest.newBuilder(uri("http", "/-/reload"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .header("Origin", "http://127.0.0.1:" + port())
            .build();
    assertThat(client.send(reload, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void theOldestConnectionThatNeverAskedMakesRoom() throws Exception {
    settings = onAnyPort(false, 16);
    start();
    List<Socket> sockets = new ArrayList<>();
    try (Socket kept = connect()) {
      assertThat(RawHttp.head(kept, "/-/healthy")).startsWith("HTTP/1.1 200");
      for (int i = 0; i < 40; i++) {
        sockets.add(connect());
      }
      assertThat(RawHttp.head(kept, "/-/healthy"))
          .as("a scraper keeps its connection")
          .startsWith("HTTP/1.1 200");
      assertThat(RawHttp.head(sockets.get(39), "/-/healthy")).startsWith("HTTP/1.1 200");
      assertThat(sockets.get(0).getInputStream().read()).isEqualTo(-1);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static WebSettings onAnyPort(boolean lifecycle, int mostConnections) {
    return new WebSettings(
        List.of(ANY_PORT), "", Site.USUAL, Optional.empty(), lifecycle, mostConnections);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private void start() throws Exception {
    server = serve(settings);
    host.entered.acquire();
  }

  private Server serve(WebSettings where) throws BindFailed {
    WebSecurity fixed = security;
    return Server.start(
        where,
        new CurrentWebSecurity(fixed, () -> fixed, System::nanoTime),
        watched,
        new Exposition(self),
        (route, method, status, nanoseconds) ->
            timed.add("%s %s %d".formatted(route, method, status)),
        () -> new Moment(Snapshots.NOW, Duration.ZERO),
        "1.2.3");
  }

  private Server started() {
    return Objects.requireNonNull(server);
  }

  private int port() {
    return started().port();
  }

  static WebSecurity withTls(TlsSettings settings) throws Exception {
    return new WebSecurity(
        Optional.of(ServerTls.of(settings)),
        Map.of(),
        new Passwords(Map.of()),
        Optional.empty(),
        List.of());
  }

  private static WebSecurity withUser(String user, String password) {
    return withUser(user, password, 4);
  }

  private static WebSecurity withUser(String user, String password, int cost) {
    String hash =
        OpenBSDBCrypt.generate(
            "2y", password.toCharArray(), "0123456789abcdef".getBytes(US_ASCII), cost);
    return new WebSecurity(
        Optional.empty(), Map.of(), new Passwords(Map.of(user, hash)), Optional.empty(), List.of());
  }

  static TlsSettings tls(ClientAuth clients) {
    return tls(clients, List.of());
  }

  private static TlsSettings tls(ClientAuth clients, List<String> allowedSans) {
    return new TlsSettings(
        new Pem.InFile(FOLDER.resolve("server.pem")),
        new Pem.InFile(FOLDER.resolve("server.key")),
        clients,
        Optional.of(new Pem.InFile(FOLDER.resolve("ca.pem"))),
        allowedSans,
        TlsVersion.TLS12,
        TlsVersion.TLS13,
        List.of(),
        List.of(),
        true);
  }

  static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(FOLDER.resolve("ca.pem"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String handshake(SSLContext context, String version) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get("http", path);
  }

  private HttpResponse<String> get(String scheme, String path)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(scheme, path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri("http", path)).header(header, value).build(),
        BodyHandlers.ofString());
  }
}
