package dev.imfexporter.cli;

import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.fleet.HostFactory;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.fleet.WatchedHost;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.journal.Recovered;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads a host for a command, with the history that an exporter has kept of it. */
final class HostReader {
  /** For all readings together. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** For reading the event logs to their end, which takes several readings. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  /** Two readings this far apart show whether messages leave. */
  static final Duration BETWEEN = Duration.ofSeconds(5);

  private static final DayEvents NOT_ASKED = new DayEvents.NotAsked();

  private final TimeSource time = TimeSource.system();
  private final Options options;
  private final Duration between;

  /**
   * @param between the pause between two readings, in which messages can leave
   */
  HostReader(Options options, Duration between) {
    this.options = options;
    this.between = between;
  }

  /** Reads the host twice; once if it cannot be read. */
  FreshReading read(HostConfig config) throws UsageException, InterruptedException {
    return read(config, (host, snapshot, now) -> new FreshReading(snapshot, NOT_ASKED, now));
  }

  /** The same, with the events of its last 24 hours. */
  FreshReading readWithEvents(HostConfig config) throws UsageException, InterruptedException {
    return read(config, WatchedHost::readNow);
  }

  /** Makes a reading of a host that is open. */
  @FunctionalInterface
  private interface Use {
    FreshReading of(WatchedHost host, HostSnapshot snapshot, Instant now);
  }

  private FreshReading read(HostConfig config, Use use)
      throws UsageException, InterruptedException {
    try (WatchedHost watched = HostFactory.onDemand(config, earlier(config.name()))) {
      HostSnapshot snapshot = read(watched.watcher());
      if (snapshot.up()) {
        TimeUnit.MILLISECONDS.sleep(between.toMillis());
        snapshot = read(watched.watcher());
      }
      return use.of(watched, snapshot, time.now().wall());
    }
  }

  /** Reads until the event logs are read to their end, or for {@link #CATCH_UP}. */
  private HostSnapshot read(HostWatcher watcher) {
    Moment end = time.now().plus(CATCH_UP);
    HostSnapshot snapshot = watcher.scrape(DEADLINE).join();
    while (watcher.catchingUp() && time.now().since(end).isNegative()) {
      snapshot = watcher.scrape(DEADLINE).join();
    }
    return snapshot;
  }

  /** What an exporter has kept of this host; nothing is added to it. */
  private FactStore earlier(String name) throws UsageException {
    for (Path place : Storage.places(options.storagePath, options.configFiles())) {
      try {
        Optional<Recovered> recovered = JournalReader.read(place, name);
        if (recovered.isPresent()) {
          return FactStore.readOnly(recovered.get().facts());
        }
      } catch (IOException e) {
        throw HistoryCommand.unreadable(place, e);
      }
    }
    return FactStore.none();
  }
}
