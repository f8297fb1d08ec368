package dev.imfexporter.watch.episode;

import static dev.imfexporter.watch.episode.EpisodeScenario.definition;
import static dev.imfexporter.watch.episode.EpisodeScenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodeReplayTest {
  private static final HostCondition WELL =
      new HostCondition(true, Set.of(), MailFlow.State.FLOWING);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void summaryAndLaterFactsReplayToTheSameHistory(long seed) {
    Random random = new Random(seed);
    EpisodeScenario scenario = nights(random, 12);
    Instant cut = EpisodeScenario.MIDNIGHT.plus(Duration.ofMinutes(random.nextInt(12 * 24 * 60)));
    scenario.play(cut);
    List<UpdateFact> snapshot = scenario.tracker().summary();
    int at = scenario.facts.size();
    scenario.play(EpisodeScenario.MIDNIGHT.plus(Duration.ofDays(13)));

    List<UpdateFact> after = scenario.facts.subList(at, scenario.facts.size());
    EpisodeHistory history = scenario.history();
    assertThat(history.closed()).isNotEmpty();
    assertThat(EpisodeScenario.replayed(scenario.facts).history()).isEqualTo(history);
    assertThat(EpisodeScenario.replayed(join(snapshot, after)).history()).isEqualTo(history);
    List<UpdateFact> twice = join(join(snapshot, scenario.facts.subList(at / 2, at)), after);
    assertThat(EpisodeScenario.replayed(twice).history()).isEqualTo(history);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void orderInWhichEvidenceIsAddedDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<UpdateMarker> markers = new ArrayList<>();
    List<Outage> outages = new ArrayList<>();
    for (int night = 0; night < 10; night++) {
      Instant begin = EpisodeScenario.at(night, "03:00:00").plusSeconds(random.nextInt(3000));
      markers.add(definition(MarkerType.FOLDER, begin, "6.5." + night));
      markers.add(
          definition(MarkerType.REGISTRY, begin.plusSeconds(random.nextInt(300)), "6.5." + night));
      Instant out = begin.plusSeconds(random.nextInt(1200) - 300);
      for (String service : List.of("SMTPSVC", "IISADMIN", "RESvc")) {
        outages.add(ended(service, out, out.plusSeconds(1 + random.nextInt(600))));
      }
    }
    EpisodeHistory inOrder = historyOf(markers, outages);
    Collections.shuffle(markers, random);
    Collections.shuffle(outages, random);

    assertThat(historyOf(markers, outages)).isEqualTo(inOrder);
    assertThat(inOrder.closed().size()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void totalsIncludeEpisodesThatAreNotKept() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    for (int day = 0; day < 450; day++) {
      Instant begin = EpisodeScenario.at(day, "03:00:00");
      tracker.add(windows(MarkerType.INSTALLED, begin, "KB" + day));
      tracker.add(List.of(), List.of(ended("SMTPSVC", begin, begin.plusSeconds(20))));
      tracker.advance(begin.plus(Duration.ofHours(2)), WELL);
    }
    EpisodeHistory history = tracker.history();

    assertThat(history.closed()).hasSize(200);
    assertThat(history.outcomes()).containsEntry(Outcome.RECOVERED, 450L);
    assertThat(history.recoveries()).isEqualTo(450);
    assertThat(history.recoveryTime()).isEqualTo(Duration.ofMinutes(150));
    assertThat(tracker.summary()).hasSize(201);
    EpisodeTracker next = EpisodeScenario.replayed(tracker.summary());
    assertThat(next.history()).isEqualTo(history);
    next.add(windows(MarkerType.INSTALLED, EpisodeScenario.at(450, "03:00:00"), "KB450"));
    next.advance(EpisodeScenario.at(450, "05:00:00"), WELL);
    assertThat(next.history().last().orElseThrow().number()).isEqualTo(451);
  }

  @Test
  void episodesAreKeptForFourHundredDays() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    for (int day : new int[] {0, 300, 401}) {
      tracker.add(windows(MarkerType.INSTALLED, EpisodeScenario.at(day, "03:00:00"), "KB" + day));
      tracker.advance(EpisodeScenario.at(day, "05:00:00"), WELL);
    }

    assertThat(tracker.history().closed()).hasSize(2);
    assertThat(tracker.history().outcomes()).containsEntry(Outcome.UNAFFECTED, 3L);
  }

  private static EpisodeHistory historyOf(List<UpdateMarker> markers, List<Outage> outages) {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    tracker.add(List.of(), outages);
    markers.forEach(tracker::add);
    tracker.advance(EpisodeScenario.at(12, "00:00:00"), WELL);
    return tracker.history();
  }

  private static EpisodeScenario nights(Random random, int nights) {
    EpisodeScenario scenario = new EpisodeScenario().pollEvery(Duration.ofSeconds(20));
    for (int night = 0; night < nights; night++) {
      Instant begin = EpisodeScenario.at(night, "03:00:00").plusSeconds(random.nextInt(3000));
      if (random.nextInt(4) > 0) {
        scenario.marker(definition(MarkerType.FOLDER, begin, "6.5." + night));
        Instant late = begin.plusSeconds(random.nextInt(4000));
        scenario.marker(definition(MarkerType.REGISTRY, late, "6.5." + night));
      }
      if (random.nextInt(4) > 0) {
        Instant out = begin.plusSeconds(random.nextInt(1200) - 300);
        scenario.restart(out, out.plusSeconds(5 + random.nextInt(600)));
      }
      if (random.nextInt(5) == 0) {
        scenario.away(begin.minusSeconds(60), begin.plusSeconds(random.nextInt(3000)), true);
      }
    }
    return scenario;
  }

  private static Outage ended(String service, Instant from, Instant until) {
    return new Outage(
        service,
        from.getEpochSecond(),
        from,
        Optional.of(until),
        Map.of(),
        Set.of(Source.EVENT),
        false,
        false,
        Optional.of(StartedBy.UNATTRIBUTED));
  }

  private static List<UpdateFact> join(List<UpdateFact> one, List<UpdateFact> other) {
    List<UpdateFact> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
