package dev.imfexporter.api;

import static dev.imfexporter.testing.DialogueBuilder.dialogue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.overview.EpisodePage;
import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.page.FleetSnapshots;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares docs/api.md with answers: each field is documented, has its type, and occurs. */
class ApiDocTest {
  private static final Path DOCUMENT = Path.of("docs/api.md");
  private static final Pattern HEADING = Pattern.compile("## (.+)");
  private static final Pattern EXTENDS = Pattern.compile("A \\[(.+?)]\\(#.+ besides:");
  private static final Pattern FIELD = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|.*");
  private static final Pattern SHAPE = Pattern.compile("\\[(.+?)]\\(#([\\w-]+)\\)( list)?");

  /** For each shape, the types of its fields. */
  private final Map<String, Map<String, String>> shapes = new LinkedHashMap<>();

  private final TreeSet<String> seen = new TreeSet<>();
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void read() throws Exception {
    String shape = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher heading = HEADING.matcher(line);
      Matcher parent = EXTENDS.matcher(line);
      Matcher field = FIELD.matcher(line);
      if (heading.matches()) {
        shape = heading.group(1);
      } else if (parent.find()) {
        fields(shape).putAll(fields(parent.group(1)));
      } else if (field.matches()) {
        fields(shape).put(field.group(1), field.group(2).strip());
      }
    }
  }

  private Map<String, String> fields(String shape) {
    return shapes.computeIfAbsent(shape, s -> new LinkedHashMap<>());
  }

  /** One that was asked by dialogue, and whose disk fills. */
  private static HostSnapshot askedAndFilling() {
    Instant soon = Snapshots.NOW.plusSeconds(40_000);
    return new HostSnapshotBuilder("mail10", Snapshots.NOW)
        .volume("D:", 1L << 30, 40L << 30)
        .fills("D:", soon)
        .ok(
            CollectorKey.DIALOGUE,
            new Dialogues(
                List.of(
                    dialogue("SMTP 1").own(Verdict.REFUSED).certificate(soon, false, true).build(),
                    dialogue("SMTP 2").failed(Outcome.TIMED_OUT, "It hangs").build())))
        .build();
  }

  @Test
  void answersAreAsDocumented() throws Exception {
    List<HostSnapshot> hosts = new ArrayList<>(FleetSnapshots.oneOfEach());
    hosts.addAll(FleetSnapshots.badUpdate(60, "KB5032198"));
    hosts.add(Snapshots.up());
    hosts.add(Snapshots.heldUp());
    hosts.add(Snapshots.recovered());
    hosts.add(FleetSnapshots.leftDisabled("mail09"));
    hosts.add(askedAndFilling());
    Rollouts rollouts = Rollouts.of(hosts, Snapshots.NOW);

    check(
        FleetJson.hosts(FleetOverview.of(hosts, Snapshots.NOW), HostQuery.ALL, Snapshots.NOW),
        "Hosts");
    for (HostSnapshot host : hosts) {
      check(FleetJson.host(HostOverview.of(host, Snapshots.NOW), Snapshots.NOW), "Host in full");
    }
    check(
        FleetJson.episodes(
            EpisodePage.of(
                hosts, new EpisodePage.Query(Optional.empty(), Optional.empty(), 1, 1_000)),
            Snapshots.NOW),
        "Episodes");
    check(FleetJson.updates(rollouts), "Updates");

    assertThat(complaints).isEmpty();
    TreeSet<String> documented = new TreeSet<>();
    shapes.forEach(
        (shape, fields) -> fields.keySet().forEach(field -> documented.add(shape + "." + field)));
    assertThat(seen).containsExactlyElementsOf(documented);
  }

  private void check(String json, String shape) throws Exception {
    check(new ObjectMapper().readTree(json), shape);
  }

  private void check(JsonNode object, String shape) {
    object
        .properties()
        .forEach(
            field -> {
              String type = fields(shape).get(field.getKey());
              String name = shape + "." + field.getKey();
              seen.add(name);
              if (type == null) {
                complaints.add(name + " is not documented");
              } else if (!is(field.getValue(), type)) {
                complaints.add("%s is no %s: %s".formatted(name, type, field.getValue()));
              }
            });
  }

  private boolean is(JsonNode value, String type) {
    Matcher shape = SHAPE.matcher(type);
    if (shape.matches()) {
      List<JsonNode> objects = new ArrayList<>();
      if (shape.group(3) == null) {
        objects.add(value);
      } else {
        value.forEach(objects::add);
      }
      objects.forEach(object -> check(object, shape.group(1)));
      return value.isArray() == (shape.group(3) != null);
    }
    return switch (type) {
      case "text" -> value.isTextual();
      case "time" -> value.isTextual() && !Instant.parse(value.textValue()).equals(Instant.MIN);
      case "number" -> value.isNumber();
      case "numbers" -> value.isObject() && allNumbers(value);
      case "boolean" -> value.isBoolean();
      case "text list" -> value.isArray();
      default -> false;
    };
  }

  private static boolean allNumbers(JsonNode object) {
    for (JsonNode value : object) {
      if (!value.isNumber()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theSameStatesAsOnThePageAreCounted() throws Exception {
    FleetOverview fleet = FleetOverview.of(FleetSnapshots.oneOfEach(), Snapshots.NOW);
    JsonNode answer =
        new ObjectMapper().readTree(FleetJson.hosts(fleet, HostQuery.ALL, Snapshots.NOW));

    fleet
        .counts()
        .forEach(
            (state, count) ->
                assertThat(answer.at("/counts/" + state.word()).asInt()).isEqualTo(count));
    assertThat(answer.at("/hosts/0/host").asText()).isEqualTo("mail01");
    assertThat(answer.at("/hosts/0/state").asText()).isEqualTo("halted");
    assertThat(answer.at("/hosts/0/since").asText()).isEqualTo("2026-11-22T03:00:18Z");
    assertThat(answer.at("/hosts/0/situation").asText()).isEqualTo("halted");
    assertThat(answer.toString()).doesNotContain("null");
  }

  @Test
  void episodesAreFoundByHostAndUpdate() throws Exception {
    List<HostSnapshot> hosts = FleetSnapshots.badUpdate(60, "KB5032198");
    EpisodePage.Query query =
        new EpisodePage.Query(Optional.of("MAIL020"), Optional.of("kb5032198"), 1, 10);

    JsonNode answer =
        new ObjectMapper()
            .readTree(FleetJson.episodes(EpisodePage.of(hosts, query), Snapshots.NOW));

    assertThat(answer.path("found").asInt()).isOne();
    assertThat(answer.at("/episodes/0/host").asText()).isEqualTo("mail020");
    assertThat(answer.at("/episodes/0/outcome").asText()).isEqualTo("recovered_after_halt");
  }
}
