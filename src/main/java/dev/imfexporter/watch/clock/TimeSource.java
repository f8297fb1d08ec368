package dev.imfexporter.watch.clock;

import java.time.Duration;
import java.time.Instant;

/** Where the time comes from; tests bring their own. */
@FunctionalInterface
public interface TimeSource {

  Moment now();

  /** The clocks of this machine. */
  static TimeSource system() {
    return () -> new Moment(Instant.now(), Duration.ofNanos(System.nanoTime()));
  }
}
