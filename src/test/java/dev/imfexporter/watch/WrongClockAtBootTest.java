package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.watch.WatchScenario.ADMIN;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host that boots with a wrong clock and sets it right, as an exporter sees it that was away or
 * not. Times are seconds since the begin of the story.
 */
class WrongClockAtBootTest {
  private final WatchScenario scenario = new WatchScenario().expectEvents();
  private final Instant begin = scenario.now();

  @ParameterizedTest
  @ValueSource(longs = {0, 7200, -7200, 600, -600, 4, -4, 86_400, -86_400})
  void exporterThatWasAwayFindsTheOutageAndTheBoot(long wrong) {
    scenario.polls().measures().reads();
    update();
    at(1700).polls().measures().reads();
    reboot(wrong);
    scenario.restarts(true);
    at(4000).polls().measures().reads();
    pass(3);

    assertStory();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7200, -7200, 600, -600})
  void firstStartFindsTheSame(long wrong) {
    update();
    reboot(wrong);
    at(4000).polls().measures().reads();
    pass(3);

    assertStory();
  }

  @ParameterizedTest
  @CsvSource({"600, 2720", "-600, 2720", "600, 2740", "-600, 2740", "7200, 2720", "-7200, 2720"})
  void exporterThatSawTheHostGoAndComeBackFindsTheSame(long wrong, long back) {
    scenario.polls().measures().reads();
    update();
    at(1800);
    scenario.logs(MAIL, STOPPED).logs(ADMIN, STOPPED).polls().reads();
    at(1830).shutsDown().reads();
    at(1860).cannotPoll();
    at(2700).ahead = Duration.ofSeconds(wrong);
    scenario.boots();
    if (back < 2734) {
      at(back).polls().measures().reads();
    }
    at(2734).setsClock(Duration.ofSeconds(-wrong), true);
    if (back >= 2734) {
      at(back).polls().measures().reads();
    }
    at(2765).logs(ADMIN, RUNNING).logs(MAIL, RUNNING).polls().measures().reads();
    pass(3);

    assertStory();
  }

  @Test
  void twoBootsWithAWrongClockAreTwoBoots() {
    scenario.polls().measures().reads();
    for (long at : List.of(1000L, 5000L)) {
      at(at).logs(MAIL, STOPPED).logs(ADMIN, STOPPED).shutsDown();
      at(at + 100).ahead = Duration.ofHours(2);
      scenario.boots();
      at(at + 130).setsClock(Duration.ofHours(-2), true);
      at(at + 160).logs(MAIL, RUNNING).logs(ADMIN, RUNNING);
    }
    scenario.restarts(true);
    at(9000).polls().measures().reads();

    assertThat(scenario.outages())
        .extracting(this::times)
        .containsExactly("5000..5160", "5000..5160", "1000..1160", "1000..1160");
    assertThat(scenario.state.boots())
        .extracting(this::times)
        .containsExactly("1000..1100", "5000..5100");
  }

  /** The agent of a virtual machine sets back a clock that goes too fast, again and again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manySmallCorrectionsOfADriftAreNoSumOfErrors(boolean known) {
    if (known) {
      scenario.polls().measures().reads();
    }
    for (int i = 1; i <= 180; i++) {
      drift(i);
      if (i == 5) {
        at(603).logs(MAIL, STOPPED);
        at(633).logs(MAIL, RUNNING);
      }
    }
    scenario.restarts(true);
    at(18_060).polls().measures().reads();
    pass(3);

    Outage only = scenario.outages().get(0);
    assertThat(scenario.outages()).hasSize(1);
    assertThat(Duration.between(begin, only.began()).toMillis()).isBetween(601_000L, 605_000L);
    assertThat(only.total().orElseThrow().toSeconds()).isBetween(28L, 32L);
  }

  /** Server 2003 and later ones log both a shutdown and the boot, by a clock that lost 4 s. */
  @Test
  void orderlyRebootIsOneThoughTheClockStartsSecondsEarlier() {
    scenario.polls().measures().reads();
    at(100).logs(MAIL, STOPPED).shutsDown();
    at(102).ahead = Duration.ofSeconds(-6);
    scenario.boots();
    at(150).logs(MAIL, RUNNING);
    scenario.ahead = Duration.ZERO;
    scenario.restarts(true);
    at(300).polls().measures().reads();

    Boot boot = scenario.state.boots().get(0);
    assertThat(scenario.state.boots()).hasSize(1);
    assertThat(boot.orderly()).isTrue();
    assertThat(boot.down()).isEqualTo(begin.plusSeconds(100));
    assertThat(boot.up()).isBetween(begin.plusSeconds(100), begin.plusSeconds(102));
  }

  @Test
  void lossOfPowerIsWhereTheLastRecordIs() {
    scenario.polls().measures().reads();
    at(1000).logs(MAIL, STOPPED);
    at(1010).logs(MAIL, RUNNING);
    at(9000).event(0, new Meaning.LastBeforeBoot());
    at(9700).boots();
    at(9750).logs(MAIL, RUNNING).logs(ADMIN, RUNNING);
    scenario.restarts(true);
    at(10_000).polls().measures().reads();

    assertThat(scenario.state.boots()).extracting(this::times).containsExactly("9000..9700");
    assertThat(scenario.outages())
        .extracting(this::times)
        .containsExactly("9000..9750", "9000..9750", "1000..1010");
  }

  /** 6008 has the time by the clock of before the boot, and its record stands behind event 12. */
  @ParameterizedTest
  @ValueSource(longs = {0, 7200, -7200})
  void lossOfPowerIsWhereEvent6008HasIt(long wrong) {
    scenario.polls().measures().reads();
    at(1000).event(0, new Meaning.LastBeforeBoot());
    at(2000).ahead = Duration.ofSeconds(wrong);
    scenario
        .event(12, new Meaning.Booted())
        .event(6008, new Meaning.ShutDown(false, Optional.of(begin.plusSeconds(1500))))
        .event(6009, new Meaning.Booted())
        .event(6005, new Meaning.Booted());
    at(2030).setsClock(Duration.ofSeconds(-wrong), true);
    at(2050).logs(MAIL, RUNNING);
    scenario.restarts(true);
    at(3000).polls().measures().reads();

    assertThat(scenario.state.boots()).extracting(this::times).containsExactly("1500..2000");
    assertThat(scenario.state.boots().get(0).orderly()).isFalse();
  }

  private void update() {
    at(1200)
        .event(
            19,
            new Meaning.UpdateStep(
                Meaning.Step.INSTALLED,
                UpdateKind.DEFINITION,
                Optional.of("KB907747"),
                "Update for Intelligent Message Filter"));
  }

  private void reboot(long wrong) {
    at(1800).logs(MAIL, STOPPED).logs(ADMIN, STOPPED);
    at(1830).shutsDown();
    at(2700).ahead = Duration.ofSeconds(wrong);
    scenario.boots();
    at(2734).setsClock(Duration.ofSeconds(-wrong), true);
    at(2765).logs(ADMIN, RUNNING).logs(MAIL, RUNNING);
  }

  private void drift(int correction) {
    at(100L * correction).ahead = Duration.ofMillis(1289);
    scenario.setsClock(Duration.ofMillis(-1289), true);
  }

  private void pass(long seconds) {
    scenario.pass((double) seconds).reads();
  }

  private void assertStory() {
    assertThat(scenario.outages())
        .extracting(outage -> outage.id().service() + " " + times(outage))
        .containsExactlyInAnyOrder(MAIL + " 1800..2765", ADMIN + " 1800..2765");
    assertThat(scenario.state.boots()).extracting(this::times).containsExactly("1830..2700");
    at(2765 + 7200).polls().ticks();
    assertThat(scenario.state.history(scenario.time.now()).episodes().closed())
        .singleElement()
        .satisfies(episode -> assertThat(episode.outcome()).contains(Outcome.RECOVERED));
  }

  private WatchScenario at(long seconds) {
    Duration passed = Duration.between(begin, scenario.now());
    return scenario.pass((double) (seconds - passed.toSeconds()));
  }

  private String times(Outage outage) {
    return text(outage.began()) + ".." + outage.ended().map(this::text).orElse("");
  }

  private String times(Boot boot) {
    return text(boot.down()) + ".." + text(boot.up());
  }

  private String text(Instant at) {
    return String.valueOf(Math.round(Duration.between(begin, at).toMillis() / 1000.0));
  }
}
