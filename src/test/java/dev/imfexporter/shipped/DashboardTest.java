package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.shipped.DashboardQueries.Query;
import dev.imfexporter.shipped.PromQlNames.LabelMatcher;
import dev.imfexporter.shipped.PromQlNames.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps each dashboard whole: the rules of <a
 * href="https://github.com/grafana/dashboard-linter/blob/main/docs/index.md">Grafana's dashboard
 * linter</a>, the layout, and the names that its queries use. That the files are what their source
 * makes is for {@code bin/test boards}.
 */
@ParameterizedClass
@MethodSource("uids")
class DashboardTest {
  /** On an exporter's own target, which is none of the hosts that a board can choose. */
  private static final Set<String> OF_ALL_HOSTS =
      Set.of("imf_update_hosts", "imf_update_rollout_stop");

  static final Path FOLDER = Path.of("grafana/dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GRID_WIDTH = 24;

  /** A host's board is for one host; only the exporter's hosts are not those of imf_up. */
  private static final String ONE_HOST = "imf-host";

  private final List<String> uids = uids();
  private final String uid;
  private final Path file;
  private final JsonNode dashboard;
  private final List<JsonNode> panels;
  private final List<Query> queries;

  DashboardTest(String uid) throws IOException {
    this.uid = uid;
    file = FOLDER.resolve(uid + ".json");
    dashboard = JSON.readTree(file.toFile());
    panels = DashboardQueries.panels(dashboard);
    queries = DashboardQueries.read(file);
  }

  static List<String> uids() throws IOException {
    try (Stream<Path> shipped = Files.list(FOLDER)) {
      return shipped
          .map(path -> path.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void isTheOneThatLinksAndProvisioningExpect() {
    assertThat(dashboard.path("uid").asText()).isEqualTo(uid);
    assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(42);
    assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
    assertThat(dashboard.has("id")).as("an id belongs to one Grafana").isFalse();
    assertThat(dashboard.path("tags")).extracting(JsonNode::asText).contains("imf-exporter");
    assertThat(dashboard.path("links"))
        .filteredOn(link -> link.path("url").asText().startsWith("/d/"))
        .isNotEmpty()
        .allMatch(link -> uids.stream().anyMatch(other -> isTo(other, link)))
        .allMatch(link -> link.path("keepTime").asBoolean());
  }

  private static boolean isTo(String uid, JsonNode link) {
    return link.path("url").asText().startsWith("/d/" + uid + "?");
  }

  @Test
  void asksForDataSourceJobAndInstance() {
    JsonNode dataSource = dashboard.at("/templating/list/0");
    assertThat(dataSource.path("name").asText()).isEqualTo("datasource");
    assertThat(dataSource.path("type").asText()).isEqualTo("datasource");
    assertThat(dataSource.path("query").asText()).isEqualTo("prometheus");
    assertThat(dataSource.path("label").asText()).isEqualTo("Data source");
    assertThat(dashboard.at("/templating/list"))
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("datasource", "job", "instance", "exporter");
    for (int i = 1; i <= 2; i++) {
      JsonNode variable = dashboard.at("/templating/list/" + i);
      boolean many = i == 1 || !uid.equals(ONE_HOST);
      assertThat(variable.path("multi").asBoolean()).isEqualTo(many);
      assertThat(variable.path("includeAll").asBoolean()).isEqualTo(many);
      assertThat(variable.path("allValue").asText()).isEqualTo(many ? ".+" : "");
      assertThat(variable.path("refresh").asInt()).as("on time range change").isEqualTo(2);
      assertThat(variable.path("definition")).isEqualTo(variable.at("/query/query"));
      assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    }
  }

  @Test
  void explainsEveryPanel() {
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(title).as("title of panel %s", panel.path("id")).isNotBlank();
      assertThat(panel.path("description").asText()).as("description of %s", title).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText())
          .as("unit of %s", title)
          .isNotBlank();
      assertThat(panel.path("targets")).as("targets of %s", title).isNotEmpty();
    }
    assertThat(panels).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
  }

  @Test
  void readsOnlyTheChosenDataSource() {
    for (JsonNode panel : panels) {
      assertThat(panel.at("/datasource/uid").asText())
          .as(panel.path("title").asText())
          .isEqualTo("${datasource}");
      assertThat(panel.path("targets"))
          .as(panel.path("title").asText())
          .allSatisfy(
              target ->
                  assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}"));
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      String expected = annotation.has("builtIn") ? "-- Grafana --" : "${datasource}";
      assertThat(annotation.at("/datasource/uid").asText())
          .as(annotation.path("name").asText())
          .isEqualTo(expected);
    }
  }

  @Test
  void numbersPanelsAndTargetsOnce() {
    List<Integer> ids = new ArrayList<>();
    dashboard.findValues("id").stream().filter(JsonNode::isInt).forEach(id -> ids.add(id.asInt()));
    assertThat(ids).hasSizeGreaterThanOrEqualTo(panels.size()).doesNotHaveDuplicates();
    for (JsonNode panel : panels) {
      assertThat(panel.path("targets"))
          .as(panel.path("title").asText())
          .extracting(target -> target.path("refId").asText())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void laysPanelsOutWithoutOverlap() {
    assertNoOverlap("dashboard", dashboard.path("panels"));
    for (JsonNode row : dashboard.path("panels")) {
      // The panels of a collapsed row lie where they come to lie when it is opened.
      assertNoOverlap(row.path("title").asText(), row.path("panels"));
      for (JsonNode panel : row.path("panels")) {
        assertThat(panel.at("/gridPos/y").asInt())
            .as(panel.path("title").asText())
            .isGreaterThan(row.at("/gridPos/y").asInt());
      }
    }
  }

  private static void assertNoOverlap(String where, JsonNode panels) {
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonNode panel : panels) {
      JsonNode place = panel.path("gridPos");
      int left = place.path("x").asInt();
      int top = place.path("y").asInt();
      int right = left + place.path("w").asInt();
      assertThat(right).as(panel.path("title").asText()).isBetween(left + 1, GRID_WIDTH);
      for (int x = left; x < right; x++) {
        for (int y = top; y < top + place.path("h").asInt(); y++) {
          assertThat(taken.add(List.of(x, y)))
              .as("%s: %s is alone at column %d, line %d", where, panel.path("title"), x, y)
              .isTrue();
        }
      }
    }
  }

  @Test
  void namesOnlyMetricsAndLabelsThatExist() {
    KnownSeries known = KnownSeries.ofExporterAndPrometheus();
    known.add("instance:imf_exporter_seen:bool", Set.of());
    known.add("instance:imf_mail_available:avg30d", Set.of());
    List<String> complaints = new ArrayList<>();
    for (Query query : queries) {
      PromQlNames names = PromQlNames.of(query.expr());
      known.complaints(names).forEach(c -> complaints.add(query.panelTitle() + ": " + c));
      Matcher label = Pattern.compile("\\{\\{ *(\\w+) *}}").matcher(query.legend());
      while (label.find()) {
        if (!known.labelsOf(names).contains(label.group(1))) {
          complaints.add(query.panelTitle() + ": no label " + label.group(1) + " for its legend");
        }
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(queries).hasSizeGreaterThan(panels.size());
  }

  @Test
  void selectsByJobAndInstance() {
    for (Query query : queries) {
      if (query.panelTitle().startsWith("variable ")) {
        continue;
      }
      for (Selector selector : PromQlNames.of(query.written()).selectors()) {
        if (OF_ALL_HOSTS.contains(selector.metric())) {
          continue;
        }
        assertThat(selector.matchers())
            .as("%s: %s", query.panelTitle(), selector.metric())
            .contains(
                new LabelMatcher("job", "=~", "$job"),
                new LabelMatcher("instance", uid.equals(ONE_HOST) ? "=" : "=~", "$instance"));
      }
    }
  }

  /** A table may count: the only event of a counter that begins with it has no rate. */
  @Test
  void readsCountersAsRatesOrInTables() {
    Set<String> tables = new HashSet<>();
    panels.stream()
        .filter(panel -> panel.path("type").asText().equals("table"))
        .forEach(panel -> tables.add(panel.path("title").asText()));
    for (Query query : queries) {
      for (Selector selector : PromQlNames.of(query.written()).selectors()) {
        String where = query.panelTitle() + ": " + selector.metric();
        assertThat(selector.function()).as(where).isNotIn("irate", "increase");
        if (selector.metric().endsWith("_total") && !tables.contains(query.panelTitle())) {
          assertThat(selector.function()).as(where).isEqualTo("rate");
        }
        if ("rate".equals(selector.function())) {
          assertThat(selector.range()).as(where).isEqualTo("$__rate_interval");
        }
      }
    }
  }

  /** A renamed target or column would leave its format and its place behind without a word. */
  @Test
  void formatsOnlyColumnsThatExist() {
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      if (!panel.path("type").asText().equals("table")) {
        continue;
      }
      JsonNode transformations = panel.path("transformations");
      JsonNode organize = transformations.path(transformations.size() - 1);
      List<String> columns = new ArrayList<>();
      organize.at("/options/renameByName").forEach(column -> columns.add(column.asText()));
      for (JsonNode override : panel.at("/fieldConfig/overrides")) {
        assertThat(columns).as(title).contains(override.at("/matcher/options").asText());
      }
      Set<String> values = new HashSet<>(Set.of("Value"));
      panel.path("targets").forEach(t -> values.add("Value #" + t.path("refId").asText()));
      for (String option : List.of("renameByName", "indexByName", "excludeByName")) {
        organize
            .at("/options/" + option)
            .fieldNames()
            .forEachRemaining(
                column -> {
                  if (column.startsWith("Value")) {
                    assertThat(values).as("%s, %s", title, option).contains(column);
                  }
                });
      }
    }
  }
}
