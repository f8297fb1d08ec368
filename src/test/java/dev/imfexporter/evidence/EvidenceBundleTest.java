package dev.imfexporter.evidence;

import static dev.imfexporter.testing.ServiceBuilder.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.Golden;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.exposition.Worlds;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.LongStream;
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
            Optional.of(List.of(events)),
            CONFIGURATION,
            "1.2.3"));
  }

  private static byte[] zip(EvidenceBundle bundle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      bundle.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
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
            "events.json",
            "collectors.json")) {
      Golden.assertMatches(RESOURCES.resolve(name), texts.getOrDefault(name, ""));
    }
  }

  @Test
  void theSameEvidenceMakesTheSameBytesInEachTimeZone() {
    byte[] first = zip(bundle(Worlds.midStory(), STOPPED));
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(zip(bundle(Worlds.midStory(), STOPPED))).isEqualTo(first);
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
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zip(bundle)))) {
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
  void eventsAreBounded() {
    List<LoggedEvent> many =
        LongStream.rangeClosed(1, 3_000)
            .mapToObj(
                n ->
                    new LoggedEvent(
                        "System",
                        n,
                        Instant.parse("2026-11-22T03:00:00Z").plusSeconds(n),
                        "SMTPSVC",
                        4006,
                        LoggedEvent.Level.WARNING,
                        new Meaning.Counted()))
            .toList();
    Evidence evidence = new Evidence(Snapshots.up(), Optional.empty(), Optional.of(many), "", "1");
    assertThat(evidence.events().orElseThrow()).hasSize(2_000);
    assertThat(evidence.events().orElseThrow().get(1_999).record()).isEqualTo(3_000);
    assertThat(zip(EvidenceBundle.of(evidence)).length).isLessThan(1 << 20);
  }
}
