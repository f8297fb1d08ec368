package dev.imfexporter.watch.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Definition.Folder;
import dev.imfexporter.collector.Definition.Registered;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
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

  private final UpdateTracker tracker = new UpdateTracker();

  @Test
  void definitionFoundAtTheFirstReadingIsAMarkerAndNoChange() {
    List<UpdateMarker> news = read(7936, OLD, 7936, OLD.plusSeconds(60));

    assertThat(tracker.history(SEEN).last(MarkerType.FOLDER, UpdateKind.DEFINITION)).contains(OLD);
    assertThat(tracker.history(SEEN).last(MarkerType.REGISTRY, UpdateKind.DEFINITION))
        .contains(OLD.plusSeconds(60));
    assertThat(tracker.history(SEEN).changes()).isZero();
    assertThat(news).isEmpty();
  }

  @Test
  void definitionThatCameShortlyBeforeTheFirstReadingIsNew() {
    assertThat(read(7960, FOLDER_CAME, 7936, OLD))
        .containsExactly(marker(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
  }

  @Test
  void folderAndRegistryReportOneChange() {
    read(7936, OLD, 7936, OLD);
    assertThat(read(7960, FOLDER_CAME, 7936, OLD))
        .containsExactly(marker(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
    assertThat(tracker.history(SEEN).changes()).isEqualTo(1);
    assertThat(read(7960, FOLDER_CAME, 7936, OLD)).isEmpty();
    assertThat(read(7960, FOLDER_CAME, 7960, KEY_WRITTEN))
        .containsExactly(marker(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false));

    assertThat(tracker.history(SEEN))
        .isEqualTo(
            new UpdateHistory(
                List.of(
                    marker(MarkerType.FOLDER, FOLDER_CAME, 7960, false),
                    marker(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false)),
                List.of(),
                List.of(),
                1));
  }

  @Test
  void firstUpdateOfAHostThatHadNoneIsAChange() {
    observe(new Definition(Optional.empty(), Optional.empty(), Optional.empty()), OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    assertThat(tracker.history(SEEN).changes()).isEqualTo(1);
  }

  @Test
  void foldersThatBecomeReadableAreNotNew() {
    observe(
        new Definition(
            Optional.of(new Registered(version(7936), Optional.empty(), Optional.of(OLD))),
            Optional.empty(),
            Optional.empty()),
        OLD);

    assertThat(read(7936, OLD, 7936, OLD)).isEmpty();
    assertThat(tracker.history(SEEN).changes()).isZero();
  }

  @Test
  void rollBackIsAChangeAndDoesNotTurnBackAMarker() {
    read(7936, OLD, 7936, OLD);
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    List<UpdateMarker> news = read(7936, OLD, 7936, SEEN);

    assertThat(tracker.history(SEEN))
        .isEqualTo(
            new UpdateHistory(
                List.of(
                    marker(MarkerType.FOLDER, FOLDER_CAME, 7960, false),
                    marker(MarkerType.REGISTRY, SEEN, 7936, true)),
                List.of(),
                List.of(),
                2));
    assertThat(news)
        .containsExactly(
            marker(MarkerType.REGISTRY, SEEN, 7936, true),
            marker(MarkerType.FOLDER, SEEN, 7936, true));
  }

  @Test
  void successOfAnotherUpdateDoesNotHideAFailure() {
    event(Step.FAILED, "KB5034439", "2024-01 Security Update (KB5034439)", SEEN);
    event(
        Step.INSTALLED,
        "KB890830",
        "Malicious Software Removal Tool (KB890830)",
        SEEN.plusSeconds(30));

    assertThat(failures(tracker)).containsExactly("KB5034439");
    assertThat(failures(replayed(tracker))).containsExactly("KB5034439");
  }

  @Test
  void successOfTheSameUpdateEndsItsFailureForGood() {
    event(Step.FAILED, "KB1", "Update (KB1)", SEEN);
    event(Step.INSTALLED, "KB1", "Update (KB1)", SEEN);
    event(Step.INSTALLED, "KB2", "Update (KB2)", SEEN.plusSeconds(60));

    assertThat(failures(tracker)).isEmpty();
    assertThat(failures(replayed(tracker))).isEmpty();
  }

  @Test
  void updateWithoutAnArticleIsRecognisedByItsTitle() {
    event(Step.FAILED, "", "Printer driver", SEEN);
    event(Step.INSTALLED, "", "Network driver", SEEN.plusSeconds(1));
    assertThat(tracker.history(SEEN).failures())
        .extracting(UpdateMarker::title)
        .containsExactly("Printer driver");
    event(Step.INSTALLED, "", "Printer driver", SEEN.plusSeconds(2));
    assertThat(tracker.history(SEEN).failures()).isEmpty();
  }

  @Test
  void newerDefinitionEndsTheFailureOfAnOlderOne() {
    read(7936, OLD, 7936, OLD);
    tracker.observe(
        new Meaning.UpdateStep(
            Step.FAILED, UpdateKind.DEFINITION, Optional.of("KB907747"), "IMF 15"),
        FOLDER_CAME);
    assertThat(failures(tracker)).containsExactly("KB907747");
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    assertThat(failures(tracker)).isEmpty();
  }

  private void event(Step step, String kb, String title, Instant at) {
    tracker.observe(
        new Meaning.UpdateStep(
            step, UpdateKind.WINDOWS, Optional.of(kb).filter(id -> !id.isEmpty()), title),
        at);
  }

  private static List<String> failures(UpdateTracker tracker) {
    return tracker.history(SEEN).failures().stream().map(UpdateMarker::id).toList();
  }

  private static UpdateTracker replayed(UpdateTracker tracker) {
    UpdateTracker next = new UpdateTracker();
    tracker.snapshot().forEach(next::replay);
    return next;
  }

  @Test
  void keyThatIsWrittenAgainWithTheSameVersionIsAMarkerAndNoChange() {
    read(7960, OLD, 7960, OLD);

    assertThat(read(7960, OLD, 7960, KEY_WRITTEN))
        .containsExactly(marker(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false));
    assertThat(tracker.history(SEEN).changes()).isZero();
  }

  @Test
  void registryChangeThatTheHostDoesNotDateIsDatedWhenSeen() {
    observe(undated(7936), OLD);
    assertThat(tracker.history(SEEN).markers()).isEmpty();
    observe(undated(7960), SEEN);

    assertThat(tracker.history(SEEN).markers())
        .containsExactly(marker(MarkerType.REGISTRY, SEEN, 7960, false));
  }

  @Test
  void timesAreConvertedOnceThoughTheClockIsMeasuredAgain() {
    Definition read =
        new Definition(
            Optional.empty(),
            Optional.of(new Folder(version(7960), FOLDER_CAME)),
            Optional.empty());
    tracker.observe(read, host -> host.plusSeconds(40), SEEN);

    assertThat(tracker.observe(read, host -> host.plusSeconds(41), SEEN)).isEmpty();
    assertThat(tracker.history(SEEN).markers())
        .containsExactly(marker(MarkerType.FOLDER, FOLDER_CAME.plusSeconds(40), 7960, false));
  }

  @Test
  void versionThatCameBetweenTwoRunsIsNewWithItsOwnTime() {
    read(7936, OLD, 7936, OLD);
    UpdateTracker next = replayed(tracker.takeFacts());
    Instant later = SEEN.plus(Duration.ofDays(2));

    assertThat(
            next.observe(
                definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN), UnaryOperator.identity(), later))
        .containsExactly(
            marker(MarkerType.REGISTRY, KEY_WRITTEN, 7960, false),
            marker(MarkerType.FOLDER, FOLDER_CAME, 7960, false));
    assertThat(next.history(SEEN).changes()).isEqualTo(1);
  }

  /** A folder that is moved keeps its creation time. */
  @Test
  void folderThatWasMovedCameWhenItWasSeen() {
    read(7936, OLD, 7936, OLD);
    Instant later = SEEN.plusSeconds(60);
    List<UpdateMarker> news = observe(definition(7960, OLD.plusSeconds(1), 7936, OLD), later);
    assertThat(news).containsExactly(marker(MarkerType.FOLDER, later, 7960, false));
    assertThat(observe(definition(7960, OLD.plusSeconds(1), 7936, OLD), later.plusSeconds(60)))
        .isEmpty();

    Instant restored = SEEN.plusSeconds(7200);
    assertThat(observe(definition(7960, OLD.plusSeconds(2), 7936, OLD), restored))
        .containsExactly(marker(MarkerType.FOLDER, restored, 7960, false));
  }

  @Test
  void folderFromTheFutureCameWhenItWasSeen() {
    read(7936, OLD, 7936, OLD);

    assertThat(read(7960, SEEN.plus(Duration.ofDays(1)), 7936, OLD))
        .containsExactly(marker(MarkerType.FOLDER, SEEN, 7960, false));
  }

  /** Nothing was read meanwhile, so its creation time may be right. */
  @Test
  void folderThatCameWhileNoneCouldBeReadHasItsOwnTime() {
    read(7936, OLD, 7936, OLD);
    Instant created = SEEN.plus(Duration.ofDays(1));
    observe(
        new Definition(Optional.empty(), Optional.empty(), Optional.empty()),
        SEEN.plus(Duration.ofDays(2)));

    assertThat(observe(definition(7960, created, 7936, OLD), SEEN.plus(Duration.ofDays(3))))
        .containsExactly(marker(MarkerType.FOLDER, created, 7960, false));
  }

  @Test
  void folderThatWasMovedBetweenTwoRunsCameWhenItWasSeen() {
    read(7936, OLD, 7936, OLD);
    UpdateTracker next = replayed(tracker.takeFacts());
    next.alive(SEEN.plus(Duration.ofDays(1)));
    Instant later = SEEN.plus(Duration.ofDays(2));

    assertThat(
            next.observe(definition(7960, FOLDER_CAME, 7936, OLD), UnaryOperator.identity(), later))
        .containsExactly(marker(MarkerType.FOLDER, later, 7960, false));
  }

  @Test
  void versionOfAnEarlierRunIsNotNew() {
    read(7960, FOLDER_CAME, 7960, KEY_WRITTEN);

    UpdateTracker next = replayed(tracker.takeFacts());

    assertThat(
            next.observe(
                definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN), UnaryOperator.identity(), SEEN))
        .isEmpty();
    assertThat(next.history(SEEN)).isEqualTo(tracker.history(SEEN));
  }

  @Test
  void summaryReplaysToTheSameHistory() {
    read(7936, OLD, 7936, OLD);
    step(Step.BEGUN, UpdateKind.WINDOWS, FOLDER_CAME);
    read(7960, FOLDER_CAME, 7936, OLD);

    UpdateTracker fromFacts = replayed(tracker.takeFacts());
    UpdateTracker fromSnapshot = replayed(tracker.snapshot());
    assertThat(tracker.snapshot()).doesNotHaveDuplicates();
    Definition registered = definition(7960, FOLDER_CAME, 7960, KEY_WRITTEN);
    for (UpdateTracker each : List.of(tracker, fromFacts, fromSnapshot)) {
      each.observe(registered, UnaryOperator.identity(), SEEN);
    }

    assertThat(fromFacts.history(SEEN)).isEqualTo(tracker.history(SEEN));
    assertThat(fromSnapshot.history(SEEN)).isEqualTo(tracker.history(SEEN));
    assertThat(tracker.history(SEEN).changes()).isEqualTo(1);
  }

  @Test
  void installersGiveMarkersOfTheirKind() {
    step(Step.BEGUN, UpdateKind.WINDOWS, FOLDER_CAME);
    step(Step.INSTALLED, UpdateKind.WINDOWS, KEY_WRITTEN);
    step(Step.FAILED, UpdateKind.DEFINITION, OLD);

    UpdateHistory history = tracker.history(SEEN);
    assertThat(history.last(MarkerType.BEGUN, UpdateKind.WINDOWS)).contains(FOLDER_CAME);
    assertThat(history.last(MarkerType.INSTALLED, UpdateKind.WINDOWS)).contains(KEY_WRITTEN);
    assertThat(history.last(MarkerType.FAILED, UpdateKind.DEFINITION)).contains(OLD);
    assertThat(history.last(MarkerType.FAILED, UpdateKind.WINDOWS)).isEmpty();
    UpdateMarker last = history.lastUpdate().orElseThrow();
    assertThat(last.id()).isEqualTo("KB5000001");
    assertThat(last.title()).hasSize(128).startsWith("Cumulative update").endsWith("...");
  }

  private Optional<UpdateMarker> step(Step step, UpdateKind kind, Instant at) {
    String title = "Cumulative update ".repeat(8);
    return tracker.observe(new Meaning.UpdateStep(step, kind, Optional.of("KB5000001"), title), at);
  }

  private List<UpdateMarker> read(int folder, Instant created, int registry, Instant written) {
    return observe(definition(folder, created, registry, written), SEEN);
  }

  private List<UpdateMarker> observe(Definition read, Instant seen) {
    return tracker.observe(read, UnaryOperator.identity(), seen);
  }

  private static UpdateTracker replayed(List<UpdateFact> facts) {
    UpdateTracker tracker = new UpdateTracker();
    new ArrayList<>(facts).forEach(tracker::replay);
    return tracker;
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

  private static UpdateMarker marker(MarkerType marker, Instant at, int build, boolean back) {
    String version = version(build).text();
    return new UpdateMarker(marker, UpdateKind.DEFINITION, at, version, version, back);
  }

  private static DefinitionVersion version(int build) {
    return DefinitionVersion.of("6.5." + build + ".0").orElseThrow();
  }
}
