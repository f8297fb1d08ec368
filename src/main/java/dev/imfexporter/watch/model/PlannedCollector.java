package dev.imfexporter.watch.model;

import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.EventCursor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A collector, and when to run it.
 *
 * @param create makes the collector, given how far an earlier run of the exporter has read each
 *     event log; empty for a log that was never read
 * @param maxAge how old its value may be in a scrape; an older one is read anew
 * @param interval between two runs while nothing scrapes; zero for every poll, empty to run for
 *     scrapes only
 * @param background after which a run is given up, for a collector that may take long: a scrape
 *     takes its newest value, however old, and waits only for the first; empty for a collector that
 *     scrapes wait for, within the timeout of the host
 */
public record PlannedCollector<T>(
    CollectorKey<T> key,
    Function<Function<String, Optional<EventCursor>>, Collector<T>> create,
    Duration maxAge,
    Optional<Duration> interval,
    Set<Need> needs,
    Optional<Duration> background) {

  public PlannedCollector {
    needs = Set.copyOf(needs);
  }

  /** Runs at this interval, for scrapes too, and needs nothing. */
  public static <T> PlannedCollector<T> planned(
      CollectorKey<T> key, Collector<T> collector, Duration interval) {
    return resuming(key, cursors -> collector, interval);
  }

  /** The same for a collector that reads on where an earlier run of the exporter ended. */
  public static <T> PlannedCollector<T> resuming(
      CollectorKey<T> key,
      Function<Function<String, Optional<EventCursor>>, Collector<T>> create,
      Duration interval) {
    return new PlannedCollector<>(
        key, create, interval, Optional.of(interval), Set.of(), Optional.empty());
  }

  /** The same with another interval between two runs while nothing scrapes. */
  public PlannedCollector<T> every(Duration other) {
    return new PlannedCollector<>(key, create, maxAge, Optional.of(other), needs, background);
  }

  /** The same, run for scrapes only. */
  public PlannedCollector<T> forScrapes() {
    return new PlannedCollector<>(key, create, maxAge, Optional.empty(), needs, background);
  }

  /** The same with needs. */
  public PlannedCollector<T> needing(Need first, Need... more) {
    return new PlannedCollector<>(
        key, create, maxAge, interval, EnumSet.of(first, more), background);
  }

  /** The same, run at its interval alone, and given up after that time. */
  public PlannedCollector<T> inBackground(Duration timeout) {
    return new PlannedCollector<>(key, create, maxAge, interval, needs, Optional.of(timeout));
  }
}
