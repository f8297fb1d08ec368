package dev.imfexporter.watch;

import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a host with the known troubles, so that the causes of an outage outlast it. */
final class TroubleComparison {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private @Nullable Moment last;

  /** Empty before the interval is over, and of a host that could not be read. */
  Optional<Observation> due(Moment now, Supplier<HostSnapshot> host) {
    Moment before = last;
    if (before != null && now.since(before).compareTo(INTERVAL) < 0) {
      return Optional.empty();
    }
    last = now;
    HostSnapshot snapshot = host.get();
    return snapshot.up()
        ? Optional.of(new Observation.TroublesCompared(likely(snapshot), now))
        : Optional.empty();
  }

  private static Set<String> likely(HostSnapshot snapshot) {
    return Troubles.of(snapshot).likely().stream()
        .map(cause -> cause.trouble().word())
        .collect(Collectors.toSet());
  }
}
