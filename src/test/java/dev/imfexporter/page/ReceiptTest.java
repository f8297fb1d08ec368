package dev.imfexporter.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptTest {
  @TempDir private Path folder;

  @Test
  void theDigestIsThatOfTheEvidenceAsItStands() throws Exception {
    Receipt receipt = Receipt.of(Snapshots.recovered(), 3).orElseThrow();

    JsonNode json = new ObjectMapper().readTree(receipt.json());
    assertThat(json.get("evidence").toString()).isEqualTo(receipt.evidence());
    assertThat(json.get("final_since").textValue()).isEqualTo("2026-11-22T03:14:00Z");
    assertThat(receipt.digest()).contains(json.get("sha256").textValue());
    // printf '%s' EVIDENCE | sha256sum
    assertThat(receipt.digest())
        .contains("65abdd396df351cb966e43eb2e5df2c3e034cc4b9f0ebf8a3ab660d04a4c8f18");
  }

  @Test
  void evidenceThatMayChangeHasNoDigest() throws Exception {
    Receipt receipt = Receipt.of(Snapshots.halted(), 3).orElseThrow();

    assertThat(receipt.digest()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(receipt.json());
    assertThat(json.get("final_since").isNull()).isTrue();
    assertThat(json.get("sha256").isNull()).isTrue();
  }

  @Test
  void aMarkerThatIsLaterThanTheSealIsNoPartOfTheEvidence() {
    Receipt before = of(sealed());
    Receipt after =
        of(
            sealed()
                .markers(
                    EpisodeBuilder.marker(MarkerType.FOLDER, Snapshots.NOW, "6.5.7960.0"),
                    EpisodeBuilder.marker(
                        MarkerType.REGISTRY, Snapshots.NOW.plusSeconds(9_000), "6.5.7960.0")));

    assertThat(after.digest()).isPresent().isEqualTo(before.digest());
  }

  private static EpisodeBuilder sealed() {
    return new EpisodeBuilder(3, Snapshots.NOW, List.of())
        .closed(Snapshots.NOW.plusSeconds(60), Episode.Outcome.UNAFFECTED)
        .sealed();
  }

  private static Receipt of(EpisodeBuilder episode) {
    return Receipt.of(new HostSnapshotBuilder("mail01", Snapshots.NOW).build(), episode.build());
  }

  /** The command that the page and the README name, with all that a host may have in a title. */
  @Test
  void theDocumentedCommandPrintsTheDigest() throws Exception {
    assumeTrue(isThere("jq"), "jq is not installed");
    StringBuilder title = new StringBuilder("\u20ac \\u001B \ud83d\ude00 \" \\ /");
    for (char control = 0; control < 0x20; control++) {
      title.append(control);
    }
    title.append("\u007f\u0080\u2028");
    Receipt receipt =
        of(
            sealed()
                .markers(
                    EpisodeBuilder.marker(MarkerType.FOLDER, Snapshots.NOW, title.toString())));
    Files.writeString(folder.resolve("receipt.json"), receipt.json());

    Process shell =
        new ProcessBuilder("sh", "-c", Receipt.CHECK).directory(folder.toFile()).start();

    String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(printed).isEqualTo(receipt.digest().orElseThrow() + "  -\n");
  }

  /** What page and documents say is the command that is tried here. */
  @Test
  void theDocumentsNameTheSameCommand() throws IOException {
    for (String document : List.of("README.md", "docs/decisions.md", "docs/evidence.md")) {
      assertThat(Files.readString(Path.of(document))).as(document).contains(Receipt.CHECK);
    }
  }

  private static boolean isThere(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  @Test
  void whatMayHaveHeldUpIisAdminIsPartOfTheEvidence() {
    assertThat(Receipt.of(Snapshots.heldUp(), 3).orElseThrow().evidence())
        .contains("\"suspects\":[\"csmtpsink.dll\"]")
        .contains("\"provider\":\"Contoso Mail Scanner\"");
  }

  @Test
  void theEvidenceIsCanonical() {
    assertThat(Receipt.of(Snapshots.recovered(), 3).orElseThrow().evidence())
        .startsWith("{\"began\":\"2026-11-22T02:04:58Z\",\"boots\":[],\"changes\":{\"kinds\":[")
        .contains(
            "\"closed\":\"2026-11-22T02:14:00Z\",\"episode\":3,\"followed\":true,\"halted\":true,\"host\":\"mail01\",")
        .contains("\"phase_ms\":{\"down\":388000,\"start\":5000,\"stop\":1000}")
        .doesNotContain(": ", "\n");
  }
}
