package dev.imfexporter.http;

import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.model.ObservedHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A machine that is watched, and hosts that are probed. */
final class FakeWatched implements Watched {
  final AtomicInteger reloads = new AtomicInteger();
  final AtomicInteger readings = new AtomicInteger();
  volatile List<String> wrong = List.of();
  volatile @Nullable Unavailable unavailable;
  private final ObservedHost here;
  private final List<ObservedHost> others = new CopyOnWriteArrayList<>();

  FakeWatched(ObservedHost here) {
    this.here = here;
  }

  void add(ObservedHost other) {
    others.add(other);
  }

  @Override
  public List<ObservedHost> hosts() {
    List<ObservedHost> all = new CopyOnWriteArrayList<>(List.of(here));
    all.addAll(others);
    return all;
  }

  @Override
  public Optional<ObservedHost> host(String name) {
    return hosts().stream().filter(host -> host.name().equals(name)).findFirst();
  }

  @Override
  public Optional<CompletableFuture<FreshReading>> readNow(String name) {
    return host(name).map(this::readNow);
  }

  private CompletableFuture<FreshReading> readNow(ObservedHost host) {
    readings.incrementAndGet();
    Unavailable failure = unavailable;
    return failure != null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(
            new FreshReading(host.lastSnapshot(), new DayEvents.Read(List.of()), Snapshots.NOW));
  }

  @Override
  public Optional<ObservedHost> here() {
    return Optional.of(here);
  }

  @Override
  public List<Target> targets() {
    return others.stream()
        .map(
            host ->
                new Target(host.name(), new TreeMap<>(Map.of("access", "smb", "module", "relay"))))
        .toList();
  }

  @Override
  public String configuration() {
    return "hosts: {}\n";
  }

  @Override
  public String configuration(String host) {
    return "hosts: {%s: {access: demo}}\n".formatted(host);
  }

  @Override
  public List<String> reload() {
    reloads.incrementAndGet();
    return wrong;
  }
}
