package dev.imfexporter.access.win32;

import static dev.imfexporter.access.ServiceState.PAUSED;
import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.win32.StdCallLibrary;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.win32.RecordingListener.Change;
import dev.imfexporter.access.win32.RecordingListener.End;
import dev.imfexporter.bed.LoggedStatus;
import dev.imfexporter.bed.ServiceBehaviour;
import dev.imfexporter.bed.ServiceBehaviour.OnStart;
import dev.imfexporter.bed.ServiceBehaviour.OnStop;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class StatusNotificationsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Sooner than a poll; bin/bench measures how much sooner. */
  private static final Duration MAX_LATENCY = Duration.ofMillis(250);

  private static final String OWN = "IMFTEST";

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final RecordingListener heard = new RecordingListener();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    bed.reset();
    host.close();
    assertThat(threads()).isEmpty();
    try (WindowsHost local = WindowsHost.local()) {
      if (local.services().status(OWN).isPresent()) {
        bed.delete(OWN);
        bed.awaitMissing(OWN, LIMIT);
      }
    }
  }

  private Subscription watch(String... services) throws AccessException {
    return host.services().subscribe(Set.of(services), heard);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("service notifications"))
        .toList();
  }

  @Test
  void aSlowRestartIsSeenAsItHappens() throws Exception {
    bed.behaviour(
        "SMTPSVC",
        ServiceBehaviour.normal()
            .stoppingAfter(Duration.ofMillis(1200))
            .startingAfter(Duration.ofMillis(1200)));
    watch("IISADMIN", "SMTPSVC");
    heard.awaitState("IISADMIN", RUNNING);
    heard.awaitState("SMTPSVC", RUNNING);

    bed.stop("SMTPSVC");
    heard.awaitState("SMTPSVC", STOPPED);
    bed.start("SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);

    assertThat(heard.states("SMTPSVC"))
        .containsExactly(RUNNING, STOP_PENDING, STOPPED, START_PENDING, RUNNING);
    assertThat(heard.states("IISADMIN")).containsExactly(RUNNING);
    assertThat(heard.ends()).isEmpty();
    List<Duration> latencies = latencies("SMTPSVC");
    assertThat(latencies).hasSize(4);
    assertThat(median(latencies)).isLessThanOrEqualTo(MAX_LATENCY);
  }

  @Test
  void fastRestartsAreSeenAsWell() throws Exception {
    watch("IISADMIN", "SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);
    for (int i = 0; i < 5; i++) {
      bed.stop("SMTPSVC");
      heard.awaitState("SMTPSVC", STOPPED);
      bed.start("SMTPSVC");
      heard.awaitState("SMTPSVC", RUNNING);
    }

    List<Duration> latencies = latencies("SMTPSVC");
    assertThat(latencies).hasSizeGreaterThanOrEqualTo(10);
    assertThat(median(latencies)).isLessThanOrEqualTo(MAX_LATENCY);
    assertThat(heard.ends()).isEmpty();
  }

  /** Single ones wait for a busy machine; a path that is slow by itself is slow every time. */
  private static Duration median(List<Duration> latencies) {
    return latencies.stream().sorted().toList().get(latencies.size() / 2);
  }

  /** From the stand-in's log line to the listener, of each change of state that was heard. */
  private List<Duration> latencies(String service) {
    List<Duration> latencies = new ArrayList<>();
    List<LoggedStatus> log =
        bed.serviceLog().stream().filter(line -> line.service().equals(service)).toList();
    List<Change> changes = heard.changes(service);
    int next = 0;
    ServiceState last = changes.get(0).status().state();
    for (Change change : changes) {
      if (change.status().state() == last) {
        continue;
      }
      last = change.status().state();
      while (log.get(next).state() != last) {
        next++;
      }
      Instant logged = log.get(next).at();
      latencies.add(Duration.between(logged, change.at()));
    }
    System.out.println(
        "notification latency in ms: " + latencies.stream().map(Duration::toMillis).toList());
    return latencies;
  }

  @Test
  void pauseAndContinue() throws Exception {
    watch("SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);

    ScmServicesTest.control("SMTPSVC", Winsvc.SERVICE_CONTROL_PAUSE);
    heard.awaitState("SMTPSVC", PAUSED);
    ScmServicesTest.control("SMTPSVC", Winsvc.SERVICE_CONTROL_CONTINUE);
    heard.awaitState("SMTPSVC", RUNNING);
  }

  @Test
  void hangingPlugIns() throws Exception {
    bed.behaviour("IISADMIN", ServiceBehaviour.normal().with(OnStop.HANG).with(OnStart.HANG));
    watch("IISADMIN", "SMTPSVC");
    heard.awaitState("IISADMIN", RUNNING);

    bed.requestStop("IISADMIN");
    heard.awaitState("IISADMIN", STOP_PENDING);
    bed.behaviour("IISADMIN", ServiceBehaviour.normal().with(OnStart.HANG));
    heard.awaitState("IISADMIN", STOPPED);
    bed.requestStart("IISADMIN");
    heard.awaitState("IISADMIN", START_PENDING);
    bed.behaviour("IISADMIN", ServiceBehaviour.normal());
    heard.awaitState("IISADMIN", RUNNING);
  }

  @Test
  void failuresCarryTheirCodes() throws Exception {
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().with(OnStart.FAIL).failingWith(1066, 42));
    watch("SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);
    bed.crash("SMTPSVC");
    assertThat(heard.awaitState("SMTPSVC", STOPPED).exitCode()).isEqualTo(1067);

    bed.requestStart("SMTPSVC");
    bed.await("SMTPSVC", STOPPED, LIMIT);

    heard.awaitState("SMTPSVC", STOPPED);
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal());
    bed.start("SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);
    assertThat(heard.changes("SMTPSVC"))
        .extracting(Change::status)
        .contains(new ServiceStatus(STOPPED, 1066, 42, 0));
  }

  @Test
  void aDeletedServiceIsLetGoAndCanBeInstalledAgain() throws Exception {
    bed.create(OWN, "Test service", StartMode.MANUAL, "IISADMIN");
    watch(OWN, "SMTPSVC");
    heard.awaitState(OWN, STOPPED);

    bed.delete(OWN);

    assertThat(heard.awaitEnd(OWN))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.error().code()).isEqualTo(1072));
    bed.awaitMissing(OWN, LIMIT);
    bed.create(OWN, "Test service", StartMode.MANUAL, "IISADMIN");
    RecordingListener second = new RecordingListener();
    Subscription again = host.services().subscribe(Set.of(OWN), second);
    second.awaitState(OWN, STOPPED);
    bed.start(OWN);
    second.awaitState(OWN, RUNNING);
    bed.stop(OWN);
    second.awaitState(OWN, STOPPED);
    assertThat(threads()).hasSize(1);
    again.close();
    assertThat(heard.ends()).extracting(End::service).containsExactly(OWN);
    bed.stop("SMTPSVC");
    heard.awaitState("SMTPSVC", STOPPED);
  }

  @Test
  void laggingBehindStartsAnew() throws Exception {
    bed.fault(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, "SMTPSVC", 1294, 2);
    watch("IISADMIN", "SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);

    bed.fault(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, "SMTPSVC", 1294, 1);
    bed.stop("SMTPSVC");
    heard.awaitState("SMTPSVC", STOPPED);
    bed.start("SMTPSVC");
    heard.awaitState("SMTPSVC", RUNNING);

    assertThat(heard.ends()).isEmpty();
  }

  @Test
  void laggingForEverEndsTheSubscription() throws Exception {
    bed.fault(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, "SMTPSVC", 1294);
    watch("SMTPSVC");

    assertThat(heard.awaitEnd("SMTPSVC"))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.error().code()).isEqualTo(1294));
    assertThat(heard.changes("SMTPSVC")).isEmpty();
    assertThat(heard.ends()).hasSize(1);
  }

  @Test
  void aWindowsWithoutNotificationsSaysSoForEachServiceOnce() throws Exception {
    int before = OpenHandles.ofRegistryAndServices();
    bed.fault(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, WindowsBed.ANY, 120);
    watch("IISADMIN", "SMTPSVC");

    heard.awaitEnd("IISADMIN");
    heard.awaitEnd("SMTPSVC");
    assertThat(heard.ends())
        .hasSize(2)
        .allSatisfy(
            end ->
                assertThat(end.why())
                    .isInstanceOf(AccessException.Unsupported.class)
                    .hasMessageStartingWith("NotifyServiceStatusChange " + end.service())
                    .hasMessageEndingWith("(120)"));
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
  }

  @Test
  void oneServiceThatEndsLeavesTheOthersWatched() throws Exception {
    bed.fault(Win32Function.OPEN_SERVICE, "IISADMIN", 5);
    watch("IISADMIN", "SMTPSVC", "NOSUCHSVC");

    assertThat(heard.awaitEnd("IISADMIN"))
        .hasMessageEndingWith(
            "(5). The account needs SERVICE_QUERY_STATUS on the service IISADMIN");
    assertThat(heard.awaitEnd("NOSUCHSVC"))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.error().code()).isEqualTo(1060));
    heard.awaitState("SMTPSVC", RUNNING);
    bed.stop("SMTPSVC");
    heard.awaitState("SMTPSVC", STOPPED);
    assertThat(heard.ends()).hasSize(2);
  }

  @Test
  void closingEndsTheThreadAndLetsTheServiceGo() throws Exception {
    int before = OpenHandles.ofRegistryAndServices();
    bed.create(OWN, "Test service", StartMode.MANUAL, "IISADMIN");
    Subscription subscription = watch(OWN, "SMTPSVC");
    heard.awaitState(OWN, STOPPED);
    heard.awaitState("SMTPSVC", RUNNING);

    long begin = System.nanoTime();
    subscription.close();
    System.out.printf("closing took %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    subscription.close();

    // Closing waits 300 ms at most; on a busy machine, the thread ends a little later.
    for (Thread thread : threads()) {
      thread.join(LIMIT.toMillis());
    }
    assertThat(threads()).isEmpty();
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    bed.delete(OWN);
    bed.awaitMissing(OWN, LIMIT);
    bed.stop("SMTPSVC");
    assertThat(heard.states("SMTPSVC")).containsExactly(RUNNING);
    assertThat(heard.ends()).isEmpty();
  }

  @Test
  void twoSubscriptionsShareOneThread() throws Exception {
    RecordingListener other = new RecordingListener();
    Subscription first = watch("SMTPSVC");
    host.services().subscribe(Set.of("SMTPSVC", "IISADMIN"), other);
    heard.awaitState("SMTPSVC", RUNNING);
    other.awaitState("SMTPSVC", RUNNING);
    assertThat(threads()).hasSize(1);

    first.close();
    bed.stop("SMTPSVC");

    other.awaitState("SMTPSVC", STOPPED);
    assertThat(heard.states("SMTPSVC")).containsExactly(RUNNING);
  }

  @Test
  void theListenerMayClose() throws Exception {
    CompletableFuture<Subscription> self = new CompletableFuture<>();
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    self.complete(
        host.services()
            .subscribe(
                Set.of("SMTPSVC"),
                new StatusListener() {
                  @Override
                  public void changed(String service, ServiceStatus status) {
                    self.join().close();
                    closed.complete(true);
                  }

                  @Override
                  public void ended(String service, AccessException why) {
                    closed.completeExceptionally(why);
                  }
                }));

    assertThat(closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void comingAndGoingLeavesNothing() throws Exception {
    watch("IISADMIN").close();
    int before = OpenHandles.ofRegistryAndServices();
    int kernel = OpenHandles.ofKernel();
    for (int i = 0; i < 100; i++) {
      watch("IISADMIN", "SMTPSVC").close();
    }

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    // The JVM opens and closes a few of its own.
    assertThat(OpenHandles.ofKernel()).isLessThan(kernel + 50);
  }

  private interface BedAdvapi32 extends StdCallLibrary {
    BedAdvapi32 BED = Native.load("advapi32", BedAdvapi32.class);

    int BedLateNotifications();
  }

  /** Its buffer and its callback are memory of JNA, which is freed when nothing refers to it. */
  @Test
  void notificationThatComesAfterItsHandleIsClosedMeetsItsBuffer() throws Exception {
    int before = BedAdvapi32.BED.BedLateNotifications();
    watch("IISADMIN");
    RecordingListener other = new RecordingListener();
    Subscription closed = host.services().subscribe(Set.of("SMTPSVC"), other);
    heard.awaitState("IISADMIN", RUNNING);
    other.awaitState("SMTPSVC", RUNNING);
    bed.notifyAfterClose("SMTPSVC", Duration.ofSeconds(2));

    closed.close();

    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (BedAdvapi32.BED.BedLateNotifications() == before) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      System.gc();
    }
    bed.stop("IISADMIN");
    heard.awaitState("IISADMIN", STOPPED);
    assertThat(other.states("SMTPSVC")).containsExactly(RUNNING);
  }

  @Test
  void aMachineThatHangsDoesNotHoldUpWhoCloses() throws Exception {
    bed.hang(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, "SMTPSVC");
    Subscription subscription = watch("IISADMIN", "SMTPSVC");

    long begin = System.nanoTime();
    subscription.close();
    host.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));

    List<Thread> stuck = threads();
    bed.noFault(Win32Function.NOTIFY_SERVICE_STATUS_CHANGE, "SMTPSVC");
    for (Thread thread : stuck) {
      thread.join(LIMIT.toMillis());
    }
    assertThat(threads()).isEmpty();
  }

  @Test
  void aClosedHostTakesNoSubscription() {
    host.close();

    assertThatIllegalStateException().isThrownBy(() -> watch("SMTPSVC"));
    assertThatThrownBy(
            () ->
                host.registry()
                    .onChange(dev.imfexporter.access.Registry.View.BITS_64, "SOFTWARE", () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherMachineIsWatchedByTheSameCalls() throws Exception {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      other.services().subscribe(Set.of("SMTPSVC"), heard);
      heard.awaitState("SMTPSVC", RUNNING);
      bed.stop("SMTPSVC");
      heard.awaitState("SMTPSVC", STOPPED);
    }
  }
}
