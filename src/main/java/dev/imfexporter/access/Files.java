package dev.imfexporter.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Folders of a host, by its own paths, e.g. {@code C:\Program Files\Exchsrvr}. */
public interface Files {

  /**
   * One entry of a folder.
   *
   * @param created on file systems that know it, otherwise the time of the last change
   */
  record Entry(String name, boolean folder, long bytes, Instant created, Instant modified) {}

  /**
   * What lies in the folder, unordered, without "." and ".."; empty when there is no such folder.
   */
  Optional<List<Entry>> list(String folder) throws AccessException;

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
   * As {@link #list}, and stops at that many entries or after that time, whichever comes first: a
   * queue may hold a million messages.
   */
  Optional<Sample> sample(String folder, int most, Duration within) throws AccessException;
}
