package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keeps the order in which Alertmanager's example lets alerts mute each other. */
class InhibitionTest {
  private static final Path RULES = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path ALERTMANAGER = Path.of("alerts/alertmanager.yml");
  private static final Pattern SOURCE = Pattern.compile("alertname = (\\w+)");
  private static final Pattern TARGETS = Pattern.compile("alertname =~ \"([\\w|]+)\"");

  private record Alert(String name, String severity) {}

  private record Muting(String source, String target, Set<String> equal) {}

  private final List<Alert> alerts = new ArrayList<>();
  private final List<Muting> mutings = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (JsonNode rule : yaml.readTree(RULES.toFile()).at("/groups/0/rules")) {
      if (rule.has("alert")) {
        alerts.add(new Alert(rule.path("alert").asText(), rule.at("/labels/severity").asText()));
      }
    }
    for (JsonNode rule : yaml.readTree(ALERTMANAGER.toFile()).path("inhibit_rules")) {
      Set<String> equal = new HashSet<>();
      rule.path("equal").forEach(label -> equal.add(label.asText()));
      String source = only(SOURCE, rule.at("/source_matchers/0").asText());
      for (String target : only(TARGETS, rule.at("/target_matchers/0").asText()).split("\\|", -1)) {
        mutings.add(new Muting(source, target, Set.copyOf(equal)));
      }
    }
  }

  private static String only(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.matches()).as(text).isTrue();
    return matcher.group(1);
  }

  /** Prometheus sends alerts in the order of the rules: the inhibitor has to be there first. */
  @Test
  void mutesOnlyWhatStandsBelow() {
    List<String> order = alerts.stream().map(Alert::name).toList();
    assertThat(mutings).isNotEmpty();
    for (Muting muting : mutings) {
      assertThat(order).contains(muting.source(), muting.target());
      assertThat(order.indexOf(muting.source()))
          .as("%s mutes %s", muting.source(), muting.target())
          .isLessThan(order.indexOf(muting.target()));
    }
    assertThat(mutings).doesNotHaveDuplicates();
  }

  /** A warning, perhaps about another service, must not keep anybody asleep. */
  @Test
  void mutesPagesByPagesOnly() {
    Map<String, String> severity = new HashMap<>();
    alerts.forEach(alert -> severity.put(alert.name(), alert.severity()));
    for (Muting muting : mutings) {
      if ("critical".equals(severity.get(muting.target()))) {
        assertThat(severity.get(muting.source()))
            .as("what mutes %s", muting.target())
            .isEqualTo("critical");
      }
    }
  }

  /** Of one incident one page: each page mutes every page below it. */
  @Test
  void leavesOnePageOfAnIncident() {
    List<String> pages =
        alerts.stream().filter(a -> a.severity().equals("critical")).map(Alert::name).toList();
    assertThat(pages).hasSizeGreaterThan(2);
    for (int above = 0; above < pages.size(); above++) {
      for (int below = above + 1; below < pages.size(); below++) {
        assertThat(mutings)
            .contains(new Muting(pages.get(above), pages.get(below), Set.of("instance")));
      }
    }
  }

  /** While nobody knows what is so, nothing of the same host is told but that. */
  @Test
  void tellsNothingOfAHostThatCannotBeReached() {
    for (Alert alert : alerts) {
      if (!Set.of("ImfExporterUnreachable", "ImfWatchdog").contains(alert.name())) {
        assertThat(mutings)
            .contains(new Muting("ImfExporterUnreachable", alert.name(), Set.of("instance")));
      }
    }
  }
}
