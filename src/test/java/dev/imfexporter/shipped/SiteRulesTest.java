package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.rules.AlertLabel;
import dev.imfexporter.rules.Change;
import dev.imfexporter.rules.Limit;
import dev.imfexporter.rules.Link;
import dev.imfexporter.rules.RulesFile;
import dev.imfexporter.rules.RunbookUrl;
import dev.imfexporter.rules.Scheme;
import dev.imfexporter.rules.TargetSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a site may change in the shipped rules, and that nothing else changes with it. */
class SiteRulesTest {
  private static final List<JsonNode> SHIPPED = rules(RulesFile.shipped());

  @Test
  void thoseInTheProgramAreThoseOfTheFolder() throws IOException {
    assertThat(RulesFile.shipped().text())
        .isEqualTo(Files.readString(Path.of("alerts/imf-exporter.rules.yml")));
  }

  @Test
  void selectorIsOnEverySeriesThatIsNotRecorded() {
    String matchers = "job=~\"it's: #1|b\",site!=\"x\"";
    for (JsonNode rule : changed(TargetSelector.parse(matchers))) {
      for (PromQlNames.Selector selector : PromQlNames.of(rule.path("expr").asText()).selectors()) {
        List<PromQlNames.LabelMatcher> wanted =
            selector.metric().contains(":")
                ? List.of()
                : List.of(
                    new PromQlNames.LabelMatcher("job", "=~", "it's: #1|b"),
                    new PromQlNames.LabelMatcher("site", "!=", "x"));
        assertThat(
                selector.matchers().stream()
                    .filter(matcher -> List.of("job", "site").contains(matcher.label())))
            .as(selector.metric())
            .isEqualTo(wanted);
      }
      assertThat(
              rule.path("expr")
                  .asText()
                  .replace("{" + matchers, "{")
                  .replace("{,", "{")
                  .replace("{}", ""))
          .isEqualTo(shipped(rule).path("expr").asText());
    }
  }

  @Test
  void labelIsOnEveryAlert() {
    for (JsonNode rule : changed(AlertLabel.parse("team=mail: it's #1"))) {
      assertThat(rule.at("/labels/team").asText())
          .isEqualTo(rule.has("alert") ? "mail: it's #1" : "");
      assertThat(rule.path("expr")).isEqualTo(shipped(rule).path("expr"));
    }
  }

  @Test
  void limitIsThatOfItsExpressionAndDocumented() throws IOException {
    Map<String, String> limits = Limit.of(RulesFile.shipped());
    assertThat(limits).hasSizeGreaterThan(4);
    String document = Files.readString(Path.of("docs/alerts.md"));
    for (Map.Entry<String, String> limit : limits.entrySet()) {
      RulesFile changed = RulesFile.shipped().with(Limit.parse(limit.getKey() + "=0.4711"));
      assertThat(changed.text().replace("0.4711", limit.getValue()))
          .isEqualTo(RulesFile.shipped().text());
      assertThat(Limit.of(changed).get(limit.getKey())).isEqualTo("0.4711");
      assertThat(document).contains("| `%s` | %s |".formatted(limit.getKey(), limit.getValue()));
    }
  }

  @Test
  void linksLeadToWhatTheAlertIsAboutAndAllElseStays() {
    List<JsonNode> changed =
        changed(
            RunbookUrl.parse("https://wiki.example.net/{alert}?host={instance}"),
            Link.dashboard("https://grafana.example.net/sub/"),
            Link.page("http://imf.example.net:10747", Scheme.HTTP));
    assertThat(changed).hasSameSizeAs(SHIPPED);
    for (JsonNode rule : changed) {
      String alert = rule.path("alert").asText();
      if (alert.isEmpty()) {
        assertThat(rule).isEqualTo(shipped(rule));
        continue;
      }
      JsonNode annotations = rule.path("annotations");
      assertThat(annotations.path("runbook_url").asText())
          .isEqualTo(
              "https://wiki.example.net/" + alert + "?host={{ $labels.instance | urlquery }}");
      String host = "{{ $labels.instance | urlquery }}";
      String hasPort = "match \":[0-9]+$\" $labels.instance";
      String board;
      String page;
      if (alert.equals("ImfWatchdog")) {
        board = "";
        page = "";
      } else if (alert.equals("ImfUpdateRolloutStop")) {
        board = "https://grafana.example.net/sub/d/imf-update-episodes";
        page = "http://imf.example.net:10747/updates";
      } else if (rule.at("/labels/incident_rank").asText().equals("exporter")
          || alert.equals("ImfExporterUnreachable")) {
        board = "https://grafana.example.net/sub/d/imf-exporter";
        page =
            "{{ if and (%s) (not $labels.exporter) }}http://{{ $labels.instance }}/{{ else }}http://imf.example.net:10747/{{ end }}"
                .formatted(hasPort);
      } else {
        board = "https://grafana.example.net/sub/d/imf-host?var-instance=" + host;
        page =
            "{{ if %s }}http://{{ $labels.instance }}/{{ else }}http://imf.example.net:10747/hosts/%s{{ end }}"
                .formatted(hasPort, host);
      }
      assertThat(annotations.path("dashboard_url").asText()).as(alert).isEqualTo(board);
      assertThat(annotations.path("page_url").asText()).as(alert).isEqualTo(page);
      for (String text : List.of("summary", "description", "cause")) {
        assertThat(annotations.path(text)).isEqualTo(shipped(rule).at("/annotations/" + text));
      }
    }
  }

  /** A page of the exporter itself cannot be read while it does not answer. */
  @Test
  void runbooksAreThoseOfTheExporterButWhileItIsDown() {
    for (JsonNode rule :
        changed(RunbookUrl.ofExporter("http://imf.example.net:10747/", Scheme.HTTP))) {
      String alert = rule.path("alert").asText();
      String url = rule.at("/annotations/runbook_url").asText();
      if (alert.isEmpty() || alert.equals("ImfExporterUnreachable")) {
        assertThat(rule).isEqualTo(shipped(rule));
      } else {
        assertThat(url)
            .isEqualTo(
                "{{ if and (match \":[0-9]+$\" $labels.instance) (not (match \"^(localhost|127\\\\.|\\\\[::1\\\\])\" $labels.instance)) }}http://{{ $labels.instance }}/{{ else }}http://imf.example.net:10747/{{ end }}runbooks/"
                    + alert
                    + "?instance={{ $labels.instance | urlquery }}{{ with $labels.service }}&service={{ . | urlquery }}{{ end }}");
      }
    }
  }

  private static JsonNode shipped(JsonNode changed) {
    return SHIPPED.stream()
        .filter(rule -> name(rule).equals(name(changed)))
        .filter(rule -> rule.has("alert") || rule.path("labels").equals(changed.path("labels")))
        .findFirst()
        .orElseThrow();
  }

  private static String name(JsonNode rule) {
    return rule.path("alert").asText() + rule.path("record").asText();
  }

  private static List<JsonNode> changed(Change... changes) {
    RulesFile rules = RulesFile.shipped();
    for (Change change : changes) {
      rules = rules.with(change);
    }
    return rules(rules);
  }

  private static List<JsonNode> rules(RulesFile file) {
    List<JsonNode> rules = new ArrayList<>();
    // SnakeYAML, because Jackson does not follow an alias to its anchor.
    JsonNode root = new ObjectMapper().valueToTree(new Yaml().load(file.text()));
    root.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }
}
