package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import dev.imfexporter.access.format.TitleTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a performance object by its English name, which works on a host of any language. The
 * table of names is large and rarely changes: it is cached, and read again if the object is not
 * found.
 */
final class NamedObject {
  private static final String ENGLISH_NAMES = "Counter 009";

  /** How old the table may be when an optional object is not found: setup programs add objects. */
  private static final Duration TABLE_AGE = Duration.ofMinutes(10);

  private final String name;
  private final Duration age;
  private final InstantSource clock;
  private @Nullable Table table;

  /**
   * @param titles of the object's counters, among others
   */
  record Found(PerformanceObject object, TitleTable titles) {}

  private record Table(TitleTable titles, Instant read) {}

  private NamedObject(String name, Duration age, InstantSource clock) {
    this.name = name;
    this.age = age;
    this.clock = clock;
  }

  /** For an object whose absence is a failure: the table is then read again every time. */
  static NamedObject wanted(String name) {
    return new NamedObject(name, Duration.ZERO, () -> Instant.EPOCH);
  }

  /** For an optional object: the table is then read again every ten minutes. */
  static NamedObject possible(String name, InstantSource clock) {
    return new NamedObject(name, TABLE_AGE, clock);
  }

  /** Empty if the host does not have the object now. */
  Optional<Found> read(PerformanceData data) throws AccessException {
    Table known = table;
    if (known != null) {
      Optional<Found> found = read(data, known.titles());
      Duration old = Duration.between(known.read(), clock.instant()).abs();
      if (found.isPresent() || old.compareTo(age) < 0) {
        return found;
      }
      // A provider that could not open, or was installed since, is loaded by a fresh key only.
      data.release();
    }
    table = null;
    TitleTable titles = TitleTable.parse(data.query(ENGLISH_NAMES));
    Optional<Found> found = read(data, titles);
    table = new Table(titles, clock.instant());
    return found;
  }

  /** Discards the table: the object does not have the expected counters. */
  void distrust() {
    table = null;
  }

  private Optional<Found> read(PerformanceData data, TitleTable titles) throws AccessException {
    Optional<Integer> index = titles.index(name);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    return PerformanceBlock.object(data.query(Integer.toString(index.get())), index.get())
        .map(object -> new Found(object, titles));
  }
}
