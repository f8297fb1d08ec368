package dev.imfexporter.reading;

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
 * A performance object that is found by its English name, whatever the host's language. The table
 * of names is large and rarely changes: it is kept, and read again when the object is not found.
 */
final class NamedObject {
  private static final String ENGLISH_NAMES = "Counter 009";

  /** Between two looks for an object that need not be there: new ones come by a set-up. */
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

  /** One whose absence is a failure: then the table is read again every time. */
  static NamedObject wanted(String name) {
    return new NamedObject(name, Duration.ZERO, () -> Instant.EPOCH);
  }

  /** One that may well be absent: then the table is read again now and then. */
  static NamedObject possible(String name, InstantSource clock) {
    return new NamedObject(name, TABLE_AGE, clock);
  }

  /** What the host has of it; empty when it does not offer the object now. */
  Optional<Found> read(PerformanceData data) throws AccessException {
    Table known = table;
    if (known != null) {
      Optional<Found> found = read(data, known.titles());
      if (found.isPresent() || young(known)) {
        return found;
      }
    }
    table = null;
    TitleTable titles = TitleTable.parse(data.query(ENGLISH_NAMES));
    Optional<Found> found = read(data, titles);
    table = new Table(titles, clock.instant());
    return found;
  }

  /** Has the table read anew next time: what was found is not what the name promises. */
  void distrust() {
    table = null;
  }

  private boolean young(Table known) {
    return Duration.between(known.read(), clock.instant()).abs().compareTo(age) < 0;
  }

  private Optional<Found> read(PerformanceData data, TitleTable titles) throws AccessException {
    Optional<Integer> index = titles.index(name);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    return PerformanceBlock.parse(data.query(Integer.toString(index.get()))).objects().stream()
        .filter(object -> object.nameIndex() == index.get())
        .findFirst()
        .map(object -> new Found(object, titles));
  }
}
