package dev.imfexporter.fleet;

import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A host that is not open yet. A scrape waits until it is; at its deadline, nothing is read yet.
 */
final class OpeningHost implements ObservedHost {
  private final HostConfig config;
  private final TimeSource time;
  private final Moment since;
  private final CompletableFuture<ObservedHost> opened = new CompletableFuture<>();

  OpeningHost(HostConfig config, TimeSource time) {
    this.config = config;
    this.time = time;
    this.since = time.now();
  }

  /** Passes on the scrapes that wait, and all further ones. */
  void opened(ObservedHost host) {
    opened.complete(host);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
    Moment asked = time.now();
    return opened
        .thenCompose(host -> host.scrape(deadline.minus(time.now().since(asked))))
        .completeOnTimeout(lastSnapshot(), deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public HostSnapshot lastSnapshot() {
    return UnopenedHost.waiting(config, since.wall()).lastSnapshot();
  }
}
