package dev.imfexporter.cli;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.CallThreads;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.fact.FactStore;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Everything that watches one host.
 *
 * @param watcher uses the access and the facts
 */
record Post(HostConfig config, HostAccess access, FactStore facts, HostWatcher watcher)
    implements AutoCloseable {
  /** Hosts that do not answer a good-bye are left without one. */
  private static final long GOOD_BYE_MILLIS = 1_000;

  private static final int AT_ONCE = 16;

  @Override
  public void close() {
    close(List.of(this));
  }

  /** Closes many in the time that one takes; hosts that hang are left to the end of the program. */
  static void close(Collection<Post> posts) {
    posts.forEach(post -> post.watcher().close());
    ExecutorService threads = CallThreads.atMost(AT_ONCE);
    CompletableFuture.allOf(
            posts.stream()
                .map(post -> CompletableFuture.runAsync(post.access()::close, threads))
                .toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, GOOD_BYE_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(failed -> null)
        .join();
    threads.shutdown();
    posts.forEach(post -> post.facts().close());
  }
}
