package dev.imfexporter.bench;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.Plans;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.WatchPlan;
import dev.imfexporter.watch.poll.CallTimer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The demo host under a clock that is turned by hand, watched on the caller's own thread. */
final class DemoWatch implements AutoCloseable {
  private final TestTime time = new TestTime();
  private final DemoHost host = DemoHost.play(time, Duration.ZERO);
  private final HostWatcher watcher;

  DemoWatch(CallTimer timer) {
    WatchPlan plan =
        Plans.ofMail(
            "demo",
            new ServicesReading(List.of(WellKnownServices.IIS_ADMIN, "SMTPSVC"), time),
            new DefinitionReading(Optional.empty(), ZoneOffset.UTC));
    watcher =
        HostWatcher.start(
            plan, host, FactStore.none(), Runnable::run, (interval, task) -> () -> {}, time, timer);
  }

  /** What readings of this very second show: none is taken again. */
  HostSnapshot sameSecond() {
    return watcher.scrape(Duration.ofSeconds(5)).join();
  }

  /** What the next second shows, with readings of its own. */
  HostSnapshot nextSecond() {
    time.advance(Duration.ofSeconds(1));
    return sameSecond();
  }

  @Override
  public void close() {
    watcher.close();
    host.close();
  }
}
