package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.access.win32.WindowsHost;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.WindowsBed;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.ComponentsReading;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.ComponentWait.Loaded;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.PlannedCollector;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.poll.CallThreads;
import dev.imfexporter.watch.poll.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plug-in that holds up the stop or the start of IIS Admin is named, and no other module is. */
@Tag("windows")
class SuspectInWindowsTest {
  private static final String ADMIN = WellKnownServices.IIS_ADMIN;
  private static final String PLUGIN = "C:\\imf-bed\\plugin.dll";
  private static final int MOST_RESTARTS = 10;
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration USUAL = Duration.ofMillis(300);
  private static final Duration SLOW = Duration.ofSeconds(15);
  private static final Duration LIMIT = SLOW.plusSeconds(20);

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private HostWatcher watcher;
  private Instant asked = Instant.MAX;

  @BeforeEach
  void watch() {
    bed.reset();
    watcher =
        HostWatcher.start(
            Plans.of(
                "mail01",
                PlannedCollector.planned(
                        CollectorKey.SERVICES,
                        new ServicesReading(
                            List.of(ADMIN, WellKnownServices.SMTP), InstantSource.system()),
                        Duration.ofSeconds(1))
                    .every(Duration.ZERO),
                PlannedCollector.planned(
                        CollectorKey.COMPONENTS, new ComponentsReading(), Duration.ofMinutes(5))
                    .forScrapes()
                    .needing(Need.SERVICES_READ)),
            host,
            FactStore.none(),
            CallThreads.atMost(8),
            Scheduler.system(),
            TimeSource.system(),
            run -> {});
    await()
        .atMost(SOON)
        .until(
            () -> admin().filter(service -> service.source() == Source.NOTIFICATION).isPresent());
  }

  @AfterEach
  void leaveNothing() {
    watcher.close();
    host.close();
    bed.reset();
  }

  @Test
  void thePlugInOfASlowStopIsNamed() {
    bed.plugin(ADMIN, PLUGIN);
    bed.pluginDelays(USUAL, USUAL);
    restartAsUsual();
    bed.pluginDelays(Duration.ZERO, SLOW);
    bed.requestStop(ADMIN);
    bed.await(ADMIN, ServiceState.STOPPED, LIMIT);

    ComponentWait stop = last(Phase.STOP);
    assertThat(stop.isSlow()).isTrue();
    assertThat(stop.took()).isBetween(SLOW.minusSeconds(3), LIMIT);
    Loaded suspect = onlySuspect(stop);
    assertThat(stop.waited(suspect)).isBetween(SLOW.dividedBy(2), stop.took());
  }

  @Test
  void thePlugInOfASlowStartIsNamed() {
    bed.plugin(ADMIN, PLUGIN);
    bed.pluginDelays(USUAL, USUAL);
    restartAsUsual();
    bed.stop(ADMIN);
    bed.pluginDelays(SLOW, Duration.ZERO);
    bed.requestStart(ADMIN);
    bed.await(ADMIN, ServiceState.RUNNING, LIMIT);

    ComponentWait start = last(Phase.START);
    assertThat(start.isSlow()).isTrue();
    Loaded suspect = onlySuspect(start);
    assertThat(start.waited(suspect)).isBetween(SLOW.dividedBy(2), start.took());
  }

  @Test
  void withoutAThirdPartyNothingIsNamed() {
    bed.behaviour(ADMIN, ServiceBehaviour.normal().stoppingAfter(USUAL).startingAfter(USUAL));
    restartAsUsual();
    bed.behaviour(ADMIN, ServiceBehaviour.normal().stoppingAfter(SLOW));
    bed.requestStop(ADMIN);
    bed.await(ADMIN, ServiceState.STOPPED, LIMIT);

    ComponentWait stop = last(Phase.STOP);
    assertThat(stop.isSlow()).isTrue();
    assertThat(stop.samples()).isGreaterThan(4);
    assertThat(stop.loaded()).isEmpty();
    assertThat(stop.suspects()).isEmpty();
  }

  @Test
  void aPlugInThatIsAsQuickAsUsualIsNotNamed() {
    bed.plugin(ADMIN, PLUGIN);
    bed.pluginDelays(Duration.ofSeconds(2), Duration.ofSeconds(2));
    restartAsUsual();
    bed.stop(ADMIN);

    ComponentWait stop = last(Phase.STOP);
    assertThat(stop.loaded())
        .extracting(module -> module.component().name())
        .contains("plugin.dll");
    assertThat(stop.typical()).isPresent();
    assertThat(stop.suspects()).isEmpty();
  }

  private Loaded onlySuspect(ComponentWait wait) {
    assertThat(wait.suspects()).as(wait.toString()).hasSize(1);
    Loaded suspect = wait.suspects().get(0);
    assertThat(suspect.component().name()).isEqualToIgnoringCase("plugin.dll");
    assertThat(suspect.component().version()).isEqualTo("2.1.0.7");
    return suspect;
  }

  /** Often enough to know what is typical. */
  private void restartAsUsual() {
    for (int restart = 0; restart < MOST_RESTARTS && !isTypicalKnown(); restart++) {
      bed.stop(ADMIN);
      bed.start(ADMIN);
      await().atMost(SOON).until(this::runs);
    }
    assertThat(isTypicalKnown()).isTrue();
    asked = Instant.now();
  }

  private boolean isTypicalKnown() {
    return admin()
        .flatMap(service -> service.typical().withLast())
        .filter(typical -> typical.phases().keySet().containsAll(Set.of(Phase.STOP, Phase.START)))
        .isPresent();
  }

  /** The one that was asked for after the usual ones. */
  private ComponentWait last(Phase phase) {
    await().atMost(SOON).until(() -> newest(phase).isPresent());
    return newest(phase).orElseThrow();
  }

  private Optional<ComponentWait> newest(Phase phase) {
    return watcher
        .lastSnapshot()
        .history()
        .waits()
        .last(phase)
        .filter(wait -> wait.began().isAfter(asked.minusSeconds(1)));
  }

  private Optional<ServiceHistory> admin() {
    return watcher.lastSnapshot().service(ADMIN);
  }

  private boolean runs() {
    return admin()
        .flatMap(ServiceHistory::status)
        .filter(status -> status.state() == ServiceState.RUNNING)
        .isPresent();
  }
}
