package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.shipped.DashboardQueries.Query;
import dev.imfexporter.shipped.PromQlNames.LabelMatcher;
import dev.imfexporter.watch.model.MailFlow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forbids what once misled the readers of a dashboard: tiles that are green without data, values
 * from before a halt, states that no sample hits, columns out of sight.
 */
@ParameterizedClass
@MethodSource("dev.imfexporter.shipped.DashboardTest#uids")
class MisleadingPanelsTest {
  private static final String GREY = "#7F7F7F";
  private static final String GREEN = "#009E73";

  /** A duration has one unit on all boards; messages have no unit of their own in Grafana. */
  private static final Set<String> UNITS =
      Set.of("none", "short", "s", "bytes", "percentunit", "reqps", "suffix: /s");

  private static final Set<String> TIMES = Set.of("dateTimeFromNow", "dateTimeAsIso");

  private static final Pattern OF_THE_EXPORTER =
      Pattern.compile("imf_exporter_|imf_auth_|imf_journal_|jvm_|process_");

  /** The longest title of a tile that is not cut off on a screen of 1100 pixels. */
  private static final int TITLE = 15;

  private final String uid;
  private final JsonNode dashboard;
  private final List<JsonNode> panels;
  private final List<Query> queries;

  MisleadingPanelsTest(String uid) throws IOException {
    this.uid = uid;
    var file = DashboardTest.FOLDER.resolve(uid + ".json");
    dashboard = new ObjectMapper().readTree(file.toFile());
    panels = DashboardQueries.panels(dashboard);
    queries = DashboardQueries.read(file);
  }

