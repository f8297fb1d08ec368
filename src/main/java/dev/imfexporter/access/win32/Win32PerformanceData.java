package dev.imfexporter.access.win32;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Win32Error;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * HKEY_PERFORMANCE_DATA of this or another machine. Do not call it for SMTP while SMTPSVC is not
 * running: Windows loads the providers into this process (for another machine, into its registry
 * service), and they may hang for ever with inetinfo.exe. Thread-safe: the queries of one machine
 * run one after the other, since providers expect one caller, and closing the key unloads them also
 * for a query that is under way.
 */
final class Win32PerformanceData implements PerformanceData {
  /** Until a query fails that waits for another one. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** This machine: its predefined key and its providers belong to the whole process. */
  static final Win32PerformanceData LOCAL =
      new Win32PerformanceData(new PerformanceKey(null), true);

  private final Key key;
  private final boolean kept;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Whether the holder of the lock has to close the key before others may use it. */
  private volatile boolean closing;

  /** Is used by one thread at a time. */
  interface Key {

    /** Opens the key if it is not open. */
    byte[] query(String value) throws AccessException;

    void close();
  }

  /**
   * @param kept whether the key stays open after a query, until {@link #release} or a failure
   */
  Win32PerformanceData(Key key, boolean kept) {
    this.key = key;
    this.kept = kept;
  }

  /**
   * Another machine, whose key is closed after every query: an exporter that can no longer reach
   * the machine could not unload the DLLs there before an update.
   *
   * @param machine {@code \\name}
   */
  static Win32PerformanceData remote(String machine) {
    return new Win32PerformanceData(new PerformanceKey(machine), false);
  }

  @Override
  public byte[] query(String value) throws AccessException {
    if (!acquired()) {
      throw Win32Errors.failedWithCure(
          PerformanceKey.call(value),
          Win32Error.TIMEOUT,
          "An earlier query has not returned within "
              + PATIENCE.toSeconds()
              + " s: a provider of performance data hangs");
    }
    boolean answered = false;
    try {
      closeIfAsked();
      byte[] answer = key.query(value);
      answered = true;
      return answer;
    } finally {
      if (!kept || !answered) {
        closing = true;
      }
      unlock();
    }
  }

  @Override
  public void release() {
    closing = true;
    if (lock.tryLock()) {
      unlock();
    }
  }

  /** Closes the key first if that was asked for, also by a release that came too late for it. */
  private void unlock() {
    do {
      try {
        closeIfAsked();
      } finally {
        lock.unlock();
      }
    } while (closing && lock.tryLock());
  }

  private void closeIfAsked() {
    if (closing) {
      closing = false;
      key.close();
    }
  }

  private boolean acquired() {
    try {
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
