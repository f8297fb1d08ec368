package dev.imfexporter.watch;

import static dev.imfexporter.watch.EpisodeWorld.definition;
import static dev.imfexporter.watch.EpisodeWorld.windows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.episode.EpisodeTracker;
import dev.imfexporter.watch.episode.HostCondition;
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
  void snapshotAndWhatCameAfterItStandForAllFacts(long seed) {
    Random random = new Random(seed);
    EpisodeWorld world = nights(random, 12);
    Instant cut = EpisodeWorld.MIDNIGHT.plus(Duration.ofMinutes(random.nextInt(12 * 24 * 60)));
    world.play(cut);
    List<UpdateFact> snapshot = world.tracker().summary();
    int at = world.facts.size();
    world.play(EpisodeWorld.MIDNIGHT.plus(Duration.ofDays(13)));

    List<UpdateFact> after = world.facts.subList(at, world.facts.size());
    EpisodeHistory history = world.history();
    assertThat(history.closed()).isNotEmpty();
    assertThat(EpisodeWorld.replayed(world.facts).history()).isEqualTo(history);
    assertThat(EpisodeWorld.replayed(join(snapshot, after)).history()).isEqualTo(history);
    List<UpdateFact> twice = join(join(snapshot, world.facts.subList(at / 2, at)), after);
    assertThat(EpisodeWorld.replayed(twice).history()).isEqualTo(history);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void orderOfTellingDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<UpdateMarker> signs = new ArrayList<>();
    List<Outage> outages = new ArrayList<>();
    for (int night = 0; night < 10; night++) {
      Instant begin = EpisodeWorld.at(night, "03:00:00").plusSeconds(random.nextInt(3000));
      signs.add(definition(MarkerType.FOLDER, begin, "6.5." + night));
      signs.add(
          definition(MarkerType.REGISTRY, begin.plusSeconds(random.nextInt(300)), "6.5." + night));
      Instant out = begin.plusSeconds(random.nextInt(1200) - 300);
      for (String service : List.of("SMTPSVC", "IISADMIN", "RESvc")) {
        outages.add(ended(service, out, out.plusSeconds(1 + random.nextInt(600))));
      }
    }
    EpisodeHistory inOrder = told(signs, outages);
    Collections.shuffle(signs, random);
    Collections.shuffle(outages, random);

    assertThat(told(signs, outages)).isEqualTo(inOrder);
    assertThat(inOrder.closed().size()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void totalsOutlastEpisodesThatAreForgotten() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    for (int day = 0; day < 450; day++) {
      Instant begin = EpisodeWorld.at(day, "03:00:00");
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
    EpisodeTracker next = EpisodeWorld.replayed(tracker.summary());
    assertThat(next.history()).isEqualTo(history);
    next.add(windows(MarkerType.INSTALLED, EpisodeWorld.at(450, "03:00:00"), "KB450"));
    next.advance(EpisodeWorld.at(450, "05:00:00"), WELL);
    assertThat(next.history().last().orElseThrow().number()).isEqualTo(451);
  }

  @Test
  void episodesOfOverFourHundredDaysAgoAreForgotten() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    for (int day : new int[] {0, 300, 401}) {
      tracker.add(windows(MarkerType.INSTALLED, EpisodeWorld.at(day, "03:00:00"), "KB" + day));
      tracker.advance(EpisodeWorld.at(day, "05:00:00"), WELL);
    }

    assertThat(tracker.history().closed()).hasSize(2);
    assertThat(tracker.history().outcomes()).containsEntry(Outcome.UNAFFECTED, 3L);
  }

  private static EpisodeHistory told(List<UpdateMarker> signs, List<Outage> outages) {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS);
    tracker.add(List.of(), outages);
    signs.forEach(tracker::add);
    tracker.advance(EpisodeWorld.at(12, "00:00:00"), WELL);
    return tracker.history();
  }

  private static EpisodeWorld nights(Random random, int nights) {
    EpisodeWorld world = new EpisodeWorld().pollEvery(Duration.ofSeconds(20));
    for (int night = 0; night < nights; night++) {
      Instant begin = EpisodeWorld.at(night, "03:00:00").plusSeconds(random.nextInt(3000));
      if (random.nextInt(4) > 0) {
        world.sign(definition(MarkerType.FOLDER, begin, "6.5." + night));
        Instant late = begin.plusSeconds(random.nextInt(4000));
        world.sign(definition(MarkerType.REGISTRY, late, "6.5." + night));
      }
      if (random.nextInt(4) > 0) {
        Instant out = begin.plusSeconds(random.nextInt(1200) - 300);
        world.restart(out, out.plusSeconds(5 + random.nextInt(600)));
      }
      if (random.nextInt(5) == 0) {
        world.away(begin.minusSeconds(60), begin.plusSeconds(random.nextInt(3000)), true);
      }
    }
    return world;
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
