package dev.imfexporter.http;

import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A host of which one snapshot is known. */
record KnownHost(HostSnapshot snapshot) implements ObservedHost {
  @Override
  public String name() {
    return snapshot.name();
  }

  @Override
  public CompletableFuture<HostSnapshot> scrape(Duration deadline) {
    return CompletableFuture.completedFuture(snapshot);
  }

  @Override
  public HostSnapshot lastSnapshot() {
    return snapshot;
  }
}
