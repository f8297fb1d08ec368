package dev.imfexporter.http;

import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A host whose answer can be held back, or be a failure. */
final class FakeHost implements ObservedHost {
  /** The deadlines it was given, in order. */
  final List<Duration> deadlines = new CopyOnWriteArrayList<>();

  final Semaphore entered = new Semaphore(0);
  volatile @Nullable RuntimeException failure;
  volatile HostSnapshot snapshot;
  private final List<CompletableFuture<HostSnapshot>> held = new ArrayList<>();
  private final String name;
  private boolean open = true;

  FakeHost(String name) {
    this.name = name;
    snapshot = Snapshots.up(name);
  }

  synchronized void hold() {
    open = false;
  }

  synchronized void release() {
    open = true;
    held.forEach(this::answer);
    held.clear();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
    CompletableFuture<HostSnapshot> snapshot = new CompletableFuture<>();
    deadlines.add(deadline);
    synchronized (this) {
      if (open) {
        answer(snapshot);
      } else {
        held.add(snapshot);
      }
    }
    entered.release();
    return snapshot;
  }

  @Override
  public HostSnapshot lastSnapshot() {
    return snapshot;
  }

  private void answer(CompletableFuture<HostSnapshot> answer) {
    RuntimeException thrown = failure;
    if (thrown == null) {
      answer.complete(snapshot);
    } else {
      answer.completeExceptionally(thrown);
    }
  }
}
