package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodeChanged;
import dev.imfexporter.watch.fact.UpdateFact.SettingsCompared;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.UpdateChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many episodes are kept, and for how long, as the configuration says. */
class RetentionTest {
  private static final Duration BETWEEN = Duration.ofHours(6);

  private final TestTime time = new TestTime();

  @ParameterizedTest
  @ValueSource(ints = {10, 200, 500, 1000})
  void soManyEpisodesAreKeptWithWhatWasDifferentAfterThem(int count) {
    HostState state = replay(new Retention(Duration.ofDays(3650), count), facts(count + 50));

    assertThat(episodes(state.summary())).isEqualTo(numbers(51, count + 50));
    assertThat(changes(state.summary())).isEqualTo(numbers(51, count + 50));
  }

  @Test
  void episodesAreKeptForSoLongWithWhatWasDifferentAfterThem() {
    HostState state = replay(new Retention(Duration.ofDays(2), 500), facts(20));

    assertThat(episodes(state.summary())).isEqualTo(numbers(12, 20));
    assertThat(changes(state.summary())).isEqualTo(numbers(12, 20));
  }

  @Test
  void summaryIsKeptWhole() {
    Retention retention = new Retention(Duration.ofDays(3650), 500);
    List<Fact> summary = replay(retention, facts(600)).summary();

    assertThat(replay(retention, summary).summary()).isEqualTo(summary);
  }

  private HostState replay(Retention retention, List<Fact> facts) {
    StateSettings settings =
        new StateSettings(
            ObservedState.settings(false).limits(), retention, false, true, Set.of(), Set.of());
    return HostState.replay(settings, facts, time.now());
  }

  private List<Fact> facts(int episodes) {
    List<Fact> facts = new ArrayList<>();
    for (int number = 1; number <= episodes; number++) {
      Instant began = time.instant().minus(BETWEEN.multipliedBy(episodes - number + 1L));
      facts.add(
          new EpisodeChanged(
              new EpisodeBuilder(number, began, List.of())
                  .closed(began.plusSeconds(600), Episode.Outcome.UNAFFECTED)
                  .build()));
      facts.add(new SettingsCompared(new UpdateChanges(number, true, List.of(), List.of(), 0)));
    }
    return facts;
  }

  private static List<Long> episodes(List<Fact> facts) {
    return ObservedState.of(facts, EpisodeChanged.class).stream()
        .map(changed -> changed.episode().number())
        .toList();
  }

  private static List<Long> changes(List<Fact> facts) {
    return ObservedState.of(facts, SettingsCompared.class).stream()
        .map(compared -> compared.changes().episode())
        .toList();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
