package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.LedgerScene.ADMIN;
import static dev.imfexporter.watch.LedgerScene.MAIL;
import static dev.imfexporter.watch.LedgerScene.SYSTEM;
import static dev.imfexporter.watch.LedgerScene.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Control;
import dev.imfexporter.reading.Meaning.Failure;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastingLedgerTest {
  private final LedgerScene scene = LedgerScene.watched();

  @Nested
  class Absence {
    @Test
    void missedOutagesAreFoundInTheLog() {
      scene.pass(600);
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(300).logs(MAIL, RUNNING).pass(600);
      scene.restarts(true).polls().measures().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().total()).contains(Duration.ofMinutes(5));
      assertThat(scene.lastRestart().sources()).containsExactly(Source.EVENT);
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void openOutageGoesOnIfNothingRanInBetween() {
      Instant began = scene.now();
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads().pass(3600);
      scene.restarts(true).polls().measures().reads();
      assertThat(scene.mail().outageStart()).contains(began);
      scene.pass(60).logs(MAIL, RUNNING).polls(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(3663));
    }

    @Test
    void openOutageThatEndedAndAnotherThatBeganAreTwo() {
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads().pass(600);
      scene.logs(MAIL, RUNNING).pass(600);
      Instant second = scene.now();
      scene.logs(MAIL, STOPPED).pass(600).restarts(true).polls().measures().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.mail().outageStart()).contains(second);
    }

    @Test
    void outageOfWhichNobodyKnowsTheBeginBeganWhenItWasFound() {
      scene.pass(3600).is(MAIL, STOPPED).restarts(true);
      scene.cannotReadEvents();
      scene.polls();

      assertThat(scene.mail().outageStart()).contains(scene.now());
    }

    @Test
    void outageThatTheLogDatesBeganThen() {
      scene.pass(60);
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(3600).restarts(true).polls();
      assertThat(scene.mail().outageStart()).contains(scene.now());
      scene.measures().reads();

      assertThat(scene.mail().outageStart()).contains(began);
    }

    @Test
    void firstStartEverKnowsWhatTheLogKnows() {
      LedgerScene fresh = new LedgerScene();
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
    void firstStartInTheMiddleOfAnOutageKnowsWhenItBegan() {
      LedgerScene fresh = new LedgerScene();
      fresh.expectEvents();
      Instant began = fresh.now();
      fresh.logs(MAIL, STOPPED).pass(600).polls().measures().reads();

      assertThat(fresh.mail().outageStart()).contains(began);
      assertThat(fresh.mail().leftStopped()).isTrue();
    }

    /** What is remembered of a hundred outages that are settled leaves room to wait for the log. */
    @Test
    void openOutageWaitsForTheLogHoweverManyWereBefore() {
      for (int i = 0; i < 100; i++) {
        scene.notifies(MAIL, STOP_PENDING).pass(1).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
        scene.pass(1).notifies(MAIL, START_PENDING).pass(1);
        scene.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(5).reads();
      }
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(1).reads();
      scene.pass(2).logs(MAIL, RUNNING).pass(10).logs(MAIL, STOPPED).pass(2).logs(MAIL, RUNNING);
      scene.pass(10).restarts(true).polls().pass(1);
      assertThat(scene.mail().totals().restarts()).isEqualTo(100);
      scene.measures().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(102);
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(2));
    }

    @Test
    void openOutageEndedWhenTheLogSaysAndNotWhenItWasFoundEnded() {
      Instant began = scene.now();
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(3).reads();
      scene.pass(7).logs(MAIL, RUNNING).pass(1.5).restarts(true).notifies(MAIL, RUNNING);
      scene.polls().measures().pass(3).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().ended()).contains(began.plusSeconds(10));
    }

    @Test
    void killInTheMiddleOfAnOutageLosesNoPhase() {
      scene.notifies(MAIL, STOP_PENDING).pass(2).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
      scene.pass(1).restarts(true).polls().measures().pass(1).reads();
      scene.pass(1).notifies(MAIL, START_PENDING).pass(4).notifies(MAIL, RUNNING);
      scene.logs(MAIL, RUNNING).pass(3).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().phases())
          .containsEntry(Phase.STOP, Duration.ofSeconds(2))
          .containsEntry(Phase.DOWN, Duration.ofSeconds(3))
          .containsEntry(Phase.START, Duration.ofSeconds(4));
    }

    @Test
    void recordsThatAreReadAgainCountOnce() {
      scene.logs(MAIL, STOPPED).fails(MAIL, 7034, Failure.TERMINATED).pass(5);
      scene.logs(MAIL, RUNNING).pass(60).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5);
      scene.reads().restarts(false).polls().measures().reads().restarts(false).polls().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void sameNumbersInALogThatWasClearedAreOtherRecords() {
      scene.clearsLog().logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();
      scene.clearsLog().logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void serviceThatWasSeenToRunIsLeftStoppedAfterRestartsAndBoots() {
      scene.mode = StartMode.MANUAL;
      scene.polls().shutsDown().pass(60).boots();
      scene.is(MAIL, new ServiceStatus(STOPPED, 1077, 0, 0));
      scene.restarts(true).polls().measures().pass(60).reads().polls();
      assertThat(scene.mail().leftStopped()).isTrue();
      assertThat(scene.history(ADMIN).leftStopped()).isFalse();
      scene.mode = StartMode.DISABLED;
      scene.polls();
      assertThat(scene.mail().leftStopped()).isFalse();
    }
  }

  @Nested
  class Boots {
    @Test
    void areImpliedStopsAndNoCrashes() {
      Instant down = scene.now();
      scene.shutsDown().pass(90).boots().pass(30).logs(MAIL, RUNNING).logs(ADMIN, RUNNING).pass(10);
      scene.restarts(true).polls().measures().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().began()).isEqualTo(down);
      assertThat(scene.lastRestart().total()).contains(Duration.ofMinutes(2));
      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.BOOT);
      assertThat(scene.lastRestart().shutdown()).isTrue();
      assertThat(scene.lastRestart().crash()).isFalse();
      assertThat(scene.state.boots()).containsExactly(new Boot(down, down.plusSeconds(90), true));
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void ofAHostThatIsPolledFromElsewhereCountOnce() {
      scene.shutsDown().pass(90).boots().is(MAIL, START_PENDING).pass(5).polls().pass(20);
      scene.logs(MAIL, RUNNING).pass(10).polls().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().shutdown()).isTrue();
    }

    @Test
    void withoutAnOrderlyShutdownBeganWhenTheHostLastAnswered() {
      scene.pass(30).polls();
      Instant last = scene.now();
      scene.pass(600).boots().event(6008, new Meaning.ShutDown(false)).pass(20);
      scene.logs(MAIL, RUNNING).pass(5).reads().polls();

      assertThat(scene.state.boots()).hasSize(1);
      assertThat(scene.state.boots().get(0).orderly()).isFalse();
      assertThat(scene.lastRestart().began()).isEqualTo(last);
      assertThat(scene.lastRestart().crash()).isFalse();
    }

    @Test
    void leaveAnOutageOpenForWhatDoesNotComeUp() {
      Instant down = scene.now();
      scene.shutsDown().pass(60).boots().is(MAIL, new ServiceStatus(STOPPED, 1077, 0, 0)).pass(60);
      scene.logs(ADMIN, RUNNING).restarts(true).polls().measures().pass(5).reads();

      assertThat(scene.mail().outageStart()).contains(down);
      assertThat(scene.mail().leftStopped()).isTrue();
      assertThat(scene.history(ADMIN).outageStart()).isEmpty();
    }

    @Test
    void thatFollowOneAnotherAreTwo() {
      scene.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(100);
      scene.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(30).polls().reads();

      assertThat(scene.state.boots()).hasSize(2);
      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void withoutShutdownThatFollowOneAnotherAreTwo() {
      scene.boots().pass(20).logs(MAIL, RUNNING).pass(100).boots().pass(20).logs(MAIL, RUNNING);
      scene.pass(30).polls().reads();

      assertThat(scene.state.boots()).hasSize(2);
    }

    @Test
    void thatAreReadAgainCountOnce() {
      scene.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(100);
      scene.shutsDown().pass(60).boots().pass(20).logs(MAIL, RUNNING).pass(30).polls().reads();
      scene.restarts(false).polls().measures().reads();

      assertThat(scene.state.boots()).hasSize(2);
      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }
  }

  @Nested
  class StartedBySomebody {
    @Test
    void administratorByAnOrderOfAUser() {
      scene.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, USER).pass(3);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.ADMINISTRATOR);
    }

    @Test
    void nobodyByAnOrderOfTheSystem() {
      scene.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, SYSTEM).pass(3);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void nobodyByAnOrderThatFailed() {
      scene.logs(MAIL, STOPPED).pass(100).orders(MAIL, Control.START, USER).pass(3);
      scene.notifies(MAIL, START_PENDING).pass(20).notifies(MAIL, STOPPED).pass(60);
      scene.notifies(MAIL, START_PENDING).pass(3).notifies(MAIL, RUNNING);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void recoveryActionThatWasAnnounced() {
      scene.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).pass(60);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.RECOVERY_ACTION);
      assertThat(scene.lastRestart().crash()).isTrue();
    }

    @Test
    void nobodyLongAfterARecoveryActionWasAnnounced() {
      scene.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).pass(7200);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
    }

    @Test
    void orderToStopTellsWhenThePhaseBegan() {
      Instant began = scene.now();
      scene.orders(MAIL, Control.STOP, USER).pass(8).logs(MAIL, STOPPED).pass(20);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().phases()).containsOnlyKeys(Phase.STOP);
      assertThat(scene.lastRestart().phases()).containsEntry(Phase.STOP, Duration.ofSeconds(8));
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(28));
    }

    @Test
    void orderToStopThatNobodyObeyedIsNoOutage() {
      scene.orders(MAIL, Control.STOP, USER).pass(700).reads();
      assertThat(scene.outages()).isEmpty();
      scene.fails(MAIL, 7034, Failure.TERMINATED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().phases()).isEmpty();
      assertThat(scene.lastRestart().crash()).isTrue();
    }
  }

  @Nested
  class Clocks {
    @ParameterizedTest
    @ValueSource(longs = {40, -40, 7 * 3600, -9 * 3600})
    void ofAHostThatAreWrongAreCorrected(long ahead) {
      LedgerScene off = new LedgerScene();
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
    void ofAHostThatAreSetInTheMiddleAndSaidToBeAreFollowed(long by) {
      Instant began = scene.now();
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scene.setsClock(Duration.ofSeconds(by), true).pass(10).logs(MAIL, RUNNING);
      scene.notifies(MAIL, RUNNING).pass(100);
      Instant second = scene.now();
      scene.logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
      assertThat(scene.outages().get(1).began()).isEqualTo(began);
      assertThat(scene.outages().get(1).total()).contains(Duration.ofSeconds(20));
      assertThat(scene.lastRestart().began()).isEqualTo(second);
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {40, -40, 3600, -3600})
    void ofAHostThatAreSetAndMeasuredBeforeTheLogIsReadAreFollowed(long by) {
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(10).setsClock(Duration.ofSeconds(by), true).pass(10);
      scene.measures().pass(10).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(30));
    }

    @Test
    void ofAHostThatAreSetTwiceBeforeTheyAreMeasuredAgainAreFollowed() {
      scene.setsClock(Duration.ofSeconds(20), true).pass(5).reads().pass(60).reads().pass(5);
      scene.setsClock(Duration.ofSeconds(10), true).pass(5);
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(60).reads();

      assertThat(scene.lastRestart().began()).isEqualTo(began);
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void ofAHostThatAreSetWithoutAWordAreFollowedAsMeasured(long by) {
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(10).setsClock(Duration.ofSeconds(by), false).pass(10);
      scene.measures().pass(10).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().began()).isBetween(began.minusSeconds(15), began);
      assertThat(scene.lastRestart().ended()).contains(began.plusSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600})
    void ofAHostThatNobodyMeasuredAgainDoNotMakeTwoOutagesOfOne(long by) {
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scene.setsClock(Duration.ofSeconds(by), false).pass(10).logs(MAIL, RUNNING);
      scene.notifies(MAIL, RUNNING).pass(10).reads().pass(10).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(20));
    }

    @Test
    void ofAHostThatWereSetBackInTheLookBackKeepTheOrderOfTheLog() {
      LedgerScene fresh = new LedgerScene();
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
    void ofTheExporterThatAreSetMoveWhatIsOpenAndNotWhatIsSettled(long by) {
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(5).notifies(MAIL, RUNNING);
      scene.logs(MAIL, RUNNING).pass(5).reads();
      Outage settled = scene.lastRestart();
      Instant began = scene.now();
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(10);
      scene.setsOwnClock(Duration.ofSeconds(by)).pass(10);
      scene.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(5).reads().measures().pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
      assertThat(scene.lastRestart().began()).isEqualTo(began.plusSeconds(by));
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(20));
      assertThat(scene.outages()).contains(settled);
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void ofTheExporterThatWereSetBackWhileItWasAwayHideNothing() {
      scene.notifies(MAIL, STOPPED).pass(1).setsOwnClock(Duration.ofHours(-2)).restarts(true);
      scene.pass(5).polls(MAIL, RUNNING).pass(1).polls();

      assertThat(scene.mail().outageStart()).isEmpty();
      assertThat(scene.mail().status().orElseThrow().state()).isEqualTo(RUNNING);
      assertThat(scene.mail().lastRestart()).isPresent();
    }
  }

  @Nested
  class StartModes {
    @Test
    void thatWereAutomaticAreMissedUntilTheyAreAgain() {
      scene.pass(60);
      scene.mode = StartMode.MANUAL;
      scene.polls();
      assertThat(scene.mail().downgraded()).contains(scene.now());
      scene.pass(60).restarts(true).polls();
      assertThat(scene.mail().downgraded()).contains(scene.now().minusSeconds(60));
      scene.mode = StartMode.DELAYED_AUTO;
      scene.polls();
      assertThat(scene.mail().downgraded()).isEmpty();
    }

    @Test
    void thatWereNeverSeenAutomaticAreNotMissed() {
      LedgerScene fresh = new LedgerScene();
      fresh.mode = StartMode.DISABLED;
      fresh.polls();

      assertThat(fresh.mail().downgraded()).isEmpty();
    }

    @Test
    void thatChangedWhileTheExporterWasAwayAreDatedByTheLog() {
      scene.pass(3600);
      Instant changed = scene.now();
      scene.event(7040, new Meaning.StartModeChanged(new Meaning.Named(MAIL, true), "automatisch"));
      scene.mode = StartMode.DISABLED;
      scene.pass(3600).restarts(true).polls().measures().reads();

      assertThat(scene.mail().downgraded()).contains(changed);
      assertThat(scene.history(ADMIN).downgraded()).contains(scene.now());
    }
  }

  @Nested
  class Facts {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void makeTheSameLedgerWhereverTheyAreSummedUp(long seed) {
      Random random = new Random(seed);
      live(random, true);
      List<ServiceFact> all = summary(scene.facts);
      assertThat(all).isEqualTo(scene.state.serviceSummary());
      for (int i = 0; i < 20; i++) {
        int cut = random.nextInt(scene.facts.size());
        List<Fact> compacted = new ArrayList<>(summary(scene.facts.subList(0, cut)));
        compacted.addAll(scene.facts.subList(cut, scene.facts.size()));
        assertThat(summary(compacted)).isEqualTo(all);
      }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void countWhatTheLogHasWhoeverElseSawIt(long seed) {
      int outages = live(new Random(seed), false);
      scene.restarts(false).polls().measures().pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(outages);
    }

    /** Some outages, seen by whom chance will; how many there were. */
    private int live(Random random, boolean logFails) {
      int outages = 0;
      for (int i = 0; i < 60; i++) {
        boolean notified = random.nextBoolean();
        scene.pass(random.nextInt(1, 400) / 10.0);
        change(random, notified, STOP_PENDING, false);
        change(random, notified, STOPPED, true);
        if (random.nextInt(5) == 0) {
          scene.orders(MAIL, Control.START, USER);
        }
        change(random, notified, START_PENDING, false);
        change(random, notified, RUNNING, true);
        outages++;
        chance(random, logFails);
      }
      scene.pass(30).polls().reads();
      return outages;
    }

    private void change(
        Random random, boolean notified, dev.imfexporter.access.ServiceState to, boolean logged) {
      scene.pass(random.nextInt(1, 200) / 10.0).is(MAIL, to);
      if (logged) {
        scene.logs(MAIL, to);
      }
      if (notified) {
        scene.notifies(MAIL, to);
      }
      if (random.nextInt(3) == 0) {
        scene.pass(random.nextInt(30) / 10.0).polls();
      }
      if (random.nextInt(6) == 0) {
        scene.reads();
      }
    }

    private void chance(Random random, boolean logFails) {
      switch (random.nextInt(logFails ? 0 : 1, 8)) {
        case 3 -> scene.restarts(random.nextBoolean()).polls().measures().reads();
        case 1 -> scene.setsOwnClock(Duration.ofSeconds(random.nextInt(-900, 900))).polls();
        case 2 -> scene.setsClock(Duration.ofSeconds(random.nextInt(-900, 900)), true);
        case 0 -> scene.cannotReadEvents();
        default -> scene.pass(60).polls().measures().reads();
      }
    }

    private static List<ServiceFact> summary(List<? extends Fact> facts) {
      return ObservedState.begin(true, new ArrayList<>(facts), new TestTime().now())
          .serviceSummary();
    }
  }
}
