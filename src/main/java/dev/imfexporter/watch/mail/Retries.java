package dev.imfexporter.watch.mail;

import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Since when messages have always waited for another try. Not thread-safe. */
final class Retries {
  /** After a longer time without a reading, nothing is known of the time before. */
  private static final Duration GAP = Duration.ofMinutes(2);

  private long messages;
  private @Nullable Instant last;
  private @Nullable Instant empty;
  private @Nullable Instant first;

  /**
   * @param waiting messages for another try
   */
  void read(long waiting, Instant now) {
    messages = waiting;
    if (last == null || last.plus(GAP).isBefore(now)) {
      empty = null;
      first = now;
    }
    last = now;
    if (waiting == 0) {
      empty = now;
    }
  }

  boolean isWaiting() {
    return messages > 0;
  }

  /** A sentence; empty while none waits. */
  Optional<String> words(Instant now) {
    if (!isWaiting()) {
      return Optional.empty();
    }
    String since =
        empty != null
            ? "were last empty " + TimeWords.distance(empty, now)
            : first == null || !first.isBefore(now)
                ? "were not empty in any reading so far"
                : "were not empty in any reading of the last "
                    + TimeWords.duration(Duration.between(first, now));
    return Optional.of("%d wait for another try; those queues %s.".formatted(messages, since));
  }
}
