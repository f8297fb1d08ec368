package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Definition.Folder;
import dev.imfexporter.reading.Definition.Registered;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Step;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.episode.UpdateTracker;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UpdateTrackerTest {
  private static final Instant OLD = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant FOLDER_CAME = Instant.parse("2026-11-22T03:12:00Z");
  private static final Instant KEY_WRITTEN = Instant.parse("2026-11-22T03:14:00Z");
  private static final Instant SEEN = Instant.parse("2026-11-22T03:15:00Z");

  private final UpdateTracker ledger = new UpdateTracker();

  @Test
  void whatWasThereAtTheFirstLookIsAMarkerButNoChange() {
    List<UpdateMarker> news = read(7936, OLD, 7936, OLD.plusSeconds(60));

    assertThat(ledger.history().last(MarkerType.FOLDER, UpdateKind.DEFINITION)).contains(OLD);
    assertThat(ledger.history().last(MarkerType.REGISTRY, UpdateKind.DEFINITION))
        .contains(OLD.plusSeconds(60));
    assertThat(ledger.history().changes()).isZero();
    assertThat(news).isEmpty();
  }

  @Test
  void whatCameShortlyBeforeTheFirstLookIsNews() {
    assertThat(read(7960, FOLDER_CAME, 7936, OLD))
        .containsExactly(sign(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
  }

  @Test
  void folderAndRegistryTellOfOneChange() {
    read(7936, OLD, 7936, OLD);
    assertThat(read(7960, FOLDER_CAME, 7936, OLD))
        .containsExactly(sign(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
    assertThat(ledger.history().changes()).isEqualTo(1);
    assertThat(read(7960, FOLDER_CAME, 7936, OLD)).isEmpty();
    assertThat(read(7960, FOLDER_CAME, 7960, KEY_WRITTEN))
        .containsExactly(sign(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false));

    assertThat(ledger.history())
        .isEqualTo(
            new UpdateHistory(
                List.of(
                    sign(MarkerType.FOLDER, FOLDER_CAME, 7960, false),
                    sign(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false)),
                1));
  }

  @Test
  void firstUpdateOfAHostThatHadNoneIsAChange() {
    observe(new Definition(Optional.empty(), Optional.empty(), Optional.empty()), OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    assertThat(ledger.history().changes()).isEqualTo(1);
  }

  @Test
  void foldersThatBecomeReadableAreNoNews() {
    observe(
        new Definition(
            Optional.of(new Registered(version(7936), Optional.empty(), Optional.of(OLD))),
            Optional.empty(),
            Optional.empty()),
        OLD);

    assertThat(read(7936, OLD, 7936, OLD)).isEmpty();
    assertThat(ledger.history().changes()).isZero();
  }

  @Test
  void rollBackIsAChangeAndDoesNotTurnBackAMarker() {
    read(7936, OLD, 7936, OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    List<UpdateMarker> news = read(7936, OLD, 7936, SEEN);

    assertThat(ledger.history())
        .isEqualTo(
            new UpdateHistory(
                List.of(
                    sign(MarkerType.FOLDER, FOLDER_CAME, 7960, false),
                    sign(MarkerType.REGISTRY, SEEN, 7936, true)),
                2));
    assertThat(news)
        .containsExactly(
            sign(MarkerType.REGISTRY, SEEN, 7936, true), sign(MarkerType.FOLDER, SEEN, 7936, true));
  }

  @Test
  void keyThatIsWrittenAgainWithTheSameVersionIsASignButNoChange() {
    read(7960, OLD, 7960, OLD);

    assertThat(read(7960, OLD, 7960, KEY_WRITTEN))
        .containsExactly(sign(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false));
    assertThat(ledger.history().changes()).isZero();
  }

  @Test
  void registryChangeThatTheHostDoesNotDateIsDatedWhenSeen() {
    observe(undated(7936), OLD);
    assertThat(ledger.history().markers()).isEmpty();
    observe(undated(7960), SEEN);

    assertThat(ledger.history().markers())
        .containsExactly(sign(MarkerType.REGISTRY, SEEN, 7960, false));
  }

  @Test
  void timesAreTurnedToTheExportersClockAndNotAgainWhenThatIsMeasuredAnew() {
    Definition read =
        new Definition(
            Optional.empty(),
            Optional.of(new Folder(version(7960), FOLDER_CAME)),
            Optional.empty());
    ledger.observe(read, host -> host.plusSeconds(40), SEEN);

    assertThat(ledger.observe(read, host -> host.plusSeconds(41), SEEN)).isEmpty();
    assertThat(ledger.history().markers())
        .containsExactly(sign(MarkerType.FOLDER, FOLDER_CAME.plusSeconds(40), 7960, false));
  }

  @Test
  void versionThatCameWhileNobodyWatchedIsNewsWithItsOwnTime() {
    read(7936, OLD, 7936, OLD);
    UpdateTracker next = replayed(ledger.takeFacts());
    Instant later = SEEN.plus(Duration.ofDays(2));

    assertThat(
            next.observe(
                definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN), UnaryOperator.identity(), later))
        .containsExactly(
            sign(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false),
            sign(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
    assertThat(next.history().changes()).isEqualTo(1);
  }

  @Test
  void versionThatIsKnownFromAnEarlierRunIsNoNews() {
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    UpdateTracker next = replayed(ledger.takeFacts());

    assertThat(
            next.observe(
                definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN), UnaryOperator.identity(), SEEN))
        .isEmpty();
    assertThat(next.history()).isEqualTo(ledger.history());
  }

  @Test
  void snapshotStandsForAllFacts() {
    read(7936, OLD, 7936, OLD);
    step(Step.BEGUN, UpdateKind.WINDOWS, FOLDER_CAME);
    read(7960, FOLDER_CAME, 7936, OLD);

    UpdateTracker fromFacts = replayed(ledger.takeFacts());
    UpdateTracker fromSnapshot = replayed(ledger.snapshot());
    Definition registered = definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    for (UpdateTracker each : List.of(ledger, fromFacts, fromSnapshot)) {
      each.observe(registered, UnaryOperator.identity(), SEEN);
    }

    assertThat(fromFacts.history()).isEqualTo(ledger.history());
    assertThat(fromSnapshot.history()).isEqualTo(ledger.history());
    assertThat(ledger.history().changes()).isEqualTo(1);
  }

  @Test
  void installersGiveMarkersOfTheirKind() {
    step(Step.BEGUN, UpdateKind.WINDOWS, FOLDER_CAME);
    step(Step.INSTALLED, UpdateKind.WINDOWS, KEY_WRITTEN);
    step(Step.FAILED, UpdateKind.DEFINITION, OLD);

    UpdateHistory history = ledger.history();
    assertThat(history.last(MarkerType.BEGUN, UpdateKind.WINDOWS)).contains(FOLDER_CAME);
    assertThat(history.last(MarkerType.INSTALLED, UpdateKind.WINDOWS)).contains(KEY_WRITTEN);
    assertThat(history.last(MarkerType.FAILED, UpdateKind.DEFINITION)).contains(OLD);
    assertThat(history.last(MarkerType.FAILED, UpdateKind.WINDOWS)).isEmpty();
    UpdateMarker last = history.lastUpdate().orElseThrow();
    assertThat(last.id()).isEqualTo("KB5000001");
    assertThat(last.title()).hasSize(80).startsWith("Cumulative update");
  }

  private Optional<UpdateMarker> step(Step step, UpdateKind kind, Instant at) {
    String title = "Cumulative update ".repeat(8);
    return ledger.observe(new Meaning.UpdateStep(step, kind, Optional.of("KB5000001"), title), at);
  }

  private List<UpdateMarker> read(int folder, Instant created, int registry, Instant written) {
    return observe(definition(folder, created, registry, written), SEEN);
  }

  private List<UpdateMarker> observe(Definition read, Instant seen) {
    return ledger.observe(read, UnaryOperator.identity(), seen);
  }

  private static UpdateTracker replayed(List<UpdateFact> facts) {
    UpdateTracker ledger = new UpdateTracker();
    new ArrayList<>(facts).forEach(ledger::replay);
    return ledger;
  }

  private static Definition definition(int folder, Instant created, int registry, Instant written) {
    return new Definition(
        Optional.of(new Registered(version(registry), Optional.empty(), Optional.of(written))),
        Optional.of(new Folder(version(folder), created)),
        Optional.empty());
  }

  private static Definition undated(int registry) {
    return new Definition(
        Optional.of(new Registered(version(registry), Optional.empty(), Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }

  private static UpdateMarker sign(MarkerType marker, Instant at, int build, boolean back) {
    String version = version(build).text();
    return new UpdateMarker(marker, UpdateKind.DEFINITION, at, version, version, back);
  }

  private static DefinitionVersion version(int build) {
    return DefinitionVersion.of("6.5." + build + ".0").orElseThrow();
  }
}
