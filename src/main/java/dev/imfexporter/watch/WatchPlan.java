package dev.imfexporter.watch;

import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Components;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Filter;
import dev.imfexporter.reading.HostClockState;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Retention;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What to watch on a host, how often, and what is slow there. Readings that are switched off are
 * empty.
 *
 * @param host its name, as configured
 * @param events makes the reading, given how far a log was read before
 * @param countedProviders whose events are counted, one by one
 * @param limits of episodes
 * @param retention of outages and episodes
 */
public record WatchPlan(
    String host,
    Reading<Services> services,
    Optional<Reading<Definition>> definition,
    Optional<Reading<Smtp>> smtp,
    Optional<Reading<Filter>> filter,
    Optional<Function<Function<String, Optional<EventCursor>>, Reading<Events>>> events,
    Optional<Reading<MailFolders>> folders,
    Optional<Reading<Banner>> banner,
    Optional<Reading<Components>> components,
    Optional<Reading<HostClockState>> machine,
    Intervals intervals,
    Set<String> countedProviders,
    Limits limits,
    Retention retention) {
  public WatchPlan {
    countedProviders = Set.copyOf(countedProviders);
  }

  /**
   * Between two looks.
   *
   * @param poll at services that the host does not report by itself
   * @param definition when nothing calls for it
   * @param events when nothing calls for them
   * @param timeout how long a reading may take
   */
  public record Intervals(Duration poll, Duration definition, Duration events, Duration timeout) {}
}
