package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.bed.BedEvent;
import dev.imfexporter.bed.EventLogs;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class EventLogWatchTest {
  private static final String LOG = "System";
  private static final BedEvent EVENT = BedEvent.information("EventLog", 6005);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final WindowsBed bed = WindowsBed.open();
  private final EventLogs logs = bed.eventLogs();
  private final WindowsHost host = WindowsHost.local();
  private final Semaphore told = new Semaphore(0);

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    host.close();
    bed.reset();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("event log "));
  }

  private void awaitTold() throws InterruptedException {
    assertThat(told.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void everyWriteIsToldOf() throws Exception {
    Subscription watch = host.eventLog().onWritten(LOG, told::release);
    for (int i = 0; i < 3; i++) {
      told.drainPermits();
      logs.append(LOG, EVENT);
      awaitTold();
    }
    told.drainPermits();
    bed.stop("SMTPSVC");
    awaitTold();
    logs.clear(LOG);
    told.drainPermits();
    logs.append(LOG, EVENT);
    awaitTold();
    watch.close();
  }

  /** As on Windows, where a second event within five seconds gets no pulse of its own. */
  @Test
  void aWriteWithoutAPulse() throws Exception {
    logs.pulsesEvery(Duration.ofHours(1));
    Subscription watch = host.eventLog().onWritten(LOG, told::release);
    logs.append(LOG, EVENT);
    awaitTold();
    logs.append(LOG, EVENT);
    awaitTold();
    watch.close();
  }

  /** The pulse comes while the thread does not wait for it. */
  @Test
  void aWriteWhileTheListenerIsBusy() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Runnable busy =
        () -> {
          told.release();
          try {
            go.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    // The bed pulses the newest watch first, so what this one hears of was pulsed to the other.
    Semaphore pulsed = new Semaphore(0);
    Subscription observer = host.eventLog().onWritten(LOG, pulsed::release);
    Subscription watch = host.eventLog().onWritten(LOG, busy);
    logs.append(LOG, EVENT);
    awaitTold();
    assertThat(pulsed.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    logs.append(LOG, EVENT);
    assertThat(pulsed.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    go.countDown();
    awaitTold();
    watch.close();
    observer.close();
  }

  @Test
  void refused() throws Exception {
    int handles = OpenHandles.ofRegistryAndServices();
    bed.fault(Win32Function.NOTIFY_CHANGE_EVENT_LOG, LOG, Win32Error.ACCESS_DENIED);

    assertThatThrownBy(() -> host.eventLog().onWritten(LOG, told::release))
        .isInstanceOf(AccessException.CallFailed.class)
        .hasMessageContaining("NotifyChangeEventLog System");
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
  }

  @Test
  void anotherMachineTellsNothing() {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      assertThatThrownBy(() -> other.eventLog().onWritten(LOG, told::release))
          .isInstanceOf(AccessException.Unsupported.class)
          .hasMessage("Windows reports new events only on the machine itself");
    }
  }

  @Test
  void theEndOfTheAccessEndsItsWatches() throws Exception {
    int handles = OpenHandles.ofRegistryAndServices();
    host.eventLog().onWritten(LOG, told::release);
    host.close();

    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
    assertThatThrownBy(() -> host.eventLog().onWritten(LOG, told::release))
        .isInstanceOf(IllegalStateException.class);
  }
}
