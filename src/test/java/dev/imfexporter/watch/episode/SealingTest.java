package dev.imfexporter.watch.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.fact.UpdateFact.EpisodeChanged;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The evidence of a closed episode becomes final, and then it does not change. */
class SealingTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T03:12:00Z");
  private static final Instant READ = BEGAN.plus(Duration.ofHours(6));
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Outage OUT = outage(31);

  private final EpisodeTracker tracker =
      new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);

  SealingTest() {
    tracker.replay(
        new EpisodeChanged(
            new EpisodeBuilder(1, BEGAN, List.of(OUT))
                .closed(BEGAN.plusSeconds(60), Episode.Outcome.RECOVERED)
                .build()));
  }

  private Episode episode() {
    return tracker.history().closed().get(0);
  }

  private void seal(Instant at) {
    tracker.seal(number -> true, at);
  }

  @Test
  void evidenceIsFinalAfterAnHourInWhichItDidNotChange() {
    seal(READ);
    seal(READ.plus(HOUR).minusSeconds(1));
    assertThat(episode().sealed()).isEmpty();
    tracker.takeFacts();

    seal(READ.plus(HOUR));

    assertThat(episode().sealed()).contains(READ.plus(HOUR));
    assertThat(tracker.takeFacts()).containsExactly(new EpisodeChanged(episode()));
    seal(READ.plus(HOUR).plusSeconds(15));
    assertThat(tracker.takeFacts()).isEmpty();
  }

  @Test
  void theHourBeginsAnewWithEachChange() {
    seal(READ);
    Outage newer = outage(32);
    tracker.add(List.of(), List.of(newer));
    assertThat(episode().outages()).containsExactly(newer);

    seal(READ.plusSeconds(60));
    seal(READ.plus(HOUR));
    assertThat(episode().sealed()).isEmpty();
    seal(READ.plus(HOUR).plusSeconds(60));
    assertThat(episode().sealed()).isPresent();
  }

  @Test
  void settingsAreComparedFirst() {
    tracker.seal(number -> false, READ);
    tracker.seal(number -> false, READ.plus(HOUR));
    seal(READ.plus(HOUR).plusSeconds(15));

    assertThat(episode().sealed()).isEmpty();
  }

  @Test
  void lateEvidenceChangesNothingOfASealedEpisode() {
    seal(READ);
    seal(READ.plus(HOUR));
    Episode sealed = episode();

    tracker.add(List.of(), List.of(outage(35)));
    tracker.add(marker(BEGAN.plusSeconds(30)));
    tracker.advance(READ.plus(HOUR).plusSeconds(30), HostCondition.UNREADABLE);
    tracker.advance(
        READ.plus(HOUR).plusSeconds(60), new HostCondition(true, Set.of(), MailFlow.State.FLOWING));

    assertThat(tracker.history().closed()).containsExactly(sealed);
    assertThat(tracker.history().present()).isEmpty();
  }

  private static Outage outage(int ended) {
    return OutageBuilder.outage("SMTPSVC", BEGAN.plusSeconds(1))
        .number(1)
        .ended(BEGAN.plusSeconds(ended), StartedBy.UNATTRIBUTED)
        .build();
  }

  private static UpdateMarker marker(Instant at) {
    return EpisodeBuilder.marker(MarkerType.REGISTRY, at, "6.5.7960.0");
  }
}
