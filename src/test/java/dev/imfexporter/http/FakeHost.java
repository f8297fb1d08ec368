package dev.imfexporter.http;

import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ObservedHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A host whose answer can be held back, or be a failure. */
final class FakeHost implements ObservedHost {
  /** The deadlines it was given, in order. */
  final List<Duration> deadlines = new CopyOnWriteArrayList<>();

  final Semaphore entered = new Semaphore(0);
  final AtomicBoolean interrupted = new AtomicBoolean();
  private final Semaphore gate = new Semaphore(0);
  volatile @Nullable RuntimeException failure;
  private volatile boolean open = true;

  void hold() {
    open = false;
  }

  void release() {
    open = true;
    gate.release(1_000_000);
  }

  @Override
  public String name() {
    return "mail01";
  }

  @Override
  public HostSnapshot observe(Duration deadline) {
    deadlines.add(deadline);
    entered.release();
    if (!open) {
      try {
        gate.acquire();
      } catch (InterruptedException e) {
        interrupted.set(true);
        throw new IllegalStateException("interrupted", e);
      }
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return Snapshots.up();
  }
}
