package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.CONTINUE_PENDING;
import static dev.imfexporter.access.ServiceState.PAUSED;
import static dev.imfexporter.access.ServiceState.PAUSE_PENDING;
import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutageTrackerTest {
  private final TestTime time = new TestTime();
  private final ObservedState state = ObservedState.begin(false, new ArrayList<>(), time.now());
  private Optional<ServiceStatus> last = Optional.empty();

  @Test
  void restartSeenInFullHasAllPhases() {
    polls(RUNNING, 10);
    Instant began = time.now().wall();
    polls(STOP_PENDING, 3);
    polls(STOPPED, 4);
    polls(START_PENDING, 5);
    polls(RUNNING, 0);

    ServiceHistory history = history();
    Outage restart = history.lastRestart().orElseThrow();
    assertThat(restart.phases())
        .isEqualTo(Map.of(Phase.STOP, seconds(3), Phase.DOWN, seconds(4), Phase.START, seconds(5)));
    assertThat(restart.total()).contains(seconds(12));
    assertThat(restart.began()).isEqualTo(began);
    assertThat(restart.ended()).contains(began.plusSeconds(12));
    assertThat(history.totals().restarts()).isEqualTo(1);
    assertThat(history.totals().restartTime()).isEqualTo(seconds(12));
    assertThat(history.lastStop()).contains(began.plusSeconds(3));
    assertThat(history.lastStart()).contains(began.plusSeconds(12));
    assertThat(history.outageStart()).isEmpty();
  }

  @Test
  void phasesThatWereNotObservedAreAbsent() {
    polls(RUNNING, 1);
    polls(STOPPED, 6);
    polls(RUNNING, 0);

    assertThat(history().lastRestart().orElseThrow().phases()).isEmpty();
    assertThat(history().lastRestart().orElseThrow().total()).contains(seconds(6));
  }

  @Test
  void startsThatFailCountAsDown() {
    polls(RUNNING, 1);
    polls(STOP_PENDING, 1);
    polls(STOPPED, 10);
    polls(START_PENDING, 20);
    polls(STOPPED, 10);
    polls(START_PENDING, 2);
    polls(RUNNING, 0);

    assertThat(history().totals().restarts()).isEqualTo(1);
    assertThat(history().lastRestart().orElseThrow().phases())
        .isEqualTo(
            Map.of(Phase.STOP, seconds(1), Phase.DOWN, seconds(40), Phase.START, seconds(2)));
  }

  @Test
  void pauseOfThreeMinutesIsNoOutage() {
    polls(RUNNING, 1);
    polls(PAUSE_PENDING, 1);
    polls(PAUSED, 180);
    assertThat(history().outageStart()).isEmpty();
    assertThat(history().standing()).isEqualTo(Standing.PAUSED);
    polls(CONTINUE_PENDING, 1);
    polls(RUNNING, 10);

    assertThat(history().lastRestart()).isEmpty();
    assertThat(history().totals().restarts()).isZero();
    assertThat(history().standing()).isEqualTo(Standing.RUNNING);
  }

  @Test
  void pausedServiceThatIsStoppedIsOutFromTheStop() {
    polls(RUNNING, 1);
    polls(PAUSED, 100);
    Instant stopped = time.now().wall();
    polls(STOPPED, 20);
    polls(RUNNING, 1);

    assertThat(history().lastRestart().orElseThrow().began()).isEqualTo(stopped);
    assertThat(history().lastRestart().orElseThrow().total()).contains(seconds(20));
  }

  @Test
  void outageThatBeganBeforeTheFirstPollIsNoRestart() {
    polls(STOPPED, 5);
    assertThat(history().outageStart()).isEmpty();
    assertThat(history().lastStop()).isEmpty();
    polls(START_PENDING, 5);
    polls(RUNNING, 5);

    assertThat(history().totals().restarts()).isZero();
    assertThat(history().lastRestart()).isEmpty();
    assertThat(history().lastStart()).isPresent();
  }

  @Test
  void pollThatWasAskedBeforeTheNewestTransitionIsIgnored() {
    polls(RUNNING, 1);
    Moment asked = time.now();
    time.advance(seconds(1));
    polls(STOP_PENDING, 1);

    boolean changed = poll(status(RUNNING), asked, StartMode.AUTO);

    assertThat(changed).isFalse();
    assertThat(history().status()).isEqualTo(status(STOP_PENDING));
    assertThat(history().totals().restarts()).isZero();
  }

  @Test
  void durationsDoNotFollowAClockThatIsSet() {
    polls(RUNNING, 1);
    polls(STOP_PENDING, 2);
    time.set(time.now().wall().minusSeconds(3600));
    polls(STOPPED, 3);
    time.set(time.now().wall().plusSeconds(7200));
    polls(START_PENDING, 4);
    polls(RUNNING, 0);

    assertThat(history().lastRestart().orElseThrow().total()).contains(seconds(9));
  }

  @Test
  void serviceThatRanAndIsRemovedIsDownAndHalted() {
    polls(RUNNING, 10);
    Instant began = time.now().wall();
    poll(Optional.empty());
    time.advance(seconds(301));
    poll(Optional.empty());

    assertThat(history().standing()).isEqualTo(Standing.REMOVED);
    assertThat(history().outageStart()).contains(began);
    assertThat(history().condition().downSince()).contains(began);
    assertThat(history().condition().halted()).isTrue();
    assertThat(state.history(time.now()).mailFlow().state()).isEqualTo(MailFlow.State.HALTED);
  }

  @Test
  void haltOfAServiceThatIsRemovedGoesOn() {
    polls(RUNNING, 10);
    Instant began = time.now().wall();
    polls(STOPPED, 400);
    poll(Optional.empty());

    assertThat(history().standing()).isEqualTo(Standing.REMOVED);
    assertThat(history().condition().downSince()).contains(began);
    assertThat(history().condition().halted()).isTrue();
  }

  @Test
  void serviceThatIsRemovedAndInstalledAgainHadOneOutage() {
    polls(RUNNING, 10);
    Instant began = time.now().wall();
    polls(STOPPED, 10);
    poll(Optional.empty());
    time.advance(seconds(10));
    polls(STOPPED, 14);
    polls(RUNNING, 10);

    assertThat(history().totals().restarts()).isEqualTo(1);
    assertThat(history().lastRestart().orElseThrow().began()).isEqualTo(began);
    assertThat(history().lastRestart().orElseThrow().total()).contains(seconds(34));
  }

  /** A node of a cluster whose services moved away, or a trigger-start service that is idle. */
  @Test
  void optionalServiceIsNotMissedWhileItIsStopped() {
    ObservedState standby = ObservedState.beginWithOptional("smtpsvc", time.now());
    for (ServiceState is : List.of(RUNNING, STOPPED, STOPPED)) {
      Services reading =
          new Services(
              List.of(
                  new Service(
                      "SMTPSVC",
                      status(is),
                      Optional.of(new ServiceConfig("Mail", StartMode.MANUAL, List.of())))));
      standby.step(new Observation.Polled(reading, time.now(), time.now(), Set.of()));
      time.advance(seconds(400));
    }

    ServiceHistory service = standby.service("SMTPSVC", time.now());
    assertThat(service.standing()).isEqualTo(Standing.RESTING);
    assertThat(service.condition().halted()).isFalse();
    assertThat(service.leftStopped()).isFalse();
    assertThat(standby.history(time.now()).mailFlow().state()).isEqualTo(MailFlow.State.UNKNOWN);
  }

  @Test
  void serviceThatNeverRanAndIsRemovedIsMissing() {
    polls(STOPPED, 10);
    poll(Optional.empty());

    assertThat(history().standing()).isEqualTo(Standing.MISSING);
  }

  @Test
  void startThatWasNotObservedAfterOneThatFailedIsAbsent() {
    polls(RUNNING, 1);
    polls(STOPPED, 1);
    polls(START_PENDING, 1);
    polls(STOPPED, 297);
    polls(RUNNING, 0);

    assertThat(history().lastRestart().orElseThrow().phases()).isEmpty();
    assertThat(history().lastRestart().orElseThrow().total()).contains(seconds(299));
  }

  @Test
  void stopOfAStartThatFailedIsNotTheStopOfTheOutage() {
    polls(RUNNING, 1);
    polls(STOPPED, 1);
    polls(START_PENDING, 1);
    polls(STOP_PENDING, 5);
    polls(STOPPED, 1);
    polls(START_PENDING, 2);
    polls(RUNNING, 0);

    assertThat(history().lastRestart().orElseThrow().phases())
        .isEqualTo(Map.of(Phase.DOWN, seconds(8), Phase.START, seconds(2)));
  }

  @Test
  void serviceThatWasObservedRunningIsLeftStopped() {
    polls(RUNNING, 1);
    polls(STOPPED, 1);
    assertThat(history(StartMode.MANUAL).leftStopped()).isTrue();
    assertThat(history(StartMode.DISABLED).leftStopped()).isFalse();
    polls(START_PENDING, 1);
    assertThat(history(StartMode.MANUAL).leftStopped()).isFalse();
  }

  @Test
  void serviceThatIsStoppingAtTheFirstPollRan() {
    polls(STOP_PENDING, 1);
    polls(STOPPED, 1);

    assertThat(history(StartMode.MANUAL).leftStopped()).isTrue();
    assertThat(history(StartMode.MANUAL).outageStart()).isEmpty();
  }

  @Test
  void automaticServiceThatHasRunSinceTheBootIsLeftStopped() {
    poll(Optional.of(new ServiceStatus(STOPPED, 0, 0, 0)));

    assertThat(history(StartMode.AUTO).leftStopped()).isTrue();
    assertThat(history(StartMode.DELAYED_AUTO).leftStopped()).isTrue();
    assertThat(history(StartMode.MANUAL).leftStopped()).isFalse();
    assertThat(history(StartMode.DISABLED).leftStopped()).isFalse();
  }

  @Test
  void serviceThatHasNotRunSinceTheBootIsNotLeftStopped() {
    poll(Optional.of(new ServiceStatus(STOPPED, 1077, 0, 0)));

    assertThat(history(StartMode.AUTO).leftStopped()).isFalse();
  }

  private void polls(ServiceState state, int secondsUntilNext) {
    poll(status(state));
    time.advance(seconds(secondsUntilNext));
  }

  private void poll(Optional<ServiceStatus> status) {
    poll(status, time.now(), StartMode.AUTO);
  }

  private boolean poll(Optional<ServiceStatus> status, Moment asked, StartMode mode) {
    last = status;
    Optional<ServiceConfig> config =
        status.map(installed -> new ServiceConfig("Mail", mode, List.of()));
    Services reading = new Services(List.of(new Service("SMTPSVC", status, config)));
    return state.step(new Observation.Polled(reading, asked, time.now(), Set.of())).changed();
  }

  private ServiceHistory history() {
    return state.history(time.now()).services().get(0);
  }

  private ServiceHistory history(StartMode mode) {
    poll(last, time.now(), mode);
    return history();
  }

  private static Optional<ServiceStatus> status(ServiceState state) {
    return Optional.of(new ServiceStatus(state, 0, 0, 0));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
