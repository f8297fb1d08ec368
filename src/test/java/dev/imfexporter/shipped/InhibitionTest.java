package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which alert mutes which, by the label {@code incident_rank} of the rules and the inhibition of
 * Alertmanager's example.
 */
class InhibitionTest {
  private static final Path RULES = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path ALERTMANAGER = Path.of("alerts/alertmanager.yml");
  private static final String WATCHDOG = "ImfWatchdog";

  /** {@code incident_rank = "1"} or {@code incident_rank =~ "[89]|news"}. */
  private static final Pattern MATCHER = Pattern.compile("incident_rank =~? \"?([^\"]+)\"?");

  private static final List<String> RANKS =
      List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "news", "host", "exporter");

  private record Alert(String name, String severity, String rank) {
    boolean pages() {
      return severity.equals("critical");
    }

    int place() {
      return RANKS.indexOf(rank);
    }
  }

  /**
   * Alertmanager anchors its regular expressions, and {@code =} matches as one without them does.
   */
  private record Inhibition(Pattern source, Pattern target, Set<String> equal) {
    boolean mutes(Alert above, Alert below) {
      return source.matcher(above.rank()).matches() && target.matcher(below.rank()).matches();
    }
  }

  private final List<Alert> alerts = new ArrayList<>();
  private final List<Inhibition> inhibitions = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (JsonNode rule : yaml.readTree(RULES.toFile()).at("/groups/0/rules")) {
      String name = rule.path("alert").asText();
      if (!name.isEmpty() && !name.equals(WATCHDOG)) {
        JsonNode labels = rule.path("labels");
        alerts.add(
            new Alert(
                name, labels.path("severity").asText(), labels.path("incident_rank").asText()));
      }
    }
    for (JsonNode rule : yaml.readTree(ALERTMANAGER.toFile()).path("inhibit_rules")) {
      Set<String> equal = new HashSet<>();
      rule.path("equal").forEach(label -> equal.add(label.asText()));
      inhibitions.add(
          new Inhibition(
              rank(rule.path("source_matchers")), rank(rule.path("target_matchers")), equal));
    }
  }

  private static Pattern rank(JsonNode matchers) {
    assertThat(matchers).hasSize(1);
    Matcher matcher = MATCHER.matcher(matchers.path(0).asText());
    assertThat(matcher.matches()).as(matchers.toString()).isTrue();
    return Pattern.compile(matcher.group(1));
  }

  @Test
  void everyAlertHasARank() {
    assertThat(alerts).hasSizeGreaterThan(20).allMatch(alert -> RANKS.contains(alert.rank()));
  }

  /** Prometheus sends alerts in the order of the rules: what mutes has to be there first. */
  @Test
  void alertsStandInTheOrderOfTheirRanks() {
    assertThat(alerts).extracting(Alert::place).isSorted();
  }

  @Test
  void eachAlertOfAnIncidentMutesThoseBelowIt() {
    List<Alert> incident = alerts.stream().filter(alert -> alert.rank().length() == 1).toList();
    assertThat(incident).hasSizeGreaterThan(8);
    for (Alert above : incident) {
      for (Alert below : incident) {
        assertThat(mutes(above, below, Set.of("instance")))
            .as("%s mutes %s", above.name(), below.name())
            .isEqualTo(above.place() < below.place());
      }
    }
  }

  @Test
  void pagesMuteNewsAndAServiceOnlyItsOwn() {
    for (Alert news : ranked("news")) {
      for (Alert alert : alerts) {
        if (alert.pages() || alert.rank().equals("6")) {
          assertThat(mutes(alert, news, Set.of("instance"))).isTrue();
        } else {
          assertThat(mutes(alert, news, Set.of("instance"))).isFalse();
          assertThat(mutes(alert, news, Set.of("instance", "name")))
              .isEqualTo(alert.rank().equals("7"));
        }
      }
    }
  }

  @Test
  void onlyAnUnreachableHostMutesHowItIsSetUp() {
    for (Alert host : ranked("host")) {
      assertThat(mutedBy(host)).containsExactly("ImfExporterUnreachable", "ImfHostUnreachable");
    }
    for (Alert exporter : ranked("exporter")) {
      assertThat(mutedBy(exporter)).containsExactly("ImfExporterUnreachable");
    }
  }

  /** A warning, perhaps about another service, must not keep a person from being called. */
  @Test
  void pagesAreMutedByPagesOnly() {
    assertThat(alerts.stream().filter(Alert::pages).map(Alert::rank).distinct())
        .containsExactly("1", "2", "3", "4", "5");
    for (Alert alert : alerts) {
      assertThat(alert.pages()).as(alert.name()).isEqualTo(RANKS.indexOf(alert.rank()) < 5);
    }
  }

  /** Of a host that cannot be reached nothing else is said. */
  @Test
  void theFirstAlertMutesAllOthers() {
    Alert first = alerts.get(0);
    assertThat(first.name()).isEqualTo("ImfExporterUnreachable");
    assertThat(alerts.subList(1, alerts.size()))
        .allMatch(alert -> mutes(first, alert, Set.of("instance")));
  }

  private boolean mutes(Alert above, Alert below, Set<String> equal) {
    return inhibitions.stream()
        .anyMatch(rule -> rule.mutes(above, below) && rule.equal().equals(equal));
  }

  private List<String> mutedBy(Alert alert) {
    return alerts.stream()
        .filter(above -> inhibitions.stream().anyMatch(rule -> rule.mutes(above, alert)))
        .map(Alert::name)
        .toList();
  }

  private List<Alert> ranked(String rank) {
    List<Alert> ranked = alerts.stream().filter(alert -> alert.rank().equals(rank)).toList();
    assertThat(ranked).isNotEmpty();
    return ranked;
  }
}
