package dev.imfexporter.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Folders of a host, by its own paths, e.g. {@code C:\Program Files\Exchsrvr}. */
@FunctionalInterface
public interface Files {
  /** For {@link #sample}: as long as it takes. */
  Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

  /**
   * One entry of a folder.
   *
   * @param created on file systems that keep it, otherwise the time of the last change
   */
  record Entry(String name, boolean folder, long bytes, Instant created, Instant modified) {}

  /**
   * Some of what lies in a folder.
   *
   * @param complete whether that is all there is
   */
  record Sample(List<Entry> entries, boolean complete) {
    public Sample {
      entries = List.copyOf(entries);
    }
  }

  /**
   * What lies in the folder, unordered, without "." and ".."; empty when there is no such folder.
   */
  default Optional<List<Entry>> list(String folder) throws AccessException {
    return sample(folder, Integer.MAX_VALUE, NO_LIMIT).map(Sample::entries);
  }

  /**
   * As {@link #list}, but stops at {@code most} entries or after {@code within}, as soon as one of
   * them is reached: a queue may hold a million messages.
   */
  Optional<Sample> sample(String folder, int most, Duration within) throws AccessException;
}
