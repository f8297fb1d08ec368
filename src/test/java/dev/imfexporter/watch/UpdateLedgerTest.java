package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Definition.Folder;
import dev.imfexporter.reading.Definition.Registered;
import dev.imfexporter.reading.DefinitionVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateLedgerTest {
  private static final Instant OLD = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant FOLDER_CAME = Instant.parse("2026-11-22T03:12:00Z");
  private static final Instant KEY_WRITTEN = Instant.parse("2026-11-22T03:14:00Z");
  private static final Instant SEEN = Instant.parse("2026-11-22T03:15:00Z");

  private final UpdateLedger ledger = new UpdateLedger();

  @Test
  void whatWasThereAtTheFirstLookIsAMarkerButNoChange() {
    read(7936, OLD, 7936, OLD.plusSeconds(60));

    assertThat(ledger.history().markers())
        .isEqualTo(Map.of(Marker.FOLDER, OLD, Marker.REGISTRY, OLD.plusSeconds(60)));
    assertThat(ledger.history().changes()).isZero();
  }

  @Test
  void folderAndRegistryTellOfOneChange() {
    read(7936, OLD, 7936, OLD);
    read(7960, FOLDER_CAME, 7936, OLD);
    assertThat(ledger.history())
        .isEqualTo(new UpdateHistory(Map.of(Marker.FOLDER, FOLDER_CAME, Marker.REGISTRY, OLD), 1));
    read(7960, FOLDER_CAME, 7936, OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    assertThat(ledger.history())
        .isEqualTo(
            new UpdateHistory(Map.of(Marker.FOLDER, FOLDER_CAME, Marker.REGISTRY, KEY_WRITTEN), 1));
  }

  @Test
  void firstUpdateOfAHostThatHadNoneIsAChange() {
    ledger.observe(new Definition(Optional.empty(), Optional.empty(), Optional.empty()), OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    assertThat(ledger.history().changes()).isEqualTo(1);
  }

  @Test
  void rollBackIsAChangeAndDoesNotTurnBackAMarker() {
    read(7936, OLD, 7936, OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    read(7936, OLD, 7936, SEEN);

    assertThat(ledger.history())
        .isEqualTo(new UpdateHistory(Map.of(Marker.FOLDER, FOLDER_CAME, Marker.REGISTRY, SEEN), 2));
  }

  @Test
  void registryChangeThatTheHostDoesNotDateIsDatedWhenSeen() {
    ledger.observe(undated(7936), OLD);
    assertThat(ledger.history().markers()).isEmpty();
    ledger.observe(undated(7960), SEEN);

    assertThat(ledger.history().markers()).isEqualTo(Map.of(Marker.REGISTRY, SEEN));
  }

  private void read(int folder, Instant created, int registry, Instant written) {
    ledger.observe(
        new Definition(
            Optional.of(new Registered(version(registry), Optional.empty(), Optional.of(written))),
            Optional.of(new Folder(version(folder), created)),
            Optional.empty()),
        SEEN);
  }

  private static Definition undated(int registry) {
    return new Definition(
        Optional.of(new Registered(version(registry), Optional.empty(), Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }

  private static DefinitionVersion version(int build) {
    return DefinitionVersion.of("6.5." + build + ".0").orElseThrow();
  }
}
