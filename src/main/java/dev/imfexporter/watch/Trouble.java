package dev.imfexporter.watch;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.reading.ReadingName;
import java.time.Instant;

/**
 * A reading that failed, once or again and again for the same reason.
 *
 * @param why a sentence
 * @param first when it failed so for the first time
 * @param last when it failed so most recently
 * @param times how often
 */
public record Trouble(
    ReadingName reading, ErrorReason error, String why, Instant first, Instant last, long times) {

  Trouble again(Instant at) {
    return new Trouble(reading, error, why, first, at, times + 1);
  }
}
