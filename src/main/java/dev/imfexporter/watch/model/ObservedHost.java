package dev.imfexporter.watch.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A host that is watched, as metrics and pages see it. Thread-safe; no method blocks. */
public interface ObservedHost {

  /** The host's name, as configured. */
  String name();

  /**
   * Reads what is older than it may be. Concurrent callers share the calls that are under way, each
   * with its own deadline.
   *
   * @return completes when every collector has ended, or at the deadline: a collector that has not
   *     ended by then is failed in the snapshot, and its call goes on. Never completes
   *     exceptionally. It may complete on a thread that others wait for, so dependents must not
   *     block.
   */
  CompletableFuture<HostSnapshot> scrape(Duration deadline);

  /** The newest results that there are; reads nothing from the host. */
  HostSnapshot lastSnapshot();
}
