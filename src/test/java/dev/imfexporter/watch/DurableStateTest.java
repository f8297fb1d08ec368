package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.WatchScenario.ADMIN;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static dev.imfexporter.watch.WatchScenario.SYSTEM;
import static dev.imfexporter.watch.WatchScenario.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableStateTest {
  private final WatchScenario scenario = WatchScenario.watched();

  @Nested
  class Absence {
    @Test
    void outageWhileTheExporterWasAwayIsFoundInTheLog() {
      scenario.pass(600);
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(300).logs(MAIL, RUNNING).pass(600);
      scenario.restarts(true).polls().measures().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofMinutes(5));
      assertThat(scenario.lastRestart().sources()).containsExactly(Source.EVENT);
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void clueOfAnEventOutlastsTheProgram() {
      scenario.pass(600);
      Instant at = scenario.now();
      scenario
          .event(4006, new Meaning.ClueGiven(Clue.LOGIN_REFUSED, "example.org", "AUTH"))
          .pass(60)
          .reads()
          .restarts(true)
          .polls();

      assertThat(scenario.clues())
          .singleElement()
          .satisfies(
              seen -> {
                assertThat(seen.clue()).isEqualTo(Clue.LOGIN_REFUSED);
                assertThat(seen.at()).isEqualTo(at.truncatedTo(ChronoUnit.SECONDS));
              });
    }

    @Test
    void openOutageGoesOnIfNothingRanInBetween() {
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads().pass(3600);
      scenario.restarts(true).polls().measures().reads();
      assertThat(scenario.mail().outageStart()).contains(began);
      scenario.pass(60).logs(MAIL, RUNNING).polls(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(3663));
    }

    @Test
    void openOutageThatEndedAndAnotherThatBeganAreTwo() {
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads().pass(600);
      scenario.logs(MAIL, RUNNING).pass(600);
      Instant second = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(600).restarts(true).polls().measures().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.mail().outageStart()).contains(second);
    }

    @Test
    void outageWithAnUnknownBeginBeganWhenItWasFound() {
      scenario.pass(3600).is(MAIL, STOPPED).restarts(true);
      scenario.cannotReadEvents();
      scenario.polls();

      assertThat(scenario.mail().outageStart()).contains(scenario.now());
    }

    @Test
    void outageThatTheLogDatesBeganThen() {
      scenario.pass(60);
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(3600).restarts(true).polls();
      assertThat(scenario.mail().outageStart()).contains(scenario.now());
      scenario.measures().reads();

      assertThat(scenario.mail().outageStart()).contains(began);
    }

    @Test
    void firstStartEverFindsTheOutagesOfTheLog() {
      WatchScenario fresh = new WatchScenario();
      fresh.expectEvents();
      fresh.logs(MAIL, STOPPED).pass(60).logs(MAIL, RUNNING).pass(86_400);
      Instant began = fresh.now();
      fresh.logs(MAIL, STOPPED).pass(120).logs(MAIL, RUNNING).pass(86_400);
      fresh.polls().measures().reads();

      assertThat(fresh.mail().totals().restarts()).isEqualTo(2);
      assertThat(fresh.lastRestart().began()).isEqualTo(began);
      assertThat(fresh.mail().lastStart()).contains(began.plusSeconds(120));
      assertThat(fresh.mail().outageStart()).isEmpty();
    }

    @Test
    void firstStartInTheMiddleOfAnOutageFindsItsBegin() {
      WatchScenario fresh = new WatchScenario();
      fresh.expectEvents();
      Instant began = fresh.now();
      fresh.logs(MAIL, STOPPED).pass(600).polls().measures().reads();

      assertThat(fresh.mail().outageStart()).contains(began);
      assertThat(fresh.mail().leftStopped()).isTrue();
    }

    /** A hundred settled outages leave room in the timeline to wait for the log. */
    @Test
    void openOutageWaitsForTheLogHoweverManyWereBefore() {
      for (int i = 0; i < 100; i++) {
        scenario.notifies(MAIL, STOP_PENDING).pass(1).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
        scenario.pass(1).notifies(MAIL, START_PENDING).pass(1);
        scenario.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(5).reads();
      }
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(1).reads();
      scenario.pass(2).logs(MAIL, RUNNING).pass(10).logs(MAIL, STOPPED).pass(2).logs(MAIL, RUNNING);
      scenario.pass(10).restarts(true).polls().pass(1);
      assertThat(scenario.mail().totals().restarts()).isEqualTo(100);
      scenario.measures().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(102);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(2));
    }

    @Test
    void openOutageEndedWhenTheLogSaysAndNotWhenItWasFoundEnded() {
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads();
      scenario.pass(7).logs(MAIL, RUNNING).pass(1.5).restarts(true).notifies(MAIL, RUNNING);
      scenario.polls().measures().pass(3).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().ended()).contains(began.plusSeconds(10));
    }

    @Test
    void killInTheMiddleOfAnOutageLosesNoPhase() {
      scenario.notifies(MAIL, STOP_PENDING).pass(2).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
      scenario.pass(1).restarts(true).polls().measures().pass(1).reads();
      scenario.pass(1).notifies(MAIL, START_PENDING).pass(4).notifies(MAIL, RUNNING);
      scenario.logs(MAIL, RUNNING).pass(3).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().phases())
          .containsEntry(Phase.STOP, Duration.ofSeconds(2))
          .containsEntry(Phase.DOWN, Duration.ofSeconds(3))
          .containsEntry(Phase.START, Duration.ofSeconds(4));
    }

    @Test
    void recordsThatAreReadAgainCountOnce() {
      scenario.logs(MAIL, STOPPED).fails(MAIL, 7034, Failure.TERMINATED).pass(5);
      scenario.logs(MAIL, RUNNING).pass(60).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5);
      scenario.reads().restarts(false).polls().measures().reads().restarts(false).polls().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void sameNumbersInALogThatWasClearedAreOtherRecords() {
      scenario.clearsLog().logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();
      scenario.clearsLog().logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void serviceThatWasSeenToRunIsLeftStoppedAfterRestartsAndBoots() {
      scenario.mode = StartMode.MANUAL;
      scenario.polls().shutsDown().pass(60).boots();
      scenario.is(MAIL, new ServiceStatus(STOPPED, 1077, 0, 0));
      scenario.restarts(true).polls().measures().pass(60).reads().polls();
      assertThat(scenario.mail().leftStopped()).isTrue();
      assertThat(scenario.history(ADMIN).leftStopped()).isFalse();
      scenario.mode = StartMode.DISABLED;
      scenario.polls();
      assertThat(scenario.mail().leftStopped()).isFalse();
    }
  }

  @Nested
  class Boots {
    @Test
    void bootImpliesAStopThatIsNoCrash() {
      Instant down = scenario.now();
      scenario
          .shutsDown()
          .pass(90)
          .boots()
          .pass(30)
          .logs(MAIL, RUNNING)
          .logs(ADMIN, RUNNING)
          .pass(10);
      scenario.restarts(true).polls().measures().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().began()).isEqualTo(down);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofMinutes(2));
      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.BOOT);
      assertThat(scenario.lastRestart().shutdown()).isTrue();
      assertThat(scenario.lastRestart().crash()).isFalse();
      assertThat(scenario.state.boots())
          .containsExactly(new Boot(down, down.plusSeconds(90), true));
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void bootOfAHostThatIsPolledMeanwhileIsOneOutage() {
      scenario.shutsDown().pass(90).boots().is(MAIL, START_PENDING).pass(5).polls().pass(20);
      scenario.logs(MAIL, RUNNING).pass(10).polls().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().shutdown()).isTrue();
    }

    @Test
    void outageOfALossOfPowerBeganWhenTheHostLastAnswered() {
      scenario.pass(30).polls();
      Instant last = scenario.now();
      scenario.pass(600).boots().event(6008, new Meaning.ShutDown(false)).pass(20);
      scenario.logs(MAIL, RUNNING).pass(5).reads().polls();

      assertThat(scenario.state.boots()).hasSize(1);
      assertThat(scenario.state.boots().get(0).orderly()).isFalse();
      assertThat(scenario.lastRestart().began()).isEqualTo(last);
      assertThat(scenario.lastRestart().crash()).isFalse();
    }

    @Test
    void serviceThatDoesNotStartAfterABootHasAnOpenOutage() {
      Instant down = scenario.now();
      scenario
          .shutsDown()
          .pass(60)
          .boots()
          .is(MAIL, new ServiceStatus(STOPPED, 1077, 0, 0))
          .pass(60);
      scenario.logs(ADMIN, RUNNING).restarts(true).polls().measures().pass(5).reads();

      assertThat(scenario.mail().outageStart()).contains(down);
      assertThat(scenario.mail().leftStopped()).isTrue();
      assertThat(scenario.history(ADMIN).outageStart()).isEmpty();
    }

    @Test
    void twoBootsInARowAreTwo() {
      scenario.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(100);
      scenario.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(30).polls().reads();

      assertThat(scenario.state.boots()).hasSize(2);
      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void twoBootsWithoutAShutdownInARowAreTwo() {
      scenario.boots().pass(20).logs(MAIL, RUNNING).pass(100).boots().pass(20).logs(MAIL, RUNNING);
      scenario.pass(30).polls().reads();

      assertThat(scenario.state.boots()).hasSize(2);
    }

    @Test
    void bootsThatAreReadAgainCountOnce() {
      scenario.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(100);
      scenario.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(30).polls().reads();
      scenario.restarts(false).polls().measures().reads();

      assertThat(scenario.state.boots()).hasSize(2);
      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }
  }

  @Nested
  class StartedByWhom {
    @Test
    void startControlOfAUserIsAnAdministrator() {
      scenario.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, USER).pass(3);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.ADMINISTRATOR);
    }

    @Test
    void startControlOfTheSystemIsUnattributed() {
      scenario.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, SYSTEM).pass(3);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void startControlThatFailedIsUnattributed() {
      scenario.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, USER).pass(3);
      scenario.notifies(MAIL, START_PENDING).pass(20).notifies(MAIL, STOPPED).pass(60);
      scenario.notifies(MAIL, START_PENDING).pass(3).notifies(MAIL, RUNNING);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void startAfterAnAnnouncementIsARecoveryAction() {
      scenario.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).pass(60);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.RECOVERY_ACTION);
      assertThat(scenario.lastRestart().crash()).isTrue();
    }

    @Test
    void startLongAfterAnAnnouncementIsUnattributed() {
      scenario.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).pass(7200);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void stopControlDatesTheBeginOfTheStop() {
      Instant began = scenario.now();
      scenario.orders(MAIL, Control.STOP, USER).pass(8).logs(MAIL, STOPPED).pass(20);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().phases()).containsOnlyKeys(Phase.STOP);
      assertThat(scenario.lastRestart().phases()).containsEntry(Phase.STOP, Duration.ofSeconds(8));
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(28));
    }

    @Test
    void stopControlThatTheServiceIgnoredIsNoOutage() {
      scenario.orders(MAIL, Control.STOP, USER).pass(700).reads();
      assertThat(scenario.outages()).isEmpty();
      scenario.fails(MAIL, 7034, Failure.TERMINATED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().phases()).isEmpty();
      assertThat(scenario.lastRestart().crash()).isTrue();
    }
  }

  @Nested
  class Clocks {
    @ParameterizedTest
    @ValueSource(longs = {40, -40, 7 * 3600, -9 * 3600})
    void wrongHostClockIsCorrected(long ahead) {
      WatchScenario off = new WatchScenario();
      off.ahead = Duration.ofSeconds(ahead);
      off.expectEvents();
      off.polls().measures().reads().pass(10.4);
      Instant began = off.now();
      off.polls().logs(MAIL, STOPPED).notifies(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING);
      off.notifies(MAIL, RUNNING).pass(30).reads();
      Instant second = off.now().truncatedTo(ChronoUnit.SECONDS);
      off.logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(30).reads();

      assertThat(off.mail().totals().restarts()).isEqualTo(2);
      assertThat(off.mail().totals().disagreements()).isZero();
      assertThat(off.outages().get(1).began()).isEqualTo(began);
      assertThat(off.outages().get(1).sources()).contains(Source.EVENT);
      assertThat(off.lastRestart().began()).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {40, -40, 3600, -3600})
    void hostClockThatIsSetInAnOutageWithAnEventIsFollowed(long by) {
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scenario.setsClock(Duration.ofSeconds(by), true).pass(10).logs(MAIL, RUNNING);
      scenario.notifies(MAIL, RUNNING).pass(100);
      Instant second = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
      assertThat(scenario.outages().get(1).began()).isEqualTo(began);
      assertThat(scenario.outages().get(1).total()).contains(Duration.ofSeconds(20));
      assertThat(scenario.lastRestart().began()).isEqualTo(second);
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {40, -40, 3600, -3600})
    void hostClockThatIsSetAndMeasuredBeforeTheLogIsReadIsFollowed(long by) {
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(10).setsClock(Duration.ofSeconds(by), true).pass(10);
      scenario.measures().pass(10).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(30));
    }

    @Test
    void hostClockThatIsSetTwiceBeforeAMeasurementIsFollowed() {
      scenario.setsClock(Duration.ofSeconds(20), true).pass(5).reads().pass(60).reads().pass(5);
      scenario.setsClock(Duration.ofSeconds(10), true).pass(5);
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(60).reads();

      assertThat(scenario.lastRestart().began()).isEqualTo(began);
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void hostClockThatIsSetWithoutAnEventIsFollowedAsMeasured(long by) {
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(10).setsClock(Duration.ofSeconds(by), false).pass(10);
      scenario.measures().pass(10).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().began()).isBetween(began.minusSeconds(15), began);
      assertThat(scenario.lastRestart().ended()).contains(began.plusSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void hostClockThatIsSetAndNotMeasuredMakesNoSecondOutage(long by) {
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scenario.setsClock(Duration.ofSeconds(by), false).pass(10).logs(MAIL, RUNNING);
      scenario.notifies(MAIL, RUNNING).pass(10).reads().pass(10).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(20));
    }

    @Test
    void hostClockThatWasSetBackBeforeTheFirstStartKeepsTheOrderOfTheLog() {
      WatchScenario fresh = new WatchScenario();
      fresh.expectEvents();
      fresh.logs(MAIL, STOPPED).pass(60).logs(MAIL, RUNNING).pass(60);
      fresh.setsClock(Duration.ofHours(-1), false);
      fresh.logs(MAIL, STOPPED).pass(60).logs(MAIL, RUNNING).pass(60);
      fresh.polls().measures().reads();

      assertThat(fresh.mail().totals().restarts()).isEqualTo(2);
      assertThat(fresh.mail().totals().restartTime()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void exporterClockThatIsSetMovesTheOpenOutageAndNoSettledOne(long by) {
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(5).notifies(MAIL, RUNNING);
      scenario.logs(MAIL, RUNNING).pass(5).reads();
      Outage settled = scenario.lastRestart();
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scenario.setsOwnClock(Duration.ofSeconds(by)).pass(10);
      scenario
          .notifies(MAIL, RUNNING)
          .logs(MAIL, RUNNING)
          .pass(5)
          .reads()
          .measures()
          .pass(5)
          .reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
      assertThat(scenario.lastRestart().began()).isEqualTo(began.plusSeconds(by));
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(20));
      assertThat(scenario.outages()).contains(settled);
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void exporterClockThatWasSetBackBetweenTwoRunsHidesNothing() {
      scenario.notifies(MAIL, STOPPED).pass(1).setsOwnClock(Duration.ofHours(-2)).restarts(true);
      scenario.pass(5).polls(MAIL, RUNNING).pass(1).polls();

      assertThat(scenario.mail().outageStart()).isEmpty();
      assertThat(scenario.mail().status().orElseThrow().state()).isEqualTo(RUNNING);
      assertThat(scenario.mail().lastRestart()).isPresent();
    }
  }

  @Nested
  class StartModes {
    @Test
    void startModeThatWasAutomaticIsDowngradedUntilItIsAgain() {
      scenario.pass(60);
      scenario.mode = StartMode.MANUAL;
      scenario.polls();
      assertThat(scenario.mail().downgraded()).contains(scenario.now());
      scenario.pass(60).restarts(true).polls();
      assertThat(scenario.mail().downgraded()).contains(scenario.now().minusSeconds(60));
      scenario.mode = StartMode.DELAYED_AUTO;
      scenario.polls();
      assertThat(scenario.mail().downgraded()).isEmpty();
    }

    @Test
    void startModeThatWasNeverAutomaticIsNotDowngraded() {
      WatchScenario fresh = new WatchScenario();
      fresh.mode = StartMode.DISABLED;
      fresh.polls();

      assertThat(fresh.mail().downgraded()).isEmpty();
    }

    @Test
    void startModeThatChangedBetweenTwoRunsIsDatedByTheLog() {
      scenario.pass(3600);
      Instant changed = scenario.now();
      scenario.event(
          7040, new Meaning.StartModeChanged(new Meaning.Named(MAIL, true), "automatisch"));
      scenario.mode = StartMode.DISABLED;
      scenario.pass(3600).restarts(true).polls().measures().reads();

      assertThat(scenario.mail().downgraded()).contains(changed);
      assertThat(scenario.history(ADMIN).downgraded()).contains(scenario.now());
    }
  }

  @Nested
  class Facts {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void factsReplayToTheSameStateWithASummaryAtAnyPlace(long seed) {
      Random random = new Random(seed);
      live(random, true);
      List<ServiceFact> all = summary(scenario.facts);
      assertThat(all).isEqualTo(scenario.state.serviceSummary());
      for (int i = 0; i < 20; i++) {
        int cut = random.nextInt(scenario.facts.size());
        List<Fact> compacted = new ArrayList<>(summary(scenario.facts.subList(0, cut)));
        compacted.addAll(scenario.facts.subList(cut, scenario.facts.size()));
        assertThat(summary(compacted)).isEqualTo(all);
      }
    }

    /** As when a file is put together from two, which overlap. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void factsThatAreToldAgainCountOnce(long seed) {
      Random random = new Random(seed);
      live(random, true);
      List<Fact> once = scenario.facts;
      List<ServiceFact> all = summary(once);
      List<Fact> each = new ArrayList<>();
      once.forEach(fact -> each.addAll(List.of(fact, fact)));
      assertThat(summary(each)).as("each twice").isEqualTo(all);
      for (int i = 0; i < 20; i++) {
        int cut = random.nextInt(once.size());
        List<ServiceFact> compacted = summary(once.subList(0, cut));
        List<Fact> later = once.subList(cut, once.size());
        List<Fact> joined = join(once.subList(0, cut), join(compacted, later));
        assertThat(summary(joined)).as("the former file, then a summary at %d", cut).isEqualTo(all);
        assertThat(outages(summary(join(joined, join(compacted, later)))))
            .as("both, and the summary again at %d", cut)
            .isEqualTo(outages(all));
      }
      assertThat(outages(summary(join(once, once)))).as("all twice").isEqualTo(outages(all));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderOfFactsChangesNoCount(long seed) {
      Random random = new Random(seed);
      live(random, true);
      List<Fact> shuffled = new ArrayList<>(scenario.facts);
      List<ServiceFact> all = summary(shuffled);
      Collections.shuffle(shuffled, random);

      assertThat(restarts(summary(shuffled))).isEqualTo(restarts(all));
      assertThat(outages(summary(shuffled))).containsExactlyInAnyOrderElementsOf(outages(all));
    }

    private static List<Fact> join(List<? extends Fact> first, List<? extends Fact> then) {
      List<Fact> joined = new ArrayList<>(first);
      joined.addAll(then);
      return joined;
    }

    private static List<Outage> outages(List<ServiceFact> facts) {
      return ObservedState.of(facts, ServiceFact.OutageSettled.class).stream()
          .map(ServiceFact.OutageSettled::outage)
          .toList();
    }

    private static List<Long> restarts(List<ServiceFact> facts) {
      return ObservedState.of(facts, ServiceFact.ServiceTotals.class).stream()
          .map(ServiceFact.ServiceTotals::restarts)
          .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void outagesOfTheLogAreCountedWithAnyOtherSource(long seed) {
      int outages = live(new Random(seed), false);
      scenario.restarts(false).polls().measures().pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(outages);
    }

    /** Makes outages that random sources report, and returns how many. */
    private int live(Random random, boolean logFails) {
      int outages = 0;
      for (int i = 0; i < 60; i++) {
        boolean notified = random.nextBoolean();
        scenario.pass(random.nextInt(1, 400) / 10.0);
        change(random, notified, STOP_PENDING, false);
        change(random, notified, STOPPED, true);
        if (random.nextInt(5) == 0) {
          scenario.orders(MAIL, Control.START, USER);
        }
        change(random, notified, START_PENDING, false);
        change(random, notified, RUNNING, true);
        outages++;
        chance(random, logFails);
      }
      scenario.pass(30).polls().reads();
      return outages;
    }

    private void change(
        Random random, boolean notified, dev.imfexporter.access.ServiceState to, boolean logged) {
      scenario.pass(random.nextInt(1, 200) / 10.0).is(MAIL, to);
      if (logged) {
        scenario.logs(MAIL, to);
      }
      if (notified) {
        scenario.notifies(MAIL, to);
      }
      if (random.nextInt(3) == 0) {
        scenario.pass(random.nextInt(30) / 10.0).polls();
      }
      if (random.nextInt(6) == 0) {
        scenario.reads();
      }
    }

    private void chance(Random random, boolean logFails) {
      switch (random.nextInt(logFails ? 0 : 1, 8)) {
        case 3 -> scenario.restarts(random.nextBoolean()).polls().measures().reads();
        case 1 -> scenario.setsOwnClock(Duration.ofSeconds(random.nextInt(-900, 900))).polls();
        case 2 -> scenario.setsClock(Duration.ofSeconds(random.nextInt(-900, 900)), true);
        case 0 -> scenario.cannotReadEvents();
        default -> scenario.pass(60).polls().measures().reads();
      }
    }

    private static List<ServiceFact> summary(List<? extends Fact> facts) {
      return ObservedState.begin(true, new ArrayList<>(facts), new TestTime().now())
          .serviceSummary();
    }
  }
}
