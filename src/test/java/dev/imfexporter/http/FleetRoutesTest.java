package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.FleetSnapshots;
import dev.imfexporter.page.PageStructure;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FleetRoutesTest {
  private final FakeWatched watched = new FakeWatched(new FakeHost("mail09"));
  private final SelfMetrics self = SelfMetrics.start(Build.of("1.2.3"));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SuppressWarnings("NullAway.Init") // started before each test
  private Server server;

  @BeforeEach
  void start() throws Exception {
    FleetSnapshots.oneOfEach().stream().map(KnownHost::new).forEach(watched::add);
    server =
        Server.start(
            WebSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            CurrentWebSecurity.none(),
            watched,
            new Exposition(self),
            (route, method, status, nanoseconds) -> {},
            () -> new Moment(Snapshots.NOW, Duration.ZERO),
            "1.2.3");
  }

  @AfterEach
  void close() {
    server.close();
    self.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/?state=halted, 1 to 1 of 1",
    "/?name=MAIL0, 1 to 8 of 8",
    "/?name=mail0&rows=3&page=3, 7 to 8 of 8",
    "/?state=&name=, 1 to 9 of 9",
  })
  void findsHosts(String path, String found) throws Exception {
    HttpResponse<String> page = get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("the worst first: " + found + "<");
  }

  @ParameterizedTest
  @CsvSource({
    "/?state=green, 'state takes one of halted, failing, unreadable, attention, updating, not_known, not_read_yet, nothing, well.'",
    "/?page=0, page takes a whole number from 1 to 1000000.",
    "/?page=x, page takes a whole number from 1 to 1000000.",
    "/?rows=1001, rows takes a whole number from 1 to 1000.",
    "/?page=1&page=2, page is given more than once; give it once.",
    "/?sort=name, 'Only state, name, page, rows, tz and range are understood here.'"
  })
  void saysWhatIsWrongWithAParameter(String path, String sentence) throws Exception {
    HttpResponse<String> refused = get(path);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(refused.body()).isEqualTo(sentence + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/hosts?state=halted, hosts/0/host, mail01",
    "/api/v1/hosts/mail01, state, halted",
    "/api/v1/episodes?host=mail01, episodes/0/title, Cumulative Update for Windows Server (KB5031362)",
    "/api/v1/episodes?update_id=KB1, found, 0",
    "/api/v1/hosts?page=99, page, 99",
    "/api/v1/hosts?page=99, pages, 1",
    "/api/v1/hosts?page=99, found, 9",
    "/api/v1/hosts?page=99, hosts/0/host, ''",
    "/api/v1/episodes?page=99, page, 99",
    "/api/v1/episodes?page=99, pages, 1",
    "/api/v1/episodes?page=99, episodes/0/host, ''",
    "/api/v1/updates, updates/0/update_id, KB5031362",
  })
  void answersPrograms(String path, String field, String value) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new ObjectMapper().readTree(answer.body()).at("/" + field).asText())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/hosts?tz=UTC, 400, 'Only state, name, page and rows are understood here.'",
    "/api/v1/hosts?range=1h, 400, 'Only state, name, page and rows are understood here.'",
    "/api/v1/hosts?page=none, 400, page takes a whole number from 1 to 1000000.",
    "/api/v1/hosts/mail01?x=1, 400, No parameter is understood here.",
    "/api/v1/hosts/nobody, 404, 'There is no such host, but mail09, mail08, mail07, files03, mail06 and 4 more; /api/v1/hosts lists all.'",
    "/api/v1/episodes?host=nobody, 400, 'There is no such host, but mail09, mail08, mail07, files03, mail06 and 4 more; /api/v1/hosts lists all.'",
    "/api/v2, 404, There is no such page; / links those that there are."
  })
  void saysToProgramsWhatIsWrong(String path, int status, String sentence) throws Exception {
    HttpResponse<String> refused = get(path);
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new ObjectMapper().readTree(refused.body()).path("error").asText())
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "/updates, 200, <h1>Updates</h1>",
    "/updates/kb5031362, 200, <h1>KB5031362</h1>",
    "/updates/KB1, 404, No host got such an update in the last 30 days; /updates lists them.",
    "/updates?x=1, 400, Only tz and range are understood here.",
    "/updates?tz=Europe/Vienna, 200, Times are those of Europe/Vienna",
    "/?tz=Mars, 400, The time zone tz is not known"
  })
  void showsUpdates(String path, int status, String text) throws Exception {
    HttpResponse<String> page = get(path);
    assertThat(page.statusCode()).isEqualTo(status);
    assertThat(page.body()).contains(text);
  }

  /** Jetty refuses a path that has one of these characters, encoded or not. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Fix 1.0/2.0", "100 % of mail", "C:\\Fix", "Scanner; update", "Обновление 7"})
  void answersEachLinkToAnUpdateWithoutANumber(String title) throws Exception {
    watched.add(new KnownHost(FleetSnapshots.updated("mail10", title)));
    List<String> links =
        PageStructure.links(get("/updates").body()).stream()
            .filter(link -> link.startsWith("/updates/"))
            .toList();
    assertThat(links).hasSizeGreaterThan(1);
    for (String link : links) {
      assertThat(get(link).statusCode()).as(link).isEqualTo(200);
    }
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws Exception {
    assertThat(get("/?name=" + "x".repeat(254)).body())
        .isEqualTo("name is longer than 253 characters.\n");
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
