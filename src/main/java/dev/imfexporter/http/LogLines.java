package dev.imfexporter.http;

import dev.imfexporter.websecurity.TokenBucket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Keeps clients from filling the log: for each reason one line in a minute. Thread-safe. */
final class LogLines<E extends Enum<E>> {
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Map<E, TokenBucket> buckets;

  LogLines(Class<E> reasons) {
    buckets = new EnumMap<>(reasons);
    for (E each : reasons.getEnumConstants()) {
      buckets.put(each, new TokenBucket(BETWEEN, 1, System::nanoTime));
    }
  }

  /** Whether a line may be written; it then should be. */
  boolean take(E reason) {
    return Objects.requireNonNull(buckets.get(reason)).take();
  }
}
