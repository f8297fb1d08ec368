package dev.imfexporter.evidence;

import static dev.imfexporter.testing.ServiceBuilder.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.Golden;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.exposition.Worlds;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class EvidenceBundleTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/evidence");
  private static final String CONFIGURATION = "hosts:\n  mail01:\n    access: smb\n";
  private static final LoggedEvent STOPPED =
      new LoggedEvent(
          "System",
          4711,
          Instant.parse("2026-11-22T03:12:07Z"),
          "Service Control Manager",
          7034,
          LoggedEvent.Level.ERROR,
          new Meaning.Failed(new Meaning.Named("SMTPSVC", true), Meaning.Failure.TERMINATED));

  private static EvidenceBundle bundle(HostSnapshot host, LoggedEvent... events) {
    return EvidenceBundle.of(
        new Evidence(
            host,
            host.history().episodes().newest(),
            new DayEvents.Read(List.of(events)),
            CONFIGURATION,
            "1.2.3"));
  }

  private static Map<String, String> texts(EvidenceBundle bundle) {
    Map<String, String> texts = new LinkedHashMap<>();
    bundle.files().forEach((name, content) -> texts.put(name, new String(content, UTF_8)));
    return texts;
  }

  /** What a maker reads first, with an episode and all readings. */
  @Test
  void theTextsAreTheGoldenOnes() throws IOException {
    Map<String, String> texts = texts(bundle(Worlds.midStory(), STOPPED));
    for (String name : List.of("README.txt", "episode.txt", "outages.txt", "summary.txt")) {
      Golden.assertMatches(RESOURCES.resolve(name), texts.getOrDefault(name, ""));
    }
  }

  @Test
  void theRecordsAreTheGoldenOnes() throws IOException {
    Map<String, String> texts = texts(bundle(Worlds.midStory(), STOPPED));
    for (String name :
        List.of(
            "episode.json",
            "services.json",
            "modules.json",
            "updates.json",
            "mail.json",
            "smtp.json",
            "events.json",
            "collectors.json")) {
      Golden.assertMatches(RESOURCES.resolve(name), texts.getOrDefault(name, ""));
    }
  }

  /** A maker who has never seen the exporter reads the JSON with fields.txt alone. */
  @Test
  void eachFieldOfTheJsonIsExplainedForItsFile() throws IOException {
    for (HostSnapshot host : List.of(Worlds.midStory(), Snapshots.heldUp(), Snapshots.up())) {
      Map<String, String> texts = texts(bundle(host, STOPPED, order("S-1-5-18")));
      String fields = texts.getOrDefault("fields.txt", "");
      int common = fields.indexOf("\n\n", fields.indexOf("Where a reading"));
      for (Map.Entry<String, String> file : texts.entrySet()) {
        if (file.getKey().endsWith(".json")) {
          int from = fields.indexOf("\n" + section(file.getKey()));
          assertThat(from).as(file.getKey()).isPositive();
          int to = fields.indexOf("\n\n", from);
          String known =
              fields.substring(0, common) + fields.substring(from, to < 0 ? fields.length() : to);
          if (List.of("services.json", "updates.json").contains(file.getKey())) {
            known += fields.substring(fields.indexOf("\nepisode.json"), from);
          }
          Set<String> names = new TreeSet<>();
          names(new ObjectMapper().readTree(file.getValue()), names);
          for (String name : names) {
            assertThat(known).as(file.getKey() + " " + name).containsPattern("\\b" + name + "\\b");
          }
        }
      }
    }
  }

  /** The outages are explained with the episode. */
  private static String section(String file) {
    return file.equals("outages.json") ? "episode.json" : file;
  }

  /** The names of all fields; those of counters are Windows' own. */
  private static void names(JsonNode node, Set<String> names) {
    node.properties()
        .forEach(
            field -> {
              names.add(field.getKey());
              if (!List.of("counters", "roots", "durations").contains(field.getKey())) {
                names(field.getValue(), names);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> names(element, names));
    }
  }

  @Test
  void theSameEvidenceMakesTheSameBytesInEachTimeZone() {
    byte[] first = bundle(Worlds.midStory(), STOPPED).zip();
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(bundle(Worlds.midStory(), STOPPED).zip()).isEqualTo(first);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void eachFileHasItsChecksumAndItsLineInTheReadme() throws Exception {
    EvidenceBundle bundle = bundle(Worlds.midStory());
    Map<String, byte[]> files = bundle.files();
    List<String> sums = new String(files.get("SHA256SUMS"), UTF_8).lines().toList();
    assertThat(sums).hasSize(files.size() - 1);
    for (String sum : sums) {
      String name = sum.substring(66);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(files.get(name));
      assertThat(sum).startsWith(HexFormat.of().formatHex(digest) + "  ");
    }
    String readme = new String(files.get("README.txt"), UTF_8);
    assertThat(files.keySet()).allSatisfy(name -> assertThat(readme).contains("\n" + name + " "));
  }

  @Test
  void theArchiveHasOneFolderOfItsName() throws IOException {
    EvidenceBundle bundle = bundle(Snapshots.up());
    assertThat(bundle.name()).isEqualTo("imf-evidence-mail01-20261122T031657Z");
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.zip()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getName()).startsWith(bundle.name() + "/");
        assertThat(entry.getTimeLocal()).isEqualTo("2026-11-22T03:16:00");
      }
    }
  }

  @Test
  void everyFileForProgramsIsJson() throws IOException {
    for (HostSnapshot host :
        List.of(Worlds.midStory(), Snapshots.up(), Snapshots.notReadable(), Snapshots.hostile())) {
      for (Map.Entry<String, String> file : texts(bundle(host, STOPPED)).entrySet()) {
        if (file.getKey().endsWith(".json")) {
          JsonNode json = new ObjectMapper().readTree(file.getValue());
          assertThat(json.isContainerNode()).as(file.getKey()).isTrue();
        }
      }
    }
  }

  /** Names of a host neither leave the folder nor control a terminal, nor add lines to a text. */
  @Test
  void hostileNamesStayNames() {
    EvidenceBundle bundle = bundle(Snapshots.hostile());
    assertThat(bundle.name()).matches("imf-evidence-[A-Za-z0-9._-]+");
    HostSnapshot host =
        new HostSnapshotBuilder("../../etc", Snapshots.NOW)
            .services(running("a\nb\u001b[31m").display("\u202e"))
            .build();
    assertThat(bundle(host).name()).doesNotContain("/");
    assertThat(texts(bundle(host)).get("summary.txt")).doesNotContain("\u001b", "\nb");
    texts(bundle)
        .forEach(
            (name, text) -> {
              if (!name.equals("metrics.txt")) {
                assertThat(text).as(name).doesNotContain("\u0000", "\u001b", "\u202e");
              }
            });
  }

  /** Without an episode there is no file of one, and the README says so. */
  @Test
  void aHostWithoutAnEpisodeHasNoFileOfOne() {
    Map<String, String> texts = texts(bundle(Snapshots.up()));
    assertThat(texts).doesNotContainKeys("episode.txt", "episode.json");
    assertThat(texts.get("README.txt")).contains("No update was seen to restart anything.");
  }

  /** What an update changed stays; accounts of people and commands of actions do not. */
  @Test
  void whatAnUpdateChangedIsThereWithoutAccountsAndCommands() {
    HostSnapshot host = Snapshots.recovered();
    Episode episode = host.history().episodes().newest().orElseThrow();
    Instant at = episode.began();
    EpisodeHistory history =
        host.history()
            .episodes()
            .with(
                Map.of(
                    episode.number(),
                    new UpdateChanges(
                        episode.number(),
                        true,
                        List.of(
                            new Compared(
                                SettingKind.ACCOUNT, Optional.of(at), Optional.of(at), List.of())),
                        List.of(
                            change(SettingKind.ACCOUNT, "EXAMPLE\\svc-mail", "LocalSystem", at),
                            change(
                                SettingKind.RECOVERY_ACTIONS,
                                "reset= 0 actions= run/1000 command= \"C:\\\\page.cmd ARGUMENTS\"",
                                "reset= 0 actions= \"\"",
                                at),
                            change(SettingKind.START_MODE, "auto", "disabled", at)),
                        0)));
    String summary =
        texts(bundle(host.with(host.history().with(history)))).getOrDefault("summary.txt", "");

    assertThat(summary)
        .contains("What did the update change?", "LocalSystem", "was auto, then disabled")
        .contains("was ***, then LocalSystem", "actions= run/1000 command= ***")
        .doesNotContain("svc-mail", "page.cmd");
  }

  private static Change change(SettingKind kind, String before, String after, Instant at) {
    return new Change(
        kind, "SMTPSVC", Optional.of(before), Optional.of(after), at, Optional.empty());
  }

  @Test
  void whatIsDownNowAndOfNoUpdateIsNotMistakenForTheLastEpisode() {
    HostSnapshot down = Snapshots.halted();
    EpisodeHistory earlier = Snapshots.recovered().history().episodes();
    String readme =
        texts(bundle(down.with(down.history().with(earlier)))).getOrDefault("README.txt", "");

    assertThat(readme).contains("What is down now is of no update that was seen");
    assertThat(texts(bundle(down)).get("README.txt")).doesNotContain("of no update that was seen");
  }

  /** Who gave an order is not for the maker of a plug-in; whether a person did, is. */
  @Test
  void anAccountInAnEventIsMaskedAndTheSystemIsNot() {
    String events =
        texts(bundle(Snapshots.up(), order("S-1-5-21-1004336348-117-682-500"), order("S-1-5-18")))
            .get("events.json");
    assertThat(events)
        .doesNotContain("S-1-5-21", "1004336348")
        .contains("\"user\" : \"an account (masked)\"", "\"user\" : \"S-1-5-18\"");
  }

  private static LoggedEvent order(String user) {
    return new LoggedEvent(
        "System",
        user.length(),
        Instant.parse("2026-11-22T03:12:07Z"),
        "Service Control Manager",
        7035,
        LoggedEvent.Level.INFORMATION,
        new Meaning.Controlled(
            new Meaning.Named("SMTPSVC", true),
            "start",
            Optional.of(Meaning.Control.START),
            Optional.of(user)));
  }

  @Test
  void eventsThatWereLeftOutAreCounted() throws IOException {
    DayEvents read = new DayEvents.Read(List.of(STOPPED), 3_001);
    Map<String, String> texts =
        texts(EvidenceBundle.of(new Evidence(Snapshots.up(), Optional.empty(), read, "", "1")));

    assertThat(texts.get("events.json")).contains("\"left_out\" : 3001");
    assertThat(texts.get("README.txt")).contains("but for 3001, which left_out");
  }
}
