package dev.imfexporter.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where metrics and pages get the truth about a host from. */
public interface ObservedHost {

  /** The host's name, as configured. */
  String name();

  /**
   * What is so now. Readings that are not fresh are taken; concurrent callers share those under
   * way, each with its own deadline. Never blocks.
   *
   * @return completes when every reading is in or the deadline is over, whichever comes first: a
   *     reading that is not in by then is failed in the snapshot and goes on by itself. Never
   *     exceptionally. Dependents may run on a thread that others wait for: they must not block.
   */
  CompletableFuture<HostSnapshot> observe(Duration deadline);

  /** What was so when the host was last looked at; asks it nothing. Never blocks. */
  HostSnapshot known();
}
