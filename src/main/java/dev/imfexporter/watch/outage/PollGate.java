package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds back polls that contradict notifications until a late notification would have arrived;
 * otherwise one transition would be recorded twice.
 */
public final class PollGate {
  /** Within this time a notification of a state that a poll saw may still arrive. */
  private static final Duration NOTIFICATION_DELAY = Duration.ofSeconds(2);

  private final Map<String, Contradiction> pending = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** A poll found another state than the newest notification. */
  private record Contradiction(@Nullable ServiceState polled, Instant since) {}

  /** Whether a contradiction waits for another poll. */
  boolean isWaiting() {
    return !pending.isEmpty();
  }

  /** Whether a poll that contradicts the notifications may be believed by now. */
  boolean passes(String service, @Nullable ServiceState polled, Instant asked, Instant seen) {
    Contradiction known = pending.get(service);
    if (known != null && known.polled() == polled) {
      return !asked.isBefore(known.since().plus(NOTIFICATION_DELAY));
    }
    pending.put(service, new Contradiction(polled, seen));
    return false;
  }

  /** Forgets the contradiction of a service. */
  void clear(String service) {
    pending.remove(service);
  }
}
