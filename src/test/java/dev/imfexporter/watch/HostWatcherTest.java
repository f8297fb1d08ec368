package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.model.PlannedCollector.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.WatchPlan;
import dev.imfexporter.watch.poll.Scheduler;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostWatcherTest {
  private static final Duration DEADLINE = Duration.ofSeconds(9);
  private static final String VERSIONS = "C:\\IMF";

  private final TestTime time = new TestTime();
  private final FakeHost host =
      new FakeHost()
          .service("IISADMIN", RUNNING)
          .service("SMTPSVC", STOPPED)
          .value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7936.0"));
  private final List<Runnable> ticks = new ArrayList<>();
  private boolean stoodStill;

  @Test
  void dependentsOfIisAdminAreWatchedToo() {
    host.service("RESvc", RUNNING);

    assertThat(observe(start()).history().services().stream().map(ServiceHistory::name))
        .containsExactly("IISADMIN", "SMTPSVC", "RESvc");
  }

  /** Of 10,000 hosts, each has its own offset within the interval of polls. */
  @Test
  void hostThatIsOpenedIsNotAskedBeforeItsFirstTick() {
    List<Runnable> calls = new ArrayList<>();
    List<Runnable> planned = new ArrayList<>();
    HostWatcher watcher =
        HostWatcher.start(
            Plans.ofMail(
                "mail01",
                new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
                new DefinitionReading(Optional.of(VERSIONS), ZoneOffset.UTC)),
            host,
            FactStore.none(),
            calls::add,
            (interval, task) -> {
              planned.add(task);
              return () -> {};
            },
            time,
            run -> {});
    assertThat(calls).isEmpty();
    assertThat(watcher.lastSnapshot().up()).isFalse();

    planned.forEach(Runnable::run);
    assertThat(calls).isNotEmpty();
    watcher.close();
  }

  @Test
  void pollsTurnIntoARestart() {
    HostWatcher watcher = start();
    for (var state : List.of(STOP_PENDING, STOPPED, START_PENDING, RUNNING)) {
      time.advance(Duration.ofSeconds(2));
      host.service("IISADMIN", state);
      tick();
    }

    ServiceHistory iisAdmin = observe(watcher).history().services().get(0);
    assertThat(iisAdmin.source()).isEqualTo(Source.POLL);
    assertThat(iisAdmin.lastRestart().orElseThrow().phases())
        .isEqualTo(
            Map.of(
                Phase.STOP, Duration.ofSeconds(2),
                Phase.DOWN, Duration.ofSeconds(2),
                Phase.START, Duration.ofSeconds(2)));
  }

  @Test
  void notificationsAreSeenWithoutAPollAndRelaxPolling() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    int calls = host.statusCalls;
    time.advance(Duration.ofSeconds(1));
    host.service("IISADMIN", STOP_PENDING);
    time.advance(Duration.ofMillis(250));
    host.service("IISADMIN", STOPPED);
    tick();

    assertThat(host.statusCalls).isEqualTo(calls);
    ServiceHistory iisAdmin = observe(watcher).history().services().get(0);
    assertThat(iisAdmin.source()).isEqualTo(Source.NOTIFICATION);
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(STOPPED);
    assertThat(iisAdmin.lastStop()).contains(time.now().wall());
  }

  @Test
  void serviceThatIsNoLongerReportedIsPolledAndAskedForAgain() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    StatusListenerOf.required(host)
        .ended(
            "IISADMIN",
            new AccessException.CallFailed(
                new Win32Error("NotifyServiceStatusChange IISADMIN", 1072, "marked")));
    host.listener = null;
    time.advance(Duration.ofSeconds(2));
    host.service("IISADMIN", STOPPED);
    tick();
    assertThat(observe(watcher).history().services().get(0).source()).isEqualTo(Source.POLL);
    assertThat(observe(watcher).history().services().get(0).lastStop()).isPresent();

    time.advance(Duration.ofSeconds(30));
    tick();
    assertThat(observe(watcher).history().services().get(0).source())
        .isEqualTo(Source.NOTIFICATION);
  }

  @Test
  void pollThatComesBeforeALateNotificationDoesNotCountTheRestartTwice() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    time.advance(Duration.ofSeconds(1));
    host.service("IISADMIN", STOPPED);
    time.advance(Duration.ofSeconds(15));
    // The service runs again before the host's reports of it arrive.
    host.quietly("IISADMIN", RUNNING);
    tick();
    host.service("IISADMIN", START_PENDING);
    host.service("IISADMIN", RUNNING);
    tick();

    assertThat(observe(watcher).history().services().get(0).totals().restarts()).isEqualTo(1);
  }

  @Test
  void notificationsThatWereQueuedWhileTheProgramStoodStillAreNoOutageOfMilliseconds() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    // The service was restarted meanwhile, and runs again: the event log has the times.
    time.advance(Duration.ofSeconds(12));
    stoodStill = true;
    for (var state : List.of(STOPPED, RUNNING)) {
      StatusListenerOf.required(host).changed("IISADMIN", new ServiceStatus(state, 0, 0, 0));
      time.advance(Duration.ofMillis(40));
    }
    stoodStill = false;
    tick();

    ServiceHistory iisAdmin = observe(watcher).history().services().get(0);
    assertThat(iisAdmin.totals().restarts()).isZero();
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(RUNNING);
    assertThat(iisAdmin.source()).isEqualTo(Source.NOTIFICATION);
  }

  /** A paused virtual machine reads nothing, also what came in time. */
  @Test
  void silenceThatTheExporterCausedIsNotTheHosts() {
    host.service("SMTPSVC", RUNNING);
    ServicesReading services = new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time);
    Banner silence = new Banner(Map.of(), Optional.of("it hangs"));
    stoodStill = true;
    HostWatcher watcher =
        start(
            Plans.of(
                "mail01",
                planned(CollectorKey.SERVICES, services, Duration.ZERO),
                planned(CollectorKey.BANNER, at -> silence, Duration.ZERO)
                    .needing(Need.SMTP_RUNNING)),
            Runnable::run);
    for (int run = 0; run < 3; run++) {
      time.advance(Duration.ofMinutes(1));
      tick();
    }
    HostSnapshot paused = observe(watcher);
    assertThat(paused.collected().get(CollectorKey.BANNER).result().reason().orElse(""))
        .startsWith("The exporter itself stood still for seconds while it asked");
    assertThat(paused.history().mailFlow().state()).isEqualTo(MailFlow.State.UNKNOWN);
    assertThat(paused.history().mailFlow().evidence()).doesNotContain("it hangs");

    stoodStill = false;
    for (int run = 0; run < 3; run++) {
      time.advance(Duration.ofMinutes(1));
      tick();
    }
    assertThat(observe(watcher).history().mailFlow().state()).isEqualTo(MailFlow.State.STALLED);
  }

  @Test
  void stateAfterAStallIsPolledAtOnceAndTheNotificationsKeepTheirTrust() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    time.advance(Duration.ofSeconds(12));
    stoodStill = true;
    host.service("IISADMIN", STOPPED);
    assertThat(state(watcher)).isEqualTo(STOPPED);
    stoodStill = false;
    time.advance(Duration.ofSeconds(5));
    host.service("IISADMIN", RUNNING);

    ServiceHistory iisAdmin = observe(watcher).history().services().get(0);
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(RUNNING);
    assertThat(iisAdmin.lastStart()).contains(time.now().wall());
    assertThat(iisAdmin.source()).isEqualTo(Source.NOTIFICATION);
    assertThat(iisAdmin.totals().disagreements()).isZero();
  }

  @Test
  void changeThatTheHostDoesNotReportIsFoundAndTheServicePolled() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    host.quietly("IISADMIN", STOPPED);
    time.advance(Duration.ofSeconds(15));
    tick();
    assertThat(observe(watcher).history().services().get(0).status().orElseThrow().state())
        .isEqualTo(RUNNING);
    time.advance(Duration.ofSeconds(2));
    tick();

    ServiceHistory iisAdmin = observe(watcher).history().services().get(0);
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(STOPPED);
    assertThat(iisAdmin.source()).isEqualTo(Source.POLL);
  }

  @Test
  void serviceThatIsNotInstalledDoesNotDisturbTheReportsOfTheOthers() {
    host.pushes = true;
    host.remove("SMTPSVC");
    start();
    tick();
    for (int i = 0; i < 10; i++) {
      time.advance(Duration.ofSeconds(30));
      tick();
    }

    assertThat(host.subscriptions).isEqualTo(1);
  }

  @Test
  void dependentThatIsRemovedIsForgotten() {
    host.service("RESvc", RUNNING);
    HostWatcher watcher = start();
    host.remove("RESvc");
    time.advance(Duration.ofSeconds(1));
    tick();
    host.service("RESvc", new ServiceStatus(STOPPED, 1077, 0, 0));
    time.advance(Duration.ofMinutes(1));
    tick();

    ServiceHistory history = observe(watcher).history().services().get(2);
    assertThat(history.name()).isEqualTo("RESvc");
    assertThat(history.outageStart()).isEmpty();
    assertThat(history.leftStopped()).isFalse();
  }

  @Test
  void lateAnswerOfAHungCallTellsNothingOfThePresent() {
    List<Runnable> calls = new ArrayList<>();
    HostWatcher watcher = start(calls::add);
    runAll(calls);
    time.advance(Duration.ofSeconds(2));
    tick();
    host.service("IISADMIN", STOPPED);
    time.advance(Duration.ofMinutes(10));
    runAll(calls);

    assertThat(watcher.scrape(DEADLINE).join().history().services().get(0).lastStop()).isEmpty();
  }

  @Test
  void hostWhosePollHangsCannotBeRead() {
    List<Runnable> calls = new ArrayList<>();
    HostWatcher watcher = start(calls::add);
    tick();
    runAll(calls);
    assertThat(watcher.lastSnapshot().up()).isTrue();
    time.advance(Duration.ofSeconds(20));
    tick();
    time.advance(Duration.ofMinutes(1));
    tick();

    HostSnapshot hung = watcher.lastSnapshot();
    assertThat(hung.up()).isFalse();
    assertThat(hung.failures().counts()).containsKey(ErrorReason.TIMEOUT);

    runAll(calls);
    tick();
    runAll(calls);
    assertThat(watcher.lastSnapshot().up()).isTrue();
    assertThat(watcher.lastSnapshot().failures().counts()).isEqualTo(hung.failures().counts());
  }

  @Test
  void countersAreNotAskedForWhileSmtpIsNotRunning() {
    HostSnapshot snapshot = observe(start());

    assertThat(host.performanceCalls).isZero();
    assertThat(snapshot.collected().get(CollectorKey.SMTP).result().word())
        .isEqualTo("not_applicable");
    assertThat(snapshot.collected().get(CollectorKey.SMTP).result().reason())
        .contains("SMTPSVC is STOPPED; there is nothing to ask while it is");
  }

  @Test
  void providersOfCountersAreUnloadedWhenSmtpStopsAndWhenNothingAsksThem() {
    host.service("SMTPSVC", RUNNING);
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    assertThat(host.performanceCalls).isPositive();
    int before = host.performanceReleases;
    host.service("SMTPSVC", STOP_PENDING);
    assertThat(host.performanceReleases).isEqualTo(before + 1);

    host.service("SMTPSVC", RUNNING);
    time.advance(Duration.ofSeconds(15));
    observe(watcher);
    before = host.performanceReleases;
    host.scmFault = new AccessException.Missing("gone");
    for (int i = 0; i < 10; i++) {
      time.advance(Duration.ofMinutes(1));
      tick();
    }
    assertThat(host.performanceReleases).isEqualTo(before + 1);
  }

  @Test
  void oneFailingReadingDoesNotLoseTheOthersAndHistoryIsKept() {
    HostWatcher watcher = start();
    time.advance(Duration.ofSeconds(2));
    host.service("IISADMIN", STOPPED);
    tick();
    time.advance(Duration.ofSeconds(2));
    host.scmFault =
        new AccessException.CallFailed(new Win32Error("OpenSCManager", 5, "Access is denied"));
    HostSnapshot snapshot = observe(watcher);

    assertThat(snapshot.up()).isFalse();
    assertThat(snapshot.collected().get(CollectorKey.SERVICES).result().reason())
        .contains("OpenSCManager failed: Access is denied (5)");
    assertThat(snapshot.collected().get(CollectorKey.SMTP).result().word()).isEqualTo("failed");
    assertThat(snapshot.collected().get(CollectorKey.DEFINITION).value()).isPresent();
    assertThat(snapshot.history().services().get(0).lastStop()).isPresent();
  }

  @Test
  void hostThatCouldNotBeReadIsReadAgainSoonThoughItReportsItsStates() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    host.scmFault = new AccessException.Missing("gone for a moment");
    time.advance(Duration.ofSeconds(15));
    tick();
    assertThat(observe(watcher).up()).isFalse();
    host.scmFault = null;
    time.advance(Duration.ofSeconds(1));
    tick();

    assertThat(observe(watcher).up()).isTrue();
  }

  @Test
  void definitionIsReadAtOnceWhenItsKeyChangesAndWhenAServiceDoes() {
    HostWatcher watcher = start();
    time.advance(Duration.ofSeconds(2));
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7960.0"));
    assertThat(observe(watcher).history().updates().changes()).isEqualTo(1);

    time.advance(Duration.ofSeconds(2));
    host.folder(
        VERSIONS, new Files.Entry("6.5.7970.0", true, 0, time.now().wall(), time.now().wall()));
    assertThat(observe(watcher).history().updates().changes()).isEqualTo(1);
    time.advance(Duration.ofSeconds(2));
    host.service("IISADMIN", STOPPED);
    tick();
    assertThat(observe(watcher).history().updates().changes()).isEqualTo(2);
  }

  /** An update that reset its settings has restarted it. */
  @Test
  void dialogueIsHeldAtOnceWhenSmtpWasStarted() {
    AtomicInteger held = new AtomicInteger();
    HostWatcher watcher =
        start(
            Plans.of(
                "mail01",
                planned(
                        CollectorKey.SERVICES,
                        new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
                        Duration.ofSeconds(1))
                    .every(Duration.ZERO),
                planned(
                        CollectorKey.DIALOGUE,
                        asked -> {
                          held.incrementAndGet();
                          return new Dialogues(List.of());
                        },
                        Duration.ofHours(1))
                    .needing(Need.SMTP_RUNNING)
                    .inBackground(Duration.ofMinutes(1))),
            Runnable::run);
    assertThat(held).hasValue(0);

    time.advance(Duration.ofSeconds(2));
    host.service("SMTPSVC", RUNNING);
    tick();
    assertThat(held).hasPositiveValue();
    int before = held.get();
    time.advance(Duration.ofSeconds(2));
    host.service("SMTPSVC", STOPPED);
    tick();
    assertThat(held).hasValue(before);
    time.advance(Duration.ofSeconds(2));
    host.service("SMTPSVC", RUNNING);
    tick();
    assertThat(held.get()).isGreaterThan(before);
    watcher.close();
  }

  @Test
  void whatDoesNotChangeIsTheSameSnapshot() {
    HostWatcher watcher = start();
    HostSnapshot first = observe(watcher);

    assertThat(observe(watcher)).isSameAs(first);
    time.advance(Duration.ofSeconds(1));
    assertThat(observe(watcher)).isNotSameAs(first);
  }

  @Test
  void notificationHasTheTimeAtWhichItCameAndNotThatOfItsTurn() {
    List<Runnable> calls = new ArrayList<>();
    host.pushes = true;
    HostWatcher watcher = start(calls::add);
    runAll(calls);
    tick();
    runAll(calls);
    time.advance(Duration.ofSeconds(1));
    Moment came = time.now();
    host.service("IISADMIN", STOPPED);
    time.advance(Duration.ofMillis(400));
    host.service("IISADMIN", START_PENDING);

    ServiceHistory before = watcher.lastSnapshot().history().services().get(0);
    assertThat(before.status().orElseThrow().state()).isEqualTo(RUNNING);
    time.advance(Duration.ofSeconds(1));
    runAll(calls);

    ServiceHistory iisAdmin = watcher.lastSnapshot().history().services().get(0);
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(START_PENDING);
    assertThat(iisAdmin.lastStop()).contains(came.wall());
  }

  @Test
  void closingEndsEverySubscription() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    watcher.close();

    assertThat(ticks).isEmpty();
    assertThat(host.listener).isNull();
  }

  private static void runAll(List<Runnable> calls) {
    while (!calls.isEmpty()) {
      calls.remove(0).run();
    }
  }

  private HostWatcher start() {
    return start(Runnable::run);
  }

  private HostWatcher start(Executor calls) {
    return start(
        Plans.ofMail(
            "mail01",
            new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
            new DefinitionReading(Optional.of(VERSIONS), ZoneOffset.UTC)),
        calls);
  }

  private HostWatcher start(WatchPlan plan, Executor calls) {
    return HostWatcher.start(
        plan,
        host,
        FactStore.none(),
        calls,
        new Scheduler() {
          @Override
          public Subscription every(Duration interval, Runnable task) {
            ticks.add(task);
            task.run();
            return () -> ticks.remove(task);
          }

          @Override
          public boolean stoodStill(Moment now) {
            return stoodStill;
          }

          @Override
          public boolean stoodStill(Moment since, Moment now) {
            return stoodStill;
          }
        },
        time,
        run -> {});
  }

  private static ServiceState state(HostWatcher watcher) {
    return watcher.lastSnapshot().history().services().get(0).status().orElseThrow().state();
  }

  private static HostSnapshot observe(HostWatcher watcher) {
    return watcher.scrape(DEADLINE).join();
  }

  private void tick() {
    List.copyOf(ticks).forEach(Runnable::run);
  }

  /** The listener that the watcher must have registered by now. */
  private static final class StatusListenerOf {
    static dev.imfexporter.access.StatusListener required(FakeHost host) {
      return java.util.Objects.requireNonNull(host.listener, "there is no subscription");
    }
  }
}
