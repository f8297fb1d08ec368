package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.evidence.Archive;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.HostPage;
import dev.imfexporter.page.PageStructure;
import dev.imfexporter.page.PageView;
import dev.imfexporter.page.Receipt;
import dev.imfexporter.page.Site;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ServerTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private record Timed(String route, String method, int status) {}

  private final FakeHost host = new FakeHost("mail01");
  private final FakeWatched watched = new FakeWatched(host);
  private boolean lifecycle;
  private UnaryOperator<WebSettings> settings = usual -> usual;
  private CurrentWebSecurity security = CurrentWebSecurity.none();
  private final BlockingQueue<Timed> timed = new LinkedBlockingQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile @Nullable Throwable renderFailure;
  private volatile Map<String, Boolean> auths = Map.of();
  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));
  private final AtomicLong seconds = new AtomicLong();

  /** No scrape comes within a tenth of a second of the one before. */
  private final Exposition exposition =
      new Exposition(self, () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos());

  private Server server = start();

  @BeforeEach
  void wasObserved() throws InterruptedException {
    self.auths(this::auths);
    host.entered.acquire();
  }

  @AfterEach
  void close() {
    host.release();
    server.close();
    self.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/probe?target=mail01, text/plain; version=0.0.4; charset=utf-8",
    "/, text/html;charset=utf-8",
    "/runbooks, text/html;charset=utf-8",
    "/runbooks/ImfMailFlowHalted, text/html;charset=utf-8",
    "/hosts/mail01/preflight, text/html;charset=utf-8",
    "/hosts/mail01/preflight?format=json, application/json",
    "/-/healthy, text/plain",
    "/-/ready, text/plain"
  })
  void everyPageAnswersGetAndHeadAlike(String path, String contentType) throws Exception {
    HttpResponse<String> get = get(path);
    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(header(get, "Content-Type")).hasValue(contentType);
    assertThat(header(get, "Cache-Control")).hasValue("no-store");
    assertThat(header(get, "X-Content-Type-Options")).hasValue("nosniff");
    assertThat(header(get, "Content-Length"))
        .hasValue(Integer.toString(get.body().getBytes(UTF_8).length));
    assertThat(header(get, "Server")).isEmpty();

    HttpResponse<String> head = send(request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("Content-Type", "Content-Length", "Cache-Control", "Vary")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
    }
  }

  @Test
  void headStartsNoDiagnosis() throws Exception {
    HttpResponse<String> head =
        send(request("/hosts/mail01/diagnosis").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Type")).hasValue("application/json");
    assertThat(header(head, "Content-Length")).isEmpty();
    assertThat(watched.readings).hasValue(0);
    assertThat(
            send(request("/hosts/mail02/diagnosis").method("HEAD", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);

    HttpResponse<String> get = get("/hosts/mail01/diagnosis");
    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(header(get, "Content-Type")).hasValue("application/json");
    assertThat(watched.readings).hasValue(1);
  }

  @Test
  void anArchiveReadsTheHostOnlyForItsEvents() throws Exception {
    assertThat(get("/hosts/mail01/evidence.zip").statusCode()).isEqualTo(200);
    assertThat(watched.readings).hasValue(0);
    HttpResponse<String> head =
        send(
            request("/hosts/mail01/evidence.zip?events=last_day")
                .method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(watched.readings).hasValue(0);

    HttpResponse<byte[]> get =
        client.send(
            request("/hosts/mail01/evidence.zip?events=last_day").build(),
            BodyHandlers.ofByteArray());

    assertThat(watched.readings).hasValue(1);
    Archive archive = Archive.of(get.body()).orElseThrow();
    assertThat(get.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"" + archive.name() + ".zip\"");
    assertThat(archive.servicesRead()).isTrue();
    watched.unavailable = new Unavailable("20 other hosts are being read.");
    assertThat(get("/hosts/mail01/evidence.zip?events=last_day").statusCode()).isEqualTo(503);
  }

  @Test
  void aDiagnosisThatCannotBeHadNowIsRefusedWithItsSentence() throws Exception {
    watched.unavailable = new Unavailable("20 other hosts are being read.");
    HttpResponse<String> get = get("/hosts/mail01/diagnosis");
    assertThat(get.statusCode()).isEqualTo(503);
    assertThat(get.body()).isEqualTo("20 other hosts are being read.\n");
  }

  @Test
  void metricsAnswerHeadWithoutABody() throws Exception {
    HttpResponse<String> head = send(request("/metrics").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Type")).hasValue(TEXT);
    assertThat(header(head, "Content-Length")).isPresent();
  }

  @Test
  void thePageAllowsItsStyleAndNothingElse() throws Exception {
    HttpResponse<String> page = get("/");
    PageView view =
        new PageView(
            new TimeView(Snapshots.NOW, ZoneId.systemDefault()), false, PageView.Range.HOURS_6);
    assertThat(page.body())
        .isEqualTo(HostPage.of(Snapshots.up(), HostPage.Place.HERE, view, "1.2.3"))
        .doesNotContain("style=\"");
    String style =
        page.body().substring(page.body().indexOf("<style>") + 7, page.body().indexOf("</style>"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
    assertThat(header(page, "Content-Security-Policy"))
        .hasValue(
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                .formatted(Base64.getEncoder().encodeToString(digest)));
  }

  /** Prometheus knows a host by its name on /probe, and by the exporter's address on /metrics. */
  @ParameterizedTest
  @CsvSource({
    "host=mail01, --host mail01, instance=&quot;&lt;INSTANCE&gt;&quot;",
    "instance=mail01, --host mail01, instance=&quot;mail01&quot;",
    "instance=localhost:10747, --host mail01, instance=&quot;localhost:10747&quot;",
    "instance=mon02:10747, --host &lt;HOST&gt;, instance=&quot;&lt;INSTANCE&gt;&quot;",
    "host=, --host &lt;HOST&gt;, instance=&quot;&lt;INSTANCE&gt;&quot;",
  })
  void aRunbookHasTheNamesOfTheHostThatAnAlertMeans(String query, String command, String label)
      throws Exception {
    HttpResponse<String> page = get("/runbooks/ImfServiceRestartSlow?" + query);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(command, label);
    assertThat(header(page, "Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
  }

  /** Of what is known: a host that hangs does not keep its evidence back. */
  @Test
  void theEvidenceOfAHostIsAnArchive() throws Exception {
    int asked = host.deadlines.size();
    HttpResponse<byte[]> archive =
        client.send(request("/hosts/mail01/evidence.zip").build(), BodyHandlers.ofByteArray());
    assertThat(archive.statusCode()).isEqualTo(200);
    assertThat(header(archive, "Content-Type")).hasValue("application/zip");
    assertThat(header(archive, "Content-Disposition"))
        .hasValue("attachment; filename=\"imf-evidence-mail01-20261122T031657Z.zip\"");
    assertThat(archive.body()).startsWith('P', 'K');
    assertThat(host.deadlines).hasSize(asked);
  }

  @Test
  void theFormatIsChosenByAccept() throws Exception {
    HttpResponse<String> text = get("/metrics");
    assertThat(header(text, "Content-Type")).hasValue(TEXT);
    assertThat(text.body()).startsWith(metrics()).contains("imf_exporter_build_info");
    HttpResponse<String> openMetrics =
        send(request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));
    assertThat(header(openMetrics, "Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(header(openMetrics, "Vary")).hasValue("Accept, Accept-Encoding");
    assertThat(openMetrics.body()).endsWith("# EOF\n").containsOnlyOnce("# EOF");
    for (String path : List.of("/metrics", "/metrics?", "/probe?target=mail01")) {
      HttpResponse<String> textRather =
          send(
              request(path)
                  .header("Accept", "application/openmetrics-text;q=0.5")
                  .header("Accept", "text/plain;q=0.9"));
      assertThat(header(textRather, "Content-Type")).as(path).hasValue(TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?collect%5B%5D=smtp", "?name%5B%5D=imf_up", "?x"})
  void aPartOfTheMetricsCannotBeAskedFor(String query) throws Exception {
    HttpResponse<String> refused = get("/metrics" + query);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo(
            "No parameter is understood here, such as collect[]: each scrape has all metrics, and"
                + " metric_relabel_configs of Prometheus drop those that you do not want.\n");
    assertThat(get("/metrics?").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "gzip, true",
    "GZIP, true",
    "'deflate, gzip', true",
    "'gzip;q=0', false",
    "'gzip;q=0, identity', false",
    "identity, false",
    "br, false",
  })
  void compressesForThoseWhoTakeIt(String acceptEncoding, boolean compressed) throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            request("/metrics").header("Accept-Encoding", acceptEncoding).build(),
            BodyHandlers.ofByteArray());
    assertThat(header(response, "Content-Encoding"))
        .isEqualTo(compressed ? Optional.of("gzip") : Optional.empty());
    assertThat(header(response, "Content-Length"))
        .hasValue(Integer.toString(response.body().length));
    byte[] body =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
            : response.body();
    assertThat(new String(body, UTF_8)).startsWith(metrics()).endsWith("\n");
  }

  @Test
  void theDeadlineIsWhatPrometheusTellsLessTheWayBack() throws Exception {
    get("/metrics");
    send(request("/metrics").header("X-Prometheus-Scrape-Timeout-Seconds", "3"));
    get("/");
    assertThat(host.deadlines)
        .containsExactly(
            Duration.ofMillis(9_500),
            Duration.ofMillis(9_500),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5));
  }

  @Test
  void aConfiguredHostIsProbedByItsName() throws Exception {
    HttpResponse<String> probed = get("/probe?target=mail01");
    assertThat(probed.statusCode()).isEqualTo(200);
    assertThat(probed.body()).isEqualTo(metrics());
    assertThat(header(probed, "Content-Type")).hasValue(TEXT);
    send(request("/probe?target=mail01").header("X-Prometheus-Scrape-Timeout-Seconds", "3"));
    assertThat(host.deadlines).endsWith(Duration.ofMillis(2_500));
  }

  @ParameterizedTest
  @CsvSource({
    "/probe, 400, 'Name one host, as in /probe?target=mail01; /sd lists them.'",
    "/probe?target=, 400, 'Name one host, as in /probe?target=mail01; /sd lists them.'",
    "/probe?target=a&target=b, 400, 'Name one host, as in /probe?target=mail01; /sd lists them.'",
    "/probe?target=mail01&module=x, 400, 'The configuration says which module a host has: leave module out.'",
    "/probe?auth=x&target=mail01, 400, 'The configuration says which auth a host has: leave auth out.'",
    "/probe?target=mail01&debug=1, 400, Only target is understood here.",
    "/probe?target=MAIL01, 403, 'The target is not in the configuration, and no other host is asked; /sd lists them.'",
    "/probe?target=10.0.0.1%3Cb%3E, 403, 'The target is not in the configuration, and no other host is asked; /sd lists them.'",
    "/hosts/mail01?tz=Nowhere/Land, 400, The time zone tz is not known; name one as in ?tz=Europe/Vienna.",
    "/hosts/mail01?range=1y, 400, 'The range is one of 1h, 6h, 24h, 7d, 30d.'",
    "/hosts/mail02, 404, 'There is no such host, but mail01.'",
    "/runbooks/ImfMailFlowHalted?host=mail02, 404, 'There is no such host, but mail01.'",
    "/runbooks?host=mail02, 404, 'There is no such host, but mail01.'",
    "/hosts/mail02/evidence.zip, 404, 'There is no such host, but mail01.'",
    "/hosts/mail02/episodes/1/evidence.zip, 404, 'There is no such host, but mail01.'",
    "/hosts/mail01/episodes/1/evidence.zip, 404, 'mail01 has no episode 1: none is known. /hosts/mail01 lists the newest; where --storage.path keeps a history, imf-exporter history lists all.'",
    "/hosts/mail01/episodes/99999999999999999999/evidence.zip, 404, 'mail01 has no episode 99999999999999999999: none is known. /hosts/mail01 lists the newest; where --storage.path keeps a history, imf-exporter history lists all.'",
    "/hosts/mail01/evidence.zip?events=all, 400, events takes last_day.",
    "/hosts/mail01/evidence.zip?tz=UTC, 400, Only events is understood here.",
    "/runbooks/README, 404, There is no such runbook; /runbooks lists them.",
    "/hosts/mail01/preflight?tz=Nowhere/Land, 400, The time zone tz is not known; name one as in ?tz=Europe/Vienna.",
    "/hosts/mail02/preflight, 404, 'There is no such host, but mail01.'",
    "/hosts/mail02/diagnosis, 404, 'There is no such host, but mail01.'",
    "/hosts/mail01/preflight?format=xml, 400, format is html or json.",
    "/hosts/mail01/episodes/3?format=xml, 400, format is html or json.",
    "/hosts/mail01/diagnosis?format=html, 400, format is json.",
    "/hosts/mail01?page=1, 400, Only tz and range are understood here.",
    "/hosts/mail01?tz=UTC&tz=UTC, 400, tz is given more than once; give it once.",
    "/hosts/mail01/preflight?x=1, 400, 'Only format, tz and range are understood here.'",
    "/hosts/mail01/diagnosis?x=1, 400, 'Only format, tz and range are understood here.'",
    "/hosts/mail01/episodes/3?x=1, 400, 'Only format, tz and range are understood here.'",
    "/runbooks?x=1, 400, 'Only host, instance, service, tz and range are understood here.'",
    "/?page=abc, 400, page takes a whole number from 1 to 1000000.",
    "/?page=999999999999, 400, page takes a whole number from 1 to 1000000.",
    "/?sort=name, 400, 'Only state, name, page, rows, tz and range are understood here.'"
  })
  void whatIsNotConfiguredIsNotAsked(String path, int status, String sentence) throws Exception {
    int asked = host.deadlines.size();
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(sentence + "\n");
    assertThat(host.deadlines).hasSize(asked);
  }

  @Test
  void aHostThatHangsDelaysNoOther() throws Exception {
    watched.add(new FakeHost("mail02"));
    host.hold();
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(request("/probe?target=mail01").build(), BodyHandlers.ofString());
    host.entered.acquire();
    assertThat(get("/probe?target=mail02").body()).isEqualTo(metrics());
    assertThat(get("/").body()).contains("/hosts/mail01", "/hosts/mail02");
    assertThat(get("/hosts/mail02").body()).contains("<h1>mail02</h1>", "All hosts");
    host.release();
    assertThat(hanging.get(20, SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void everyLinkOfThePagesOfAHostIsAnswered() throws Exception {
    host.snapshot = Snapshots.recovered();
    watched.add(new FakeHost("mail02"));
    Set<String> links = new TreeSet<>();
    for (String page :
        List.of(
            "/hosts/mail01?tz=Europe/Vienna",
            "/hosts/mail01/preflight?tz=Europe/Vienna",
            "/hosts/mail01/episodes/3")) {
      links.addAll(PageStructure.links(get(page).body()));
    }
    links.removeIf(link -> link.startsWith("https:"));
    assertThat(links)
        .contains(
            "/hosts/mail01/episodes/3?tz=Europe%2FVienna",
            "/hosts/mail01/preflight?tz=Europe%2FVienna", "/hosts/mail01?tz=Europe%2FVienna");
    for (String link : links) {
      assertThat(get(link).statusCode()).as(link).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.json", "3?format=json"})
  void theReceiptOfAnEpisodeIsJson(String name) throws Exception {
    host.snapshot = Snapshots.recovered();
    HttpResponse<String> receipt = get("/hosts/mail01/episodes/" + name);
    assertThat(header(receipt, "Content-Type")).hasValue("application/json");
    assertThat(receipt.body()).isEqualTo(Receipt.of(Snapshots.recovered(), 3).orElseThrow().json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "0", "-3", "3x", "99999999999999999999", "4.json", ".json"})
  void anEpisodeThatIsNotKeptIsNotThere(String name) throws Exception {
    host.snapshot = Snapshots.recovered();
    HttpResponse<String> answer = get("/hosts/mail01/episodes/" + name);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .startsWith("mail01 has no episode %s; known: 3. ".formatted(name.replace(".json", "")))
        .hasLineCount(1);
  }

  @Test
  void prometheusFindsWhatToProbe() throws Exception {
    watched.add(new FakeHost("mail02"));
    HttpResponse<String> found = get("/sd");
    assertThat(header(found, "Content-Type")).hasValue("application/json");
    assertThat(found.body())
        .isEqualTo(
            "[{\"targets\":[\"mail02\"],\"labels\":{\"__meta_imf_access\":\"smb\",\"__meta_imf_module\":\"relay\"}}]");
  }

  @Test
  void theConfigurationIsShown() throws Exception {
    assertThat(get("/config").body()).isEqualTo("hosts: {}\n");
  }

  @Test
  void isReloadedOnlyIfThatIsSwitchedOn() throws Exception {
    HttpResponse<String> refused =
        send(request("/-/reload").method("POST", BodyPublishers.noBody()));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("--web.enable-lifecycle");
    assertThat(watched.reloads).hasValue(0);
  }

  @Test
  void aReloadTellsWhatIsWrong() throws Exception {
    server.close();
    lifecycle = true;
    server = start();
    assertThat(get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(header(get("/-/reload"), "Allow")).hasValue("POST, PUT");
    HttpResponse<String> put = send(request("/-/reload").method("PUT", BodyPublishers.noBody()));
    assertThat(put.statusCode()).isEqualTo(200);
    HttpResponse<String> done = send(request("/-/reload").method("POST", BodyPublishers.noBody()));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).isEqualTo("The configuration was reloaded.\n");
    watched.wrong = List.of("imf.yml:3: hosts.x: is wrong");
    HttpResponse<String> bad = send(request("/-/reload").method("POST", BodyPublishers.noBody()));
    assertThat(bad.statusCode()).isEqualTo(500);
    assertThat(bad.body())
        .isEqualTo(
            "The configuration is not reloaded, and the old one holds:\nimf.yml:3: hosts.x: is wrong\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/metrics/more", "/-/", "/%2e%2e/etc/passwd"})
  void whatIsNotThereIsSaidInASentence(String path) throws Exception {
    HttpResponse<String> response = send(request(path).header("Accept", "text/html"));
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(header(response, "Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(response.body()).endsWith(".\n").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "BREW"})
  void onlyGetAndHeadAreAnswered(String method) throws Exception {
    HttpResponse<String> response =
        send(request("/metrics").method(method, BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).hasValue("GET, HEAD");
    assertThat(response.body()).isEqualTo("Only GET and HEAD are answered here.\n");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IllegalStateException("secret detail")),
        Arguments.of(new StackOverflowError("secret detail")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneSentenceAndOneLogEntry(Throwable failure) throws Exception {
    renderFailure = failure;
    try (LogCapture log = LogCapture.of(Routes.class)) {
      HttpResponse<String> response = get("/metrics");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body())
          .isEqualTo(
              "The exporter failed to answer; its log says why. Please report it as a bug.\n");
      assertThat(log.thrown()).containsExactly(failure);
    }
    renderFailure = null;
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void aHostThatThrowsIsAFailureToo() throws Exception {
    RuntimeException failure = new IllegalStateException("secret detail");
    host.failure = failure;
    try (LogCapture log = LogCapture.of(Routes.class)) {
      HttpResponse<String> response = get("/");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("secret").hasLineCount(1);
      assertThat(log.thrown()).containsExactly(failure);
    }
  }

  @Test
  void isReadyOnceTheHostWasObserved() throws Exception {
    host.hold();
    server.close();
    server = start();
    host.entered.acquire();
    HttpResponse<String> early = get("/-/ready");
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.body())
        .isEqualTo("The host has not been observed yet; please ask again in a moment.\n");
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);

    host.release();
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aHundredScrapesOfAHangingHostBlockNothingElseAndAreAllAnswered() throws Exception {
    host.hold();
    List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scrapes.add(
          client.sendAsync(request("/probe?target=mail01").build(), BodyHandlers.ofString()));
    }
    host.entered.acquire(100);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    host.release();
    for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
      HttpResponse<String> response = scrape.get(20, SECONDS);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(metrics());
    }
  }

  @Test
  void clientsThatNeverFinishTheirRequestBlockNothing() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\nX-".getBytes(US_ASCII));
      }
      assertThat(get("/metrics").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30_000})
  void aClientThatIsGoneIsNoFailure(int lines) throws Exception {
    auths =
        IntStream.range(0, lines).boxed().collect(Collectors.toMap(i -> "auth" + i, i -> false));
    host.hold();
    try (LogCapture log = LogCapture.of(Routes.class)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket
            .getOutputStream()
            .write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        host.entered.acquire();
        socket.setSoLinger(true, 0);
      }
      host.release();
      assertThat(timed.poll(10, SECONDS)).extracting(Timed::route).isEqualTo("/metrics");
      assertThat(log.thrown()).isEmpty();
    }
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  static Stream<Arguments> refusedRequests() {
    String tooLong = "its address or its header is too long";
    String malformed = "its address or its header is malformed";
    String version = "its version of HTTP is neither 1.0 nor 1.1";
    return Stream.of(
        Arguments.of("GET /metrics HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9_000), "431", tooLong),
        Arguments.of("GET / HTTP/1.1\r\nHost: x" + "\r\nX: many".repeat(1_000), "431", tooLong),
        Arguments.of("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x", "414", tooLong),
        Arguments.of("GET /%zz HTTP/1.1\r\nHost: x", "400", malformed),
        Arguments.of("GET /metrics HTTP/1.1", "400", malformed),
        Arguments.of("\u0000\u0001\u0002", "400", malformed),
        Arguments.of("GET /metrics HTTP/7.3\r\nHost: x", "505", version),
        Arguments.of("PRI * HTTP/2.0\r\n\r\nSM", "426", version));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusedRequests")
  void whatIsNoProperRequestIsRefusedInASentence(String request, String status, String why)
      throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .endsWith("This is no request that can be answered (%s): %s.\n".formatted(status, why))
          .doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void requestsAreTimedUnderBoundedWords() throws Exception {
    get("/metrics");
    get("/metrics?a=b");
    get("/-/healthy/");
    get("/" + "x".repeat(100));
    send(request("/metrics").method("BREW", BodyPublishers.noBody()));
    send(request("/").method("HEAD", BodyPublishers.noBody()));
    List<Timed> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Timed one = timed.poll(10, SECONDS);
      assertThat(one).isNotNull();
      all.add(one);
    }
    assertThat(all)
        .containsExactlyInAnyOrder(
            new Timed("/metrics", "GET", 200),
            new Timed("/metrics", "GET", 400),
            new Timed("/-/healthy", "GET", 200),
            new Timed("unmatched", "GET", 404),
            new Timed("unmatched", "OTHER", 405),
            new Timed("/", "HEAD", 200));
  }

  @Test
  void anAddressInUseIsAnErrorThatSaysWhatToDo() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    assertThatThrownBy(() -> start(taken))
        .isInstanceOf(BindFailed.class)
        .hasMessageMatching(
            "Cannot listen on \\S+:%d: Address already in use.*\\. Free it, or choose another with --web\\.listen-address\\."
                .formatted(server.port()));
  }

  @Test
  void anUnknownHostNameIsAnErrorThatSaysSo() {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host.invalid", 10747);
    assertThatThrownBy(() -> start(unknown))
        .isInstanceOf(BindFailed.class)
        .hasMessage(
            "Cannot listen on no-such-host.invalid:10747: the host name is not known. Name an address of this machine with --web.listen-address.");
  }

  @Test
  void addressOfAnotherMachineIsNotThereToBeFreed() {
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 10747);
    assertThatThrownBy(() -> start(elsewhere))
        .isInstanceOf(BindFailed.class)
        .hasMessageContaining("Cannot listen on 192.0.2.1:10747: ")
        .hasMessageEndingWith(
            "It is no address of this machine: name another with --web.listen-address.");
  }

  @Test
  void stopsWithinTwoSecondsThoughRequestsHangAndConnectionsAreKept() throws Exception {
    get("/-/healthy");
    HttpRequest afterwards = request("/-/healthy").build();
    host.hold();
    CompletableFuture<HttpResponse<String>> hanging =
        client.sendAsync(request("/metrics").build(), BodyHandlers.ofString());
    host.entered.acquire();
    long before = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    HttpResponse<String> response = hanging.get(10, SECONDS);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("The exporter is stopping.\n");
    assertThatThrownBy(() -> client.send(afterwards, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  private Server start() {
    try {
      return start(ANY_PORT);
    } catch (BindFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private Server start(InetSocketAddress address) throws BindFailed {
    return Server.start(
        settings.apply(
            new WebSettings(
                List.of(address),
                "",
                Site.USUAL,
                Optional.empty(),
                lifecycle,
                WebSettings.USUAL_CONNECTIONS)),
        security,
        watched,
        exposition,
        (route, method, status, nanoseconds) -> {
          assertThat(nanoseconds).isNotNegative();
          timed.add(new Timed(route, method, status));
        },
        () -> new Moment(Snapshots.NOW, Duration.ZERO),
        "1.2.3");
  }

  /** The metrics of a host, which those of the exporter follow on /metrics. */
  private String metrics() {
    return new String(exposition.host(Format.TEXT, Snapshots.up()).body(), UTF_8);
  }

  /** A metric of the exporter itself, which can be large, or fail. */
  private Map<String, Boolean> auths() {
    if (renderFailure instanceof Error error) {
      throw error;
    }
    if (renderFailure instanceof RuntimeException exception) {
      throw exception;
    }
    return auths;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }
}
