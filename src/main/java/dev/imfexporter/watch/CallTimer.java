package dev.imfexporter.watch;

import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result;
import java.time.Duration;

/** Is told of every reading that came to an end, on the thread that took it. */
@FunctionalInterface
public interface CallTimer {
  void took(ReadingName reading, Result<?> result, Duration took);
}
