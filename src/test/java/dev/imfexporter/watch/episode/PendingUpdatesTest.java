package dev.imfexporter.watch.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Announced;
import dev.imfexporter.collector.Meaning.Step;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingUpdatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:15:00Z");
  private static final String FIRST = "Security Update (KB5000001)";
  private static final String SECOND = "Cumulative Update (KB5000002)";
  private static final String PACK = "Windows Server 2003 Service Pack 2";

  private final UpdateTracker tracker = new UpdateTracker();

  @Test
  void whatIsAnnouncedIsPendingUntilItIsInstalled() {
    announce(NOW, FIRST, SECOND, PACK);
    assertThat(titles(NOW)).containsExactly(FIRST, SECOND, PACK);

    end(Step.BEGUN, "KB5000001", FIRST);
    assertThat(titles(NOW)).containsExactly(FIRST, SECOND, PACK);

    end(Step.INSTALLED, "KB5000001", FIRST);
    assertThat(titles(NOW)).containsExactly(SECOND, PACK);

    end(Step.INSTALLED, "", PACK);
    assertThat(titles(NOW)).containsExactly(SECOND);
  }

  /** It is announced again when it is tried again. */
  @Test
  void whatFailsIsNoLongerPending() {
    announce(NOW, FIRST, SECOND);
    end(Step.FAILED, "KB5000001", FIRST);

    assertThat(titles(NOW)).containsExactly(SECOND);
  }

  @Test
  void oneStepMayNameSeveralUpdates() {
    announce(NOW, FIRST, SECOND, "Update (KB500000)", PACK);
    end(Step.INSTALLED, "KB5000001", "- " + FIRST + "\n- " + SECOND + "\n- " + PACK);

    assertThat(titles(NOW)).containsExactly("Update (KB500000)");
  }

  @Test
  void anInstallerMayUseAnotherTitleForTheSameArticle() {
    announce(NOW, FIRST);
    end(Step.INSTALLED, "KB5000001", "Package_for_KB5000001");

    assertThat(titles(NOW)).isEmpty();
  }

  @Test
  void anUpdateThatIsAnnouncedTwiceIsOneAndNoNews() {
    announce(NOW, FIRST);
    tracker.takeFacts();
    announce(NOW.plusSeconds(3600), FIRST);

    assertThat(titles(NOW)).containsExactly(FIRST);
    assertThat(tracker.takeFacts()).isEmpty();
  }

  @Test
  void whatIsNotAnnouncedForAMonthIsForgotten() {
    announce(NOW, FIRST, SECOND);
    announce(NOW.plus(Duration.ofDays(20)), SECOND);

    assertThat(titles(NOW.plus(Duration.ofDays(31)))).containsExactly(SECOND);
    assertThat(titles(NOW.plus(Duration.ofDays(51)))).isEmpty();
  }

  @Test
  void theNewestTwentyAreKept() {
    for (int number = 0; number < 30; number++) {
      announce(NOW.plusSeconds(number), "Update " + number);
    }

    assertThat(titles(NOW))
        .containsExactlyElementsOf(IntStream.range(10, 30).mapToObj(n -> "Update " + n).toList());
  }

  /** The longest that Microsoft gave; its article stands at the end. */
  @Test
  void aTitleOfMicrosoftIsNotCut() {
    String title =
        "2023-10 Cumulative Update for .NET Framework 3.5, 4.7.2 and 4.8 for Windows Server 2019"
            + " for x64 (KB5031990)";
    announce(NOW, title);

    assertThat(titles(NOW)).containsExactly(title);
  }

  @Test
  void aLongTitleShowsThatItIsCutAndIsStillFound() {
    String cut = "x".repeat(125) + "...";
    announce(NOW, "x".repeat(128) + " one", "x".repeat(128) + " two", "x".repeat(127));
    assertThat(titles(NOW)).containsExactly(cut, "x".repeat(127));

    end(Step.INSTALLED, "", "x".repeat(128) + " one");

    assertThat(titles(NOW)).isEmpty();
  }

  /** Whether the exporter restarts before or after its journal is rewritten. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyOutlastTheExporter(boolean rewritten) {
    announce(NOW, FIRST, SECOND);
    end(Step.INSTALLED, "KB5000001", FIRST);
    UpdateTracker next = new UpdateTracker();
    (rewritten ? tracker.snapshot() : tracker.takeFacts()).forEach(next::replay);

    assertThat(next.history(NOW)).isEqualTo(tracker.history(NOW));
    assertThat(next.history(NOW).pending())
        .containsExactly(new PendingUpdate("KB5000002", SECOND, NOW));
  }

  @Test
  void thatNoneIsPendingAnyMoreOutlastsTheExporter() {
    announce(NOW, FIRST);
    end(Step.INSTALLED, "KB5000001", FIRST);
    UpdateTracker next = new UpdateTracker();
    tracker.takeFacts().forEach(next::replay);

    assertThat(next.history(NOW).pending()).isEmpty();
  }

  private void announce(Instant at, String... titles) {
    List<Announced> updates = Arrays.stream(titles).map(t -> new Announced(article(t), t)).toList();
    tracker.observe(new Meaning.UpdatesAnnounced(updates), at);
  }

  private static Optional<String> article(String title) {
    int begin = title.indexOf("(KB");
    return begin < 0
        ? Optional.empty()
        : Optional.of(title.substring(begin + 1, title.length() - 1));
  }

  private void end(Step step, String article, String title) {
    tracker.observe(
        new Meaning.UpdateStep(
            step, UpdateKind.WINDOWS, Optional.of(article).filter(text -> !text.isEmpty()), title),
        NOW);
  }

  private List<String> titles(Instant now) {
    return tracker.history(now).pending().stream().map(PendingUpdate::title).toList();
  }
}
