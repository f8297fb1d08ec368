package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.WatchScenario.ADMIN;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
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

class MergedSourcesTest {
  private final WatchScenario scenario = WatchScenario.watched();

  @Test
  void anotherStartModeInTheLogIsReadFromTheHostAtOnce() {
    scenario.event(7040, new Meaning.StartModeChanged(new Named(MAIL, true), "auto start"));
    assertThat(scenario.readsLog().readStartModes()).isTrue();
    assertThat(scenario.readsLog().readStartModes()).isFalse();
    scenario.event(7040, new Meaning.StartModeChanged(new Named("Spooler", true), "auto start"));
    assertThat(scenario.readsLog().readStartModes()).isFalse();
  }

  @Nested
  class OneOutage {
    @Test
    void outageReportedByThreeSourcesCountsOnce() {
      scenario.polls(MAIL, STOPPED).pass(0.3).notifies(MAIL, STOPPED);
      scenario.logs(MAIL, STOPPED).pass(20);
      scenario.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(0.5).polls().pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.outages()).hasSize(1);
      assertThat(scenario.lastRestart().sources())
          .containsExactlyInAnyOrder(Source.EVENT, Source.NOTIFICATION, Source.POLL);
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void notificationsGiveAnOutageItsPhasesAndTimes() {
      scenario.pass(0.7);
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOP_PENDING).pass(3.2).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
      scenario.pass(4.1).notifies(MAIL, START_PENDING).pass(5.5).notifies(MAIL, RUNNING);
      scenario.logs(MAIL, RUNNING).pass(3).reads();

      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofMillis(12_800));
      assertThat(scenario.lastRestart().phases())
          .isEqualTo(
              Map.of(
                  Phase.STOP, Duration.ofMillis(3200),
                  Phase.DOWN, Duration.ofMillis(4100),
                  Phase.START, Duration.ofMillis(5500)));
    }

    @Test
    void eventsCorrectTheTimesOfPolls() {
      scenario.polls().pass(5);
      Instant began = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(10).polls();
      assertThat(scenario.mail().outageStart()).contains(scenario.now());
      scenario.pass(7).logs(MAIL, RUNNING).pass(8).polls();
      assertThat(scenario.lastRestart().ended()).contains(began.plusSeconds(25));
      scenario.pass(1).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().ended()).contains(began.plusSeconds(17));
      assertThat(scenario.lastRestart().phases()).isEmpty();
      assertThat(scenario.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void outageCountsOnceWhenEventsArriveBeforeNotifications() {
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(2).logs(MAIL, RUNNING).reads();
      scenario.pass(0.2).notifies(MAIL, START_PENDING).pass(0.05).notifies(MAIL, RUNNING);
      scenario.pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.mail().outageStart()).isEmpty();
    }

    @Test
    void outageBetweenTwoPollsIsFoundByEvents() {
      scenario.polls().pass(1).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(9).polls();
      assertThat(scenario.mail().totals().restarts()).isZero();
      scenario.reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().sources()).containsExactly(Source.EVENT);
      assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(5));
    }

    @Test
    void crashWithTwoEventsCountsOnce() {
      scenario.logs(MAIL, STOPPED).fails(MAIL, 7034, Failure.TERMINATED).pass(5);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().crash()).isTrue();
      assertThat(scenario.mail().lastCrash()).contains(scenario.lastRestart().began());
    }

    @Test
    void crashThatTheLogHasOnlyAs7034IsFound() {
      scenario.fails(MAIL, 7034, Failure.TERMINATED).pass(5).logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart().crash()).isTrue();
    }

    @Test
    void controlledStopIsNoCrashWithAnyExitCode() {
      scenario.notifies(MAIL, STOP_PENDING).pass(20).notifies(MAIL, STOPPED);
      scenario.fails(MAIL, 7034, Failure.TERMINATED).pass(1).notifies(MAIL, RUNNING);
      scenario.logs(MAIL, RUNNING).pass(5).reads();

      assertThat(scenario.lastRestart().crash()).isFalse();
      assertThat(scenario.mail().lastCrash()).isEmpty();
    }

    @Test
    void exitCodeOfAnAbortedProcessIsACrash() {
      scenario.is(MAIL, new ServiceStatus(STOPPED, 1067, 0, 0)).polls();

      assertThat(scenario.mail().lastCrash()).isPresent();
    }

    @Test
    void stoppedEventIsPlacedBehindTheStopPendingOfItsSecond() {
      scenario.pass(0.5).notifies(MAIL, STOP_PENDING).logs(MAIL, STOPPED).pass(0.3);
      scenario.notifies(MAIL, START_PENDING).pass(4).notifies(MAIL, RUNNING).logs(MAIL, RUNNING);
      scenario.pass(4).reads();

      assertThat(scenario.lastRestart().phases())
          .containsKeys(Phase.DOWN, Phase.START)
          .doesNotContainValue(Duration.ZERO);
    }
  }

  @Nested
  class SeveralOutages {
    @Test
    void outagesWithinOnePollIntervalAreCounted() {
      scenario.polls().pass(1);
      flap(3, 2);
      scenario.pass(5).polls().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(3);
    }

    @Test
    void outagesOfWhichAPollObservedOneAreCounted() {
      scenario.polls().pass(1).logs(MAIL, STOPPED).pass(1).logs(MAIL, RUNNING).pass(1);
      Instant second = scenario.now();
      scenario.logs(MAIL, STOPPED).pass(9).polls();
      scenario.pass(5).logs(MAIL, RUNNING).pass(6).polls().reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
      assertThat(scenario.lastRestart().began()).isEqualTo(second);
      assertThat(scenario.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void outagesShorterThanTheToleranceAreCountedByNotificationsAndEvents() {
      for (int i = 0; i < 5; i++) {
        scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(0.3);
        scenario.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(0.4);
      }
      scenario.pass(3).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(5);
      assertThat(scenario.mail().totals().restartTime()).isEqualTo(Duration.ofMillis(1500));
      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void outagesTooShortForNotificationsAreCountedByEvents() {
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).logs(MAIL, RUNNING).pass(0.5);
      scenario.logs(MAIL, STOPPED).pass(1).notifies(MAIL, RUNNING).logs(MAIL, RUNNING);
      scenario.pass(3).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void outagesOfTwoServicesAreSeparate() {
      scenario.logs(ADMIN, STOPPED).logs(MAIL, STOPPED).pass(3).logs(ADMIN, RUNNING).pass(2);
      scenario.logs(MAIL, RUNNING).pass(5).reads().polls();

      assertThat(scenario.history(ADMIN).totals().restartTime()).isEqualTo(Duration.ofSeconds(3));
      assertThat(scenario.mail().totals().restartTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void outagesOfTheLastQuarterOfAnHourAreRecent() {
      flap(3, 60);
      assertThat(scenario.mail().recentOutages()).isZero();
      scenario.reads();
      assertThat(scenario.mail().recentOutages()).isEqualTo(3);
      scenario.pass(600);
      assertThat(scenario.mail().recentOutages()).isEqualTo(2);
    }
  }

  @Nested
  class Settling {
    @Test
    void outageSettlesOnceAfterItsEventsWereRead() {
      restart(5);
      scenario.pass(1).reads();
      assertThat(scenario.mail().lastRestart()).isPresent();
      assertThat(scenario.mail().totals().restarts()).isZero();
      scenario.pass(2).reads().pass(60).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.facts).filteredOn(f -> f instanceof ServiceFact.OutageSettled).hasSize(1);
    }

    @Test
    void outageSettlesAtOnceWhenTheLogWasNeverReadable() {
      WatchScenario fresh = new WatchScenario();
      fresh.expectEvents();
      fresh.cannotReadEvents();
      fresh.polls().pass(5).polls(MAIL, STOPPED).pass(5).polls(MAIL, RUNNING);

      assertThat(fresh.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void outageSettlesSoonWhenTheLogBecameUnreadable() {
      scenario.cannotReadEvents();
      restart(5);
      assertThat(scenario.mail().totals().restarts()).isZero();
      scenario.pass(30).ticks();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void outageSettlesWithoutTheFirstReadingOfTheLogAfterAWhile() {
      WatchScenario fresh = new WatchScenario();
      fresh.expectEvents();
      fresh.polls().pass(5).polls(MAIL, STOPPED).pass(5).polls(MAIL, RUNNING).pass(299);
      fresh.ticks();
      assertThat(fresh.mail().totals().restarts()).isZero();
      fresh.pass(1);
      fresh.ticks();

      assertThat(fresh.mail().totals().restarts()).isEqualTo(1);
    }

    @Test
    void laterEventsDoNotChangeASettledOutage() {
      scenario.cannotReadEvents();
      scenario.polls().pass(5).logs(MAIL, STOPPED).pass(10).polls();
      scenario.pass(5).logs(MAIL, RUNNING).pass(10).polls();
      scenario.pass(30).ticks();
      Outage settled = scenario.lastRestart();
      scenario.pass(60).reads().pass(60).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.lastRestart()).isEqualTo(settled);
      assertThat(scenario.mail().totals().restartTime()).isEqualTo(settled.total().orElseThrow());
      assertThat(scenario.outages()).containsExactly(settled);
    }

    @Test
    void outagesFromBeforeTheLogBecameUnreadableAreCountedLater() {
      scenario.cannotReadEvents();
      scenario.polls().pass(1);
      flap(2, 2);
      scenario.pass(10).polls().pass(60).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(2);
    }

    @Test
    void hundredsOfOutagesInOneReadingAreAllCounted() {
      flap(700, 2);
      scenario.pass(3).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(700);
      assertThat(scenario.outages()).hasSize(500);
    }

    @Test
    void outageWithAThousandStartAttemptsKeepsItsBegin() {
      Instant began = scenario.now();
      scenario.notifies(MAIL, STOP_PENDING).pass(1).notifies(MAIL, STOPPED);
      for (int i = 0; i < 1000; i++) {
        scenario.pass(20).notifies(MAIL, START_PENDING).pass(10).notifies(MAIL, STOPPED);
      }
      scenario.pass(20).notifies(MAIL, START_PENDING).pass(3).notifies(MAIL, RUNNING);

      assertThat(scenario.lastRestart().began()).isEqualTo(began);
      assertThat(scenario.lastRestart().phases())
          .isEqualTo(
              Map.of(
                  Phase.STOP, Duration.ofSeconds(1),
                  Phase.DOWN, Duration.ofSeconds(30_020),
                  Phase.START, Duration.ofSeconds(3)));
    }
  }

  @Nested
  class Conflicts {
    @Test
    void transitionsThatTheLogDoesNotHaveAreConflicts() {
      restart(5);
      scenario.pass(5).reads().pass(60).reads();

      assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
      assertThat(scenario.mail().totals().disagreements()).isEqualTo(2);
      assertThat(scenario.history(ADMIN).totals().disagreements()).isZero();
    }

    @Test
    void transitionsWithoutTheirNotificationAreConflicts() {
      scenario.reports = true;
      scenario.polls().pass(10).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(5).reads();
      scenario.pass(60).reads();

      assertThat(scenario.mail().totals().disagreements()).isEqualTo(2);
    }

    @Test
    void pollThatContradictsTheNotificationsIsAConflict() {
      scenario.reports = true;
      scenario.polls().pass(15).polls(MAIL, STOPPED).pass(3).polls();
      scenario.reports = false;
      scenario.cannotReadEvents();

      assertThat(scenario.mail().outageStart()).isPresent();
      assertThat(scenario.mail().totals().disagreements()).isEqualTo(1);
    }

    @Test
    void outageBetweenTwoPollsIsNoConflict() {
      scenario.polls().pass(1).logs(MAIL, STOPPED).pass(5).logs(MAIL, RUNNING).pass(9).polls();
      scenario.pass(5).reads();

      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void transitionBeforeTheLogWasClearedIsNoConflict() {
      scenario.clearsLog();
      restart(5);
      scenario.reads().pass(5).reads();

      assertThat(scenario.mail().totals().disagreements()).isZero();
    }

    @Test
    void conflictIsCountedOnceOverARestart() {
      restart(5);
      scenario.pass(5).reads().restarts(true).polls().measures().pass(5).reads().pass(5).reads();

      assertThat(scenario.mail().totals().disagreements()).isEqualTo(2);
    }
  }

  @Nested
  class UnknownWords {
    @Test
    void unknownWordOfAWatchedServiceIsCountedAndNotGuessed() {
      scenario.logsWord(MAIL, "beendet").pass(5).reads();

      assertThat(scenario.state.unrecognised(scenario.time.now())).isEqualTo(1);
      assertThat(scenario.outages()).isEmpty();
    }

    @Test
    void unknownWordOfAnotherServiceIsIgnored() {
      scenario.event(
          7036,
          new Meaning.Entered(
              new Meaning.Named("Google Updater", false), "beendet", Optional.empty()));
      scenario.pass(5).reads();

      assertThat(scenario.state.unrecognised(scenario.time.now())).isZero();
    }
  }

  @Test
  void outageReportedByAllSourcesTakesLessThanAKibibyteOfFacts() {
    int before = scenario.facts.size();
    scenario.notifies(MAIL, STOP_PENDING).pass(3).notifies(MAIL, STOPPED).logs(MAIL, STOPPED);
    scenario.pass(1).polls().pass(1).notifies(MAIL, START_PENDING).pass(5).polls();
    scenario.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(3).polls().reads().pass(60).reads();

    assertThat(scenario.mail().totals().restarts()).isEqualTo(1);
    List<ServiceFact> added =
        ObservedState.of(scenario.facts.subList(before, scenario.facts.size()), ServiceFact.class);
    assertThat(added).hasSizeLessThanOrEqualTo(8);
    assertThat(added.stream().mapToInt(MergedSourcesTest::jsonSize).sum()).isLessThan(1024);
  }

  /** The size of the line in the journal, without empty fields. */
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

  /** Outages that only events report. */
  private void flap(int times, int seconds) {
    for (int i = 0; i < times; i++) {
      scenario.logs(MAIL, STOPPED).pass(seconds).logs(MAIL, RUNNING).pass(seconds);
    }
  }

  /** An outage that only polls report. */
  private void restart(int seconds) {
    scenario.polls().pass(1).polls(MAIL, STOPPED).pass(seconds).polls(MAIL, RUNNING);
  }
}