  private List<JsonNode> panels(String type) {
    return panels.stream().filter(panel -> panel.path("type").asText().equals(type)).toList();
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  /** Green is a state that was read, never a number: beside a halt, a green 0 would say "well". */
  @Test
  void tilesAreGreyWithoutDataAndNeverGreenByNumber() {
    for (JsonNode tile : panels("stat")) {
      JsonNode defaults = tile.at("/fieldConfig/defaults");
      assertThat(defaults.at("/thresholds/steps/0/color").asText()).as(title(tile)).isEqualTo(GREY);
      assertThat(defaults.at("/thresholds/steps").findValuesAsText("color"))
          .as(title(tile))
          .doesNotContain(GREEN);
      assertThat(defaults.path("mappings"))
          .as(title(tile))
          .anyMatch(
              mapping ->
                  mapping.at("/options/match").asText().equals("null+nan")
                      && mapping.at("/options/result/color").asText().equals(GREY));
      for (JsonNode mapping : defaults.path("mappings").findValues("result")) {
        assertThat(mapping.path("color").asText()).as(title(tile)).isNotEqualTo(GREEN);
      }
    }
  }

  /** The last value of a range may be older than the halt. */
  @Test
  void tilesAndTablesShowNow() {
    for (JsonNode panel : panels) {
      boolean now = Set.of("stat", "table").contains(panel.path("type").asText());
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("instant").asBoolean()).as(title(panel)).isEqualTo(now);
        assertThat(target.path("range").asBoolean()).as(title(panel)).isEqualTo(!now);
      }
      assertThat(panel.at("/options/legend/calcs"))
          .as(title(panel))
          .noneMatch(calc -> calc.asText().startsWith("last"));
    }
  }

  @Test
  void tilesHaveShortTitlesAndFitOnOneLine() {
    List<JsonNode> tiles = panels("stat");
    assertThat(tiles).hasSizeLessThanOrEqualTo(6);
    for (JsonNode tile : tiles) {
      assertThat(title(tile)).hasSizeLessThanOrEqualTo(TITLE);
      assertThat(tile.at("/gridPos/w").asInt()).as(title(tile)).isGreaterThanOrEqualTo(4);
    }
  }

  /** With colours by threshold, Grafana merges states before it maps them: every bar is grey. */
  @Test
  void timelinesColourStatesByTheirMappings() {
    for (JsonNode timeline : panels("state-timeline")) {
      JsonNode defaults = timeline.at("/fieldConfig/defaults");
      assertThat(defaults.at("/color/mode").asText()).as(title(timeline)).isEqualTo("fixed");
      assertThat(defaults.has("noValue")).as("its text leaks into the legend").isFalse();
    }
  }

  /** A halt between two steps has no sample of its own. */
  @Test
  void timelinesShowTheWorstOfEachInterval() {
    for (JsonNode timeline : panels("state-timeline")) {
      for (JsonNode target : timeline.path("targets")) {
        // Which hosts are worst now is asked once, behind topk.
        String drawn = target.path("expr").asText().replaceFirst("(?s)topk\\(.*", "");
        assertThat(PromQlNames.of(drawn).selectors())
            .filteredOn(selector -> selector.metric().endsWith("_state"))
            .as(title(timeline))
            .allMatch(selector -> "max_over_time".equals(selector.function()));
      }
    }
  }

  /** Neither rows on top of each other nor pages: the worst hosts are on the first one. */
  @Test
  void timelinesHaveRoomForTheirRows() {
    for (JsonNode timeline : panels("state-timeline")) {
      assertThat(timeline.at("/gridPos/h").asInt()).as(title(timeline)).isGreaterThanOrEqualTo(9);
      if (timeline.at("/targets/0/legendFormat").asText().contains("instance")) {
        assertThat(timeline.at("/targets/0/expr").asText())
            .contains("topk(" + timeline.at("/options/perPage").asInt() + ",");
      }
    }
  }

  @Test
  void everyStateOfMailFlowHasAWordAndAColour() {
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.path("expr").asText();
        if (query.contains("imf_mail_flow_state{") && query.contains(" * 10")) {
          assertThat(MailFlow.State.values())
              .as(title(panel))
              .allMatch(state -> query.contains("state=\"" + state.word() + "\""));
          if (!panel.path("type").asText().equals("table")) {
            // One more: a host that cannot be read.
            assertThat(panel.at("/fieldConfig/defaults/mappings/0/options").size())
                .as(title(panel))
                .isGreaterThan(MailFlow.State.values().length);
          }
        }
      }
    }
  }

  @Test
  void tablesFitOnTheScreenAndLeadOn() {
    for (JsonNode table : panels("table")) {
      JsonNode transformations = table.path("transformations");
      List<String> columns = new ArrayList<>();
      transformations
          .path(transformations.size() - 1)
          .at("/options/renameByName")
          .forEach(column -> columns.add(column.asText()));
      assertThat(columns).as(title(table)).hasSizeLessThanOrEqualTo(8);
      for (JsonNode override : table.at("/fieldConfig/overrides")) {
        String links = String.join(" ", override.findValuesAsText("url"));
        switch (override.at("/matcher/options").asText()) {
          case "Host" -> assertThat(links).as(title(table)).contains("/d/imf-host?var-instance=");
          case "What next", "Alert" -> assertThat(links).contains("/docs/runbooks/");
          case "Likely cause" -> assertThat(links).contains("/docs/troubles.md#");
          default -> {}
        }
      }
      for (JsonNode target : table.path("targets")) {
        assertThat(target.path("expr").asText())
            .as("%s: labels that two targets of a host differ in make two rows", title(table))
            .contains(" by (");
      }
    }
  }

  @Test
  void unitsAreTheSameEverywhere() {
    for (JsonNode panel : panels) {
      List<String> units = panel.at("/fieldConfig").findValuesAsText("unit");
      for (JsonNode property : panel.at("/fieldConfig").findValues("properties")) {
        property.forEach(
            one -> {
              if (one.path("id").asText().equals("unit")) {
                units.add(one.path("value").asText());
              }
            });
      }
      units.removeIf(TIMES::contains);
      assertThat(UNITS).as(title(panel)).containsAll(units);
    }
  }

  /** Otherwise every alert that Alertmanager mutes would count and shade the graphs. */
  @Test
  void alertsAreTheCriticalOnesUnlessATableNamesThem() {
    Set<String> tables = new HashSet<>();
    panels("table").forEach(table -> tables.add(title(table)));
    for (Query query : queries) {
      for (PromQlNames.Selector selector : PromQlNames.of(query.written()).selectors()) {
        if (selector.metric().startsWith("ALERTS") && !tables.contains(query.panelTitle())) {
          assertThat(selector.matchers())
              .as(query.panelTitle())
              .contains(new LabelMatcher("severity", "=", "critical"));
        }
      }
    }
  }

  /** Grafana joins marks of one series that are closer than a step to one region. */
  @Test
  void marksStandAtTheirOwnTime() {
    for (JsonNode mark : dashboard.at("/annotations/list")) {
      if (mark.has("expr")) {
        String name = mark.path("name").asText();
        assertThat(mark.path("useValueForTime").asText()).as(name).isEqualTo("on");
        assertThat(mark.path("expr").asText()).as(name).startsWith("count_values without ()");
      }
    }
  }

  /** The last episode of a host may be older than the range. */
  @Test
  void episodesAreThoseOfTheTimeRange() {
    for (Query query : queries) {
      if (query.written().contains("imf_update_last_episode_")) {
        assertThat(query.written()).as(query.panelTitle()).contains(">= $__from / 1000");
      }
    }
  }

  /** With /probe the instance of a host is not that of its exporter. */
  @Test
  void theExporterHasABoardOfItsOwn() {
    boolean exporters = uid.equals("imf-exporter");
    for (Query query : queries) {
      for (PromQlNames.Selector selector : PromQlNames.of(query.written()).selectors()) {
        assertThat(OF_THE_EXPORTER.matcher(selector.metric()).lookingAt())
            .as("%s: %s", query.panelTitle(), selector.metric())
            .isEqualTo(exporters && !selector.metric().equals("up"));
      }
    }
  }

  @Test
  void graphsOfManyHostsHaveFewLines() {
    if (uid.equals("imf-host")) {
      return;
    }
    for (JsonNode graph : panels("timeseries")) {
      for (JsonNode target : graph.path("targets")) {
        String expr = target.path("expr").asText();
        assertThat(expr.contains("topk(") || expr.startsWith("sum") || uid.equals("imf-exporter"))
            .as(title(graph))
            .isTrue();
      }
    }
  }
}
