package dev.imfexporter.watch.model;

import dev.imfexporter.access.WellKnownServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long the newest restarts of SMTP took. */
public record RestartTimes(int count, Duration median, Duration longest) {
  private static final int MOST = 12;
  private static final int FEWEST = 3;

  /** Empty for less than three restarts. */
  static Optional<RestartTimes> of(HostHistory history) {
    List<Duration> times =
        history.outages().stream()
            .filter(outage -> outage.service().equalsIgnoreCase(WellKnownServices.SMTP))
            .flatMap(outage -> outage.total().stream())
            .limit(MOST)
            .sorted()
            .toList();
    return times.size() < FEWEST
        ? Optional.empty()
        : Optional.of(
            new RestartTimes(
                times.size(), times.get((times.size() - 1) / 2), times.get(times.size() - 1)));
  }
}
