package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set changes how times are shown, and nothing else. */
class ClockStepsTest {

  /** What must not depend on clocks. */
  private record Result(Totals totals, List<Ended> episodes) {
    static Result of(UpdateNight night) {
      return new Result(
          night.history().services().get(0).totals(),
          night.episodes().stream().map(Ended::of).toList());
    }
  }

  private record Ended(
      long number,
      Episode.State state,
      Optional<Outcome> outcome,
      Optional<Duration> recovery,
      List<Optional<Duration>> outages) {
    static Ended of(Episode episode) {
      return new Ended(
          episode.number(),
          episode.state(),
          episode.outcome(),
          episode.recovery(),
          episode.outages().stream().map(Outage::total).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 40, -40, 90})
  void stepBetweenTheEndOfAnOutageAndItsSettlingDoublesNothing(long by) {
    UpdateNight night = new UpdateNight(true);
    night.pass(Duration.ofSeconds(60));
    night.update();
    night.pass(Duration.ofSeconds(10));
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofSeconds(35));
    night.service = ServiceState.RUNNING;
    night.pass(Duration.ofSeconds(5));
    night.setOwnClock(Duration.ofSeconds(by));
    night.pass(Duration.ofHours(3));

    Episode only = night.episodes().get(0);
    assertThat(night.episodes()).hasSize(1);
    assertThat(only.outcome()).contains(Outcome.RECOVERED);
    assertThat(only.outages()).hasSize(1);
    assertThat(only.outages().get(0).total()).contains(Duration.ofSeconds(35));
    assertThat(night.history().services().get(0).totals().restarts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void stepsOfEitherClockAtAnyMomentChangeNoOutcomeCountOrDuration(long seed) {
    Result still = night(seed, false);
    assertThat(still.totals().restarts()).isGreaterThan(2);
    assertThat(still.episodes()).hasSizeGreaterThan(2);

    assertThat(night(seed, true)).isEqualTo(still);
  }

  @Test
  void timesOfPagesFollowTheClockAndSettledOnesKeepIt() {
    UpdateNight night = new UpdateNight(true);
    night.pass(Duration.ofMinutes(1));
    restart(night, 30);
    night.pass(Duration.ofMinutes(10));
    Instant before = night.history().outages().get(0).began();
    assertThat(before).isEqualTo(UpdateNight.START.plusSeconds(60));
    night.setOwnClock(Duration.ofHours(8));
    night.pass(Duration.ofMinutes(1));
    Instant now = night.now().wall();
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofMinutes(1));

    assertThat(night.history().services().get(0).outageStart()).contains(now);
    assertThat(night.history().outages().get(1).began()).isEqualTo(before);
    night.restartExporter();
    night.pass(Duration.ofMinutes(1));
    assertThat(night.history().services().get(0).outageStart()).contains(now);
    assertThat(night.history().outages().get(1).began()).isEqualTo(before);
  }

  @Test
  void openOutageMovesWithTheClock() {
    UpdateNight night = new UpdateNight(true);
    night.pass(Duration.ofMinutes(1));
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofMinutes(1));
    night.setOwnClock(Duration.ofHours(-1));
    night.pass(Duration.ofMinutes(1));

    assertThat(night.history().services().get(0).outageStart())
        .contains(night.now().wall().minus(Duration.ofMinutes(2)));
  }

  /** Three updates with restarts around them; the same for a seed, with and without steps. */
  private static Result night(long seed, boolean steps) {
    Random random = new Random(seed);
    Random clocks = new Random(seed * 31);
    UpdateNight night = new UpdateNight(true);
    pass(night, Duration.ofMinutes(2), steps, clocks);
    for (int i = 0; i < 3; i++) {
      night.update();
      pass(night, Duration.ofSeconds(5L * (1 + random.nextInt(20))), steps, clocks);
      for (int restart = random.nextInt(2) + 1; restart > 0; restart--) {
        night.service = ServiceState.STOPPED;
        pass(night, Duration.ofSeconds(5L * (1 + random.nextInt(80))), steps, clocks);
        night.service = ServiceState.RUNNING;
        pass(night, Duration.ofSeconds(5L * (12 + random.nextInt(20))), steps, clocks);
      }
      if (random.nextBoolean()) {
        night.restartExporter();
      }
      pass(night, Duration.ofMinutes(50), steps, clocks);
    }
    return Result.of(night);
  }

  private static void pass(UpdateNight night, Duration time, boolean steps, Random clocks) {
    List<Duration> parts = new ArrayList<>(List.of(time));
    if (time.compareTo(Duration.ofSeconds(20)) > 0) {
      Duration first =
          Duration.ofSeconds(5L * (1 + clocks.nextInt((int) time.toSeconds() / 5 - 1)));
      parts = List.of(first, time.minus(first));
    }
    for (Duration part : parts) {
      night.pass(part);
      long by = clocks.nextLong(2L * 7200) - 7200;
      boolean own = clocks.nextBoolean();
      if (steps && own) {
        night.setOwnClock(Duration.ofSeconds(by));
      } else if (steps) {
        night.setHostClock(Duration.ofSeconds(by));
      }
    }
  }

  private static void restart(UpdateNight night, long seconds) {
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofSeconds(seconds));
    night.service = ServiceState.RUNNING;
    night.pass(Duration.ofSeconds(60));
  }
}
