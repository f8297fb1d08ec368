package dev.imfexporter.watch.episode;

import static dev.imfexporter.watch.episode.EpisodeScenario.definition;
import static dev.imfexporter.watch.episode.EpisodeScenario.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Retention;
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

  /** A demo installs one update again and again; so does a host on which a person retries it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void logThatIsReadAtOnceGivesTheEpisodesThatWereFollowed(long seed) {
    Random random = new Random(seed);
    EpisodeScenario scenario = new EpisodeScenario();
    List<UpdateMarker> markers = new ArrayList<>();
    List<Outage> outages = new ArrayList<>();
    Instant begun = EpisodeScenario.at("00:30:00");
    for (int i = 0; i < 15; i++) {
      String kb = "KB" + random.nextInt(2);
      // All is at the time of a poll, so that both are as exact.
      Instant out = begun.plusSeconds(30 + 5L * random.nextInt(12));
      Instant back = out.plusSeconds(20 + 5L * random.nextInt(80));
      markers.add(windows(MarkerType.BEGUN, begun, kb));
      MarkerType result = random.nextInt(4) == 0 ? MarkerType.FAILED : MarkerType.INSTALLED;
      markers.add(windows(result, out.plusSeconds(5L * random.nextInt(120)), kb));
      outages.add(ended("SMTPSVC", out, back));
      scenario.outage("SMTPSVC", out, back, StartedBy.UNATTRIBUTED);
      begun = begun.plusSeconds(2400 + 5L * random.nextInt(720));
    }
    markers.forEach(scenario::marker);
    scenario.play(EpisodeScenario.at(1, "04:00:00"));
    EpisodeHistory atOnce = historyOf(markers, outages);

    assertThat(atOnce.closed()).hasSize(15);
    assertThat(atOnce.closed())
        .extracting(Episode::markers)
        .containsExactlyElementsOf(
            scenario.history().closed().stream().map(Episode::markers).toList());
    assertThat(atOnce.closed())
        .extracting(Episode::began, Episode::closed, Episode::outcome)
        .containsExactlyElementsOf(
            scenario.history().closed().stream()
                .map(e -> tuple(e.began(), e.closed(), e.outcome()))
                .toList());
  }

  /** Windows Server 2003, on which no installer says when it began. */
  @Test
  void eachInstallationOfOneUpdateHasAnEpisodeThoughNoBeginIsNamed() {
    List<UpdateMarker> markers = new ArrayList<>();
    List<Outage> outages = new ArrayList<>();
    for (String time : List.of("03:05:02", "03:13:12", "03:21:33", "04:59:02")) {
      Instant at = EpisodeScenario.at(time);
      markers.add(windows(MarkerType.INSTALLED, at, "KB1"));
      outages.add(ended("SMTPSVC", at.minusSeconds(10), at.plusSeconds(60)));
    }

    assertThat(historyOf(markers, outages).closed())
        .extracting(Episode::markers)
        .containsExactlyElementsOf(markers.stream().map(List::of).toList());
  }

  /** An installer that names no begin (Windows Server 2003) reports into what is open then. */
  @Test
  void resultThatCameInALaterEpisodeIsNotOfTheEarlierOne() {
    List<UpdateMarker> markers =
        List.of(
            windows(MarkerType.INSTALLED, EpisodeScenario.at("03:00:00"), "KB1"),
            windows(MarkerType.INSTALLED, EpisodeScenario.at("05:00:00"), "KB2"),
            windows(MarkerType.INSTALLED, EpisodeScenario.at("05:01:00"), "KB1"));

    assertThat(historyOf(markers, List.of()).closed())
        .extracting(Episode::markers)
        .containsExactlyElementsOf(List.of(markers.subList(0, 1), markers.subList(1, 3)));
  }

  /** The exporter was away while an episode was open, and the update was installed again since. */
  @Test
  void logThatIsReadDuringAnEpisodeGivesItsResultToNoEarlierOne() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
    List<UpdateMarker> markers = new ArrayList<>();
    for (String time : List.of("01:00:00", "03:00:00", "05:00:00")) {
      markers.add(windows(MarkerType.BEGUN, EpisodeScenario.at(time), "KB1"));
      markers.add(windows(MarkerType.INSTALLED, EpisodeScenario.at(time).plusSeconds(3000), "KB1"));
    }
    markers.subList(0, 3).forEach(tracker::add);
    outages(markers.subList(0, 1)).forEach(o -> tracker.add(List.of(), List.of(o)));
    tracker.advance(EpisodeScenario.at("03:00:30"), WELL);
    markers.forEach(tracker::add);
    tracker.add(List.of(), outages(List.of(markers.get(2), markers.get(4))));
    tracker.advance(EpisodeScenario.at("09:00:00"), WELL);

    assertThat(tracker.history().closed())
        .extracting(Episode::markers)
        .containsExactlyElementsOf(
            List.of(markers.subList(0, 2), markers.subList(2, 4), markers.subList(4, 6)));
  }

  private static List<Outage> outages(List<UpdateMarker> begins) {
    return begins.stream()
        .map(begun -> ended("SMTPSVC", begun.at().plusSeconds(1200), begun.at().plusSeconds(3100)))
        .toList();
  }

  @Test
  void totalsIncludeEpisodesThatAreNotKept() {
    Retention few = new Retention(Duration.ofDays(400), 200);
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, few);
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
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
    for (int day : new int[] {0, 300, 401}) {
      tracker.add(windows(MarkerType.INSTALLED, EpisodeScenario.at(day, "03:00:00"), "KB" + day));
      tracker.advance(EpisodeScenario.at(day, "05:00:00"), WELL);
    }

    assertThat(tracker.history().closed()).hasSize(2);
    assertThat(tracker.history().outcomes()).containsEntry(Outcome.UNAFFECTED, 3L);
  }

  private static EpisodeHistory historyOf(List<UpdateMarker> markers, List<Outage> outages) {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
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
