package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.LoggedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the newest events of a day in bounded memory, however many a host writes and however long
 * their texts are. When there are too many, the oldest of the event that takes most room goes: a
 * flood of one event leaves the others. Not thread-safe.
 */
public final class NewestEvents {
  /** How many are kept. */
  public static final int MOST = 2_000;

  /** How much text they have together; {@value #MOST} ordinary events have less than half of it. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private final Map<Kind, Kept> kinds = new HashMap<>();
  private int count;
  private long characters;
  private long leftOut;

  private record Kind(String log, String provider, int id) {}

  /** The events of one kind, the oldest first. */
  private static final class Kept {
    private final Deque<LoggedEvent> events = new ArrayDeque<>();
    private long characters;
  }

  /** Adds an event; of one log, they come in the order in which they were written. */
  public void add(LoggedEvent event) {
    Kept kept =
        kinds.computeIfAbsent(
            new Kind(event.log(), event.provider(), event.id()), kind -> new Kept());
    kept.events.addLast(event);
    count++;
    grow(kept, characters(event));
    while (count > MOST || characters > MOST_CHARACTERS) {
      dropOne();
    }
  }

  private void dropOne() {
    Map.Entry<Kind, Kept> largest =
        kinds.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.comparingLong(kept -> kept.characters)))
            .orElseThrow();
    Kept kept = largest.getValue();
    grow(kept, -characters(kept.events.removeFirst()));
    count--;
    leftOut++;
    if (kept.events.isEmpty()) {
      kinds.remove(largest.getKey());
    }
  }

  private void grow(Kept kept, int by) {
    kept.characters += by;
    characters += by;
  }

  /** Of all its texts, whichever meaning it has. */
  private static int characters(LoggedEvent event) {
    return event.toString().length();
  }

  /** What was kept so far, the earliest first. */
  public DayEvents.Read read() {
    List<LoggedEvent> all = new ArrayList<>(count);
    kinds.values().forEach(kept -> all.addAll(kept.events));
    all.sort(
        Comparator.comparing(LoggedEvent::written)
            .thenComparing(LoggedEvent::log)
            .thenComparing(LoggedEvent::record));
    return new DayEvents.Read(all, leftOut);
  }
}
