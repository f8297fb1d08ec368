package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.SmtpReading;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void dependentsOfIisAdminAreWatchedToo() {
    host.service("RESvc", RUNNING);

    assertThat(start().observe(DEADLINE).histories().stream().map(ServiceHistory::name))
        .containsExactly("IISADMIN", "SMTPSVC", "RESvc");
  }

  @Test
  void pollsTurnIntoARestart() {
    HostWatcher watcher = start();
    for (var state : List.of(STOP_PENDING, STOPPED, START_PENDING, RUNNING)) {
      time.advance(Duration.ofSeconds(2));
      host.service("IISADMIN", state);
      tick();
    }

    ServiceHistory iisAdmin = watcher.observe(DEADLINE).histories().get(0);
    assertThat(iisAdmin.witness()).isEqualTo(Witness.POLL);
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
    ServiceHistory iisAdmin = watcher.observe(DEADLINE).histories().get(0);
    assertThat(iisAdmin.witness()).isEqualTo(Witness.NOTIFICATION);
    assertThat(iisAdmin.status().orElseThrow().state()).isEqualTo(STOPPED);
    assertThat(iisAdmin.lastStop()).contains(time.now().wall());
  }

  @Test
  void serviceThatIsNoLongerReportedIsPolledAndAskedForAgain() {
    host.pushes = true;
    HostWatcher watcher = start();
    tick();
    StatusListenerOf.required(host)
        .ended("IISADMIN", new AccessException.Unsupported("marked for deletion"));
    host.listener = null;
    time.advance(Duration.ofSeconds(2));
    host.service("IISADMIN", STOPPED);
    tick();
    assertThat(watcher.observe(DEADLINE).histories().get(0).witness()).isEqualTo(Witness.POLL);
    assertThat(watcher.observe(DEADLINE).histories().get(0).lastStop()).isPresent();

    time.advance(Duration.ofSeconds(30));
    tick();
    assertThat(watcher.observe(DEADLINE).histories().get(0).witness())
        .isEqualTo(Witness.NOTIFICATION);
  }

  @Test
  void countersAreNotAskedForWhileSmtpIsNotRunning() {
    HostSnapshot snapshot = start().observe(DEADLINE);

    assertThat(host.performanceCalls).isZero();
    assertThat(snapshot.smtp().result().word()).isEqualTo("not_applicable");
    assertThat(snapshot.smtp().result().reason())
        .contains("SMTPSVC is STOPPED; its counters exist only while it runs");
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
    HostSnapshot snapshot = watcher.observe(DEADLINE);

    assertThat(snapshot.up()).isTrue();
    assertThat(snapshot.services().result().reason())
        .contains("OpenSCManager failed: Access is denied (5)");
    assertThat(snapshot.smtp().result().word()).isEqualTo("failed");
    assertThat(snapshot.definition().value()).isPresent();
    assertThat(snapshot.histories().get(0).lastStop()).isPresent();
  }

  @Test
  void definitionIsReadAtOnceWhenItsKeyChangesAndWhenAServiceDoes() {
    HostWatcher watcher = start();
    time.advance(Duration.ofSeconds(2));
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7960.0"));
    assertThat(watcher.observe(DEADLINE).updates().changes()).isEqualTo(1);

    time.advance(Duration.ofSeconds(2));
    host.folder(
        VERSIONS, new Files.Entry("6.5.7970.0", true, 0, time.now().wall(), time.now().wall()));
    assertThat(watcher.observe(DEADLINE).updates().changes()).isEqualTo(1);
    time.advance(Duration.ofSeconds(2));
    host.service("IISADMIN", STOPPED);
    tick();
    assertThat(watcher.observe(DEADLINE).updates().changes()).isEqualTo(2);
  }

  @Test
  void whatDoesNotChangeIsTheSameSnapshot() {
    HostWatcher watcher = start();
    HostSnapshot first = watcher.observe(DEADLINE);

    assertThat(watcher.observe(DEADLINE)).isSameAs(first);
    time.advance(Duration.ofSeconds(1));
    assertThat(watcher.observe(DEADLINE)).isNotSameAs(first);
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

  private HostWatcher start() {
    return HostWatcher.start(
        new WatchPlan(
            "mail01",
            new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
            new DefinitionReading(Optional.of(VERSIONS), ZoneOffset.UTC),
            new SmtpReading(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5)),
        host,
        Runnable::run,
        (interval, task) -> {
          ticks.add(task);
          task.run();
          return () -> ticks.remove(task);
        },
        time,
        (reading, result, took) -> {});
  }

  private void tick() {
    List.copyOf(ticks).forEach(Runnable::run);
  }

  /** The listener that the watcher must have registered by now. */
  private static final class StatusListenerOf {
    static dev.imfexporter.access.StatusListener required(FakeHost host) {
      return java.util.Objects.requireNonNull(host.listener, "nobody subscribed");
    }
  }
}
