package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.LedgerScene.ADMIN;
import static dev.imfexporter.watch.LedgerScene.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Failure;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MergedWitnessesTest {
  private final LedgerScene scene = LedgerScene.watched();

  @Nested
  class OneOutage {
    @Test
    void seenThreeWaysCountsOnce() {
      scene.polls(MAIL, STOPPED).pass(0.3).notifies(MAIL, STOPPED);
      scene.logs(MAIL, STOPPED).pass(20);
      scene.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(0.5).polls().pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.outages()).hasSize(1);
      assertThat(scene.lastRestart().sources())
          .containsExactlyInAnyOrder(Source.EVENT, Source.NOTIFICATION, Source.POLL);
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void hasThePhasesThatNotificationsSawAndTheirTimes() {
      scene.pass(0.7);
      Instant began = scene.now();
      scene.notifies(MAIL, STOP_PENDING).pass(3.2).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
      scene.pass(4.1).notifies(MAIL, START_PENDING).pass(5.5).notifies(MAIL, RUNNING);
      scene.logs(MAIL, RUNNING).pass(3).reads();

      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().total()).contains(Duration.ofMillis(12_800));
      assertThat(scene.lastRestart().phases())
          .isEqualTo(
              Map.of(
                  Phase.STOP, Duration.ofMillis(3200),
                  Phase.DOWN, Duration.ofMillis(4100),
                  Phase.START, Duration.ofMillis(5500)));
    }

    @Test
    void thatEventsTellMorePreciselyThanPollsHasTheirTimes() {
      scene.polls().pass(5);
      Instant began = scene.now();
      scene.logs(MAIL, STOPPED).pass(10).polls();
      assertThat(scene.mail().outageStart()).contains(scene.now());
      scene.pass(7).logs(MAIL, RUNNING).pass(8).polls();
      assertThat(scene.lastRestart().ended()).contains(began.plusSeconds(25));
      scene.pass(1).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().ended()).contains(began.plusSeconds(17));
      assertThat(scene.lastRestart().phases()).isEmpty();
      assertThat(scene.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void whoseEventsOvertakeTheNotificationsCountsOnce() {
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(2).logs(MAIL, RUNNING).reads();
      scene.pass(0.2).notifies(MAIL, START_PENDING).pass(0.05).notifies(MAIL, RUNNING);
      scene.pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.mail().outageStart()).isEmpty();
    }

    @Test
    void thatOnlyEventsToldIsFound() {
      scene.polls().pass(1).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(9).polls();
      assertThat(scene.mail().totals().restarts()).isZero();
      scene.reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().sources()).containsExactly(Source.EVENT);
      assertThat(scene.lastRestart().total()).contains(Duration.ofSeconds(5));
    }

    @Test
    void whoseCrashHasTwoEventsCountsOnceAndIsACrash() {
      scene.logs(MAIL, STOPPED).fails(MAIL, 7034, Failure.TERMINATED).pass(5);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().crash()).isTrue();
      assertThat(scene.mail().lastCrash()).contains(scene.lastRestart().began());
    }

    @Test
    void whoseStopTheLogHasOnlyAs7034IsFound() {
      scene.fails(MAIL, 7034, Failure.TERMINATED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart().crash()).isTrue();
    }

    @Test
    void whoseServiceWasOrderedToStopIsNoCrashWhateverItReported() {
      scene.notifies(MAIL, STOP_PENDING).pass(20).notifies(MAIL, STOPPED);
      scene.fails(MAIL, 7034, Failure.TERMINATED).pass(1).notifies(MAIL, RUNNING);
      scene.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scene.lastRestart().crash()).isFalse();
      assertThat(scene.mail().lastCrash()).isEmpty();
    }

    @Test
    void whoseProcessDiedByItsExitCodeIsACrash() {
      scene.is(MAIL, new ServiceStatus(STOPPED, 1067, 0, 0)).polls();

      assertThat(scene.mail().lastCrash()).isPresent();
    }

    @Test
    void hasItsStoppedBehindItsStopPendingWithinTheSecondOfTheEvent() {
      scene.pass(0.5).notifies(MAIL, STOP_PENDING).logs(MAIL, STOPPED).pass(0.3);
      scene.notifies(MAIL, START_PENDING).pass(4).notifies(MAIL, RUNNING).logs(MAIL, RUNNING);
      scene.pass(4).reads();

      assertThat(scene.lastRestart().phases())
          .containsKeys(Phase.DOWN, Phase.START)
          .doesNotContainValue(Duration.ZERO);
    }
  }

  @Nested
  class SeveralOutages {
    @Test
    void withinOnePollIntervalAreTold() {
      scene.polls().pass(1);
      flap(3, 2);
      scene.pass(5).polls().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(3);
    }

    @Test
    void ofWhichAPollSawOneAreTold() {
      scene.polls().pass(1).logs(MAIL, STOPPED).pass(1).logs(MAIL, RUNNING).pass(1);
      Instant second = scene.now();
      scene.logs(MAIL, STOPPED).pass(9).polls();
      scene.pass(5).logs(MAIL, RUNNING).pass(6).polls().reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
      assertThat(scene.lastRestart().began()).isEqualTo(second);
      assertThat(scene.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void fasterThanTwoSecondsCountRightByNotificationsAndEvents() {
      for (int i = 0; i < 5; i++) {
        scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(0.3);
        scene.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(0.4);
      }
      scene.pass(3).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(5);
      assertThat(scene.mail().totals().restartTime()).isEqualTo(Duration.ofMillis(1500));
      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void fasterThanNotificationsCanFollowCountByTheLog() {
      scene.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).logs(MAIL, RUNNING).pass(0.5);
      scene.logs(MAIL, STOPPED).pass(1).notifies(MAIL, RUNNING).logs(MAIL, RUNNING);
      scene.pass(3).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void ofTwoServicesDoNotMix() {
      scene.logs(ADMIN, STOPPED).logs(MAIL, STOPPED).pass(3).logs(ADMIN, RUNNING).pass(2);
      scene.logs(MAIL, RUNNING).pass(5).reads().polls();

      assertThat(scene.history(ADMIN).totals().restartTime()).isEqualTo(Duration.ofSeconds(3));
      assertThat(scene.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withinAQuarterOfAnHourAreRecent() {
      flap(3, 60);
      assertThat(scene.mail().recentOutages()).isZero();
      scene.reads();
      assertThat(scene.mail().recentOutages()).isEqualTo(3);
      scene.pass(600);
      assertThat(scene.mail().recentOutages()).isEqualTo(2);
    }
  }

  @Nested
  class Settling {
    @Test
    void waitsForTheLogAndHappensOnce() {
      restart(5);
      scene.pass(1).reads();
      assertThat(scene.mail().lastRestart()).isPresent();
      assertThat(scene.mail().totals().restarts()).isZero();
      scene.pass(2).reads().pass(60).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.facts).filteredOn(f -> f instanceof ServiceFact.OutageSettled).hasSize(1);
    }

    @Test
    void doesNotWaitForALogThatWasNeverRead() {
      LedgerScene fresh = new LedgerScene();
      fresh.expectEvents();
      fresh.cannotReadEvents();
      fresh.polls().pass(5).polls(MAIL, STOPPED).pass(5).polls(MAIL, RUNNING);

      assertThat(fresh.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void doesNotWaitLongForALogThatCannotBeReadAnyMore() {
      scene.cannotReadEvents();
      restart(5);
      assertThat(scene.mail().totals().restarts()).isZero();
      scene.pass(30).ticks();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void doesNotWaitForeverForTheFirstReading() {
      LedgerScene fresh = new LedgerScene();
      fresh.expectEvents();
      fresh.polls().pass(5).polls(MAIL, STOPPED).pass(5).polls(MAIL, RUNNING).pass(299);
      fresh.ticks();
      assertThat(fresh.mail().totals().restarts()).isZero();
      fresh.pass(1);
      fresh.ticks();

      assertThat(fresh.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void makesAnOutageFinalWhateverTheLogTellsLater() {
      scene.cannotReadEvents();
      scene.polls().pass(5).logs(MAIL, STOPPED).pass(10).polls();
      scene.pass(5).logs(MAIL, RUNNING).pass(10).polls();
      scene.pass(30).ticks();
      Outage settled = scene.lastRestart();
      scene.pass(60).reads().pass(60).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.lastRestart()).isEqualTo(settled);
      assertThat(scene.mail().totals().restartTime()).isEqualTo(settled.total().orElseThrow());
      assertThat(scene.outages()).containsExactly(settled);
    }

    @Test
    void countsWhatTheLogHadBeforeItCouldNotBeRead() {
      scene.cannotReadEvents();
      scene.polls().pass(1);
      flap(2, 2);
      scene.pass(10).polls().pass(60).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void ofManyOutagesInOneReadingLosesNone() {
      flap(700, 2);
      scene.pass(3).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(700);
      assertThat(scene.outages()).hasSize(500);
    }

    @Test
    void ofAnOutageWithEndlessAttemptsKeepsItsBegin() {
      Instant began = scene.now();
      scene.notifies(MAIL, STOP_PENDING).pass(1).notifies(MAIL, STOPPED);
      for (int i = 0; i < 1000; i++) {
        scene.pass(20).notifies(MAIL, START_PENDING).pass(10).notifies(MAIL, STOPPED);
      }
      scene.pass(20).notifies(MAIL, START_PENDING).pass(3).notifies(MAIL, RUNNING);

      assertThat(scene.lastRestart().began()).isEqualTo(began);
      assertThat(scene.lastRestart().phases())
          .isEqualTo(
              Map.of(
                  Phase.STOP, Duration.ofSeconds(1),
                  Phase.DOWN, Duration.ofSeconds(30_020),
                  Phase.START, Duration.ofSeconds(3)));
    }
  }

  @Nested
  class Disagreements {
    @Test
    void countTransitionsThatTheLogDoesNotHave() {
      restart(5);
      scene.pass(5).reads().pass(60).reads();

      assertThat(scene.mail().totals().restarts()).isEqualTo(1);
      assertThat(scene.mail().totals().disagreements()).isEqualTo(2);
      assertThat(scene.history(ADMIN).totals().disagreements()).isZero();
    }

    @Test
    void countTransitionsThatTheHostShouldHaveReported() {
      scene.reports = true;
      scene.polls().pass(10).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();
      scene.pass(60).reads();

      assertThat(scene.mail().totals().disagreements()).isEqualTo(2);
    }

    @Test
    void countAPollAgainstTheNotifications() {
      scene.reports = true;
      scene.polls().pass(15).polls(MAIL, STOPPED).pass(3).polls();
      scene.reports = false;
      scene.cannotReadEvents();

      assertThat(scene.mail().outageStart()).isPresent();
      assertThat(scene.mail().totals().disagreements()).isEqualTo(1);
    }

    @Test
    void doNotCountShortOutagesBetweenPolls() {
      scene.polls().pass(1).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(9).polls();
      scene.pass(5).reads();

      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void doNotCountWhatTheLogCannotHave() {
      scene.clearsLog();
      restart(5);
      scene.reads().pass(5).reads();

      assertThat(scene.mail().totals().disagreements()).isZero();
    }

    @Test
    void outlastTheProgramAndAreCountedOnce() {
      restart(5);
      scene.pass(5).reads().restarts(true).polls().measures().pass(5).reads().pass(5).reads();

      assertThat(scene.mail().totals().disagreements()).isEqualTo(2);
    }
  }

  @Nested
  class Words {
    @Test
    void thatNobodyKnowsAreCountedAndNotGuessed() {
      scene.logsWord(MAIL, "beendet").pass(5).reads();

      assertThat(scene.state.unrecognised(scene.time.now())).isEqualTo(1);
      assertThat(scene.outages()).isEmpty();
    }

    @Test
    void ofServicesThatAreNotWatchedAreIgnored() {
      scene.event(
          7036,
          new Meaning.Entered(
              new Meaning.Named("Google Updater", false), "beendet", Optional.empty()));
      scene.pass(5).reads();

      assertThat(scene.state.unrecognised(scene.time.now())).isZero();
    }
  }

  @Test
  void anOutageWithAllWitnessesCostsNoMoreThanAKibibyteOfFacts() {
    int before = scene.facts.size();
    scene.notifies(MAIL, STOP_PENDING).pass(3).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
    scene.pass(1).polls().pass(1).notifies(MAIL, START_PENDING).pass(5).polls();
    scene.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(3).polls().reads().pass(60).reads();

    assertThat(scene.mail().totals().restarts()).isEqualTo(1);
    List<ServiceFact> told =
        ObservedState.of(scene.facts.subList(before, scene.facts.size()), ServiceFact.class);
    assertThat(told).hasSizeLessThanOrEqualTo(8);
    assertThat(told.stream().mapToInt(MergedWitnessesTest::jsonSize).sum()).isLessThan(1024);
  }

  /** Of a line that leaves out what is empty. */
  private static int jsonSize(Fact fact) {
    if (fact instanceof ServiceFact.StateObserved seen) {
      String margin =
          seen.margin().filter(m -> !m.isZero()).map(m -> ",\"margin\":" + m).orElse("");
      String record =
          seen.record()
              .map(r -> ",\"record\":" + r.number() + ",\"written\":\"" + r.written() + "\"")
              .orElse("");
      return "{\"fact\":\"sighted\",\"service\":\"%s\",\"state\":\"%s\",\"witness\":\"%s\",\"at\":\"%s\"%s%s}\n"
          .formatted(
              seen.service(), seen.state().word(), seen.source().word(), seen.at(), margin, record)
          .length();
    }
    Outage outage = ((ServiceFact.OutageSettled) fact).outage();
    return ("{\"fact\":\"settled\",\"service\":\"%s\",\"began\":\"%s\",\"ended\":\"%s\",\"phases\":{%s},"
            + "\"witnesses\":[%s],\"started_by\":\"%s\"}\n")
        .formatted(
            outage.service(),
            outage.began(),
            outage.ended().orElseThrow(),
            outage.phases().entrySet().stream()
                .map(p -> "\"" + p.getKey().word() + "\":\"" + p.getValue() + "\"")
                .collect(Collectors.joining(",")),
            Stream.of(Source.values())
                .filter(outage.sources()::contains)
                .map(w -> "\"" + w.word() + "\"")
                .collect(Collectors.joining(",")),
            outage.startedBy().orElseThrow().word())
        .length();
  }

  /** Outages in the log of which no other witness knows. */
  private void flap(int times, int seconds) {
    for (int i = 0; i < times; i++) {
      scene.logs(MAIL, STOPPED).pass(seconds).logs(MAIL, RUNNING).pass(seconds);
    }
  }

  /** An outage in the polls of which the log does not know. */
  private void restart(int seconds) {
    scene.polls().pass(1).polls(MAIL, STOPPED).pass(seconds).polls(MAIL, RUNNING);
  }
}
