package dev.imfexporter.watch;

import dev.imfexporter.watch.Downtime.Span;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When outages ended, as far as anybody knows: a program that was away may have missed it. */
final class OutageEnds {
  private final Map<Key, Instant> unseen = new HashMap<>();

  private record Key(String service, Instant began) {
    static Key of(Outage outage) {
      return new Key(outage.service(), outage.began());
    }
  }

  /**
   * Takes a look at the services into account.
   *
   * @param out the services that are out now
   * @param before the services that were out at the look before
   * @return the outage with its end, if this look shows it and nobody told it better
   */
  Optional<Outage> look(Outage outage, Set<String> out, Set<String> before, Instant now) {
    String service = outage.service();
    if (outage.ended().isPresent() || out.contains(service)) {
      unseen.remove(Key.of(outage));
      return Optional.empty();
    }
    if (!before.contains(service)) {
      unseen.putIfAbsent(Key.of(outage), now);
      return Optional.empty();
    }
    return Optional.of(
        new Outage(
            service,
            outage.began(),
            Optional.of(now),
            outage.phases(),
            outage.witnesses(),
            outage.crash(),
            outage.shutdown(),
            Optional.of(outage.startedBy().orElse(StartedBy.UNATTRIBUTED))));
  }

  /** When it was over, at the latest; empty while it lasts. */
  Optional<Instant> of(Outage outage) {
    return outage.ended().or(() -> Optional.ofNullable(unseen.get(Key.of(outage))));
  }

  /** How long it was proven to last; one whose end nobody saw may have been over at once. */
  Span span(Outage outage, Instant now) {
    Instant end = outage.ended().orElse(unseen.containsKey(Key.of(outage)) ? outage.began() : now);
    return new Span(outage.began(), end.isBefore(outage.began()) ? outage.began() : end);
  }
}
