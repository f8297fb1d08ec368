package dev.imfexporter.watch;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Counts what goes wrong with a host and remembers the newest of it. Thread-safe. */
final class TroubleLog {
  /** Enough for a night in which every reading fails in two ways. */
  private static final int KEPT = 20;

  private final Map<ErrorReason, Long> counts = new EnumMap<>(ErrorReason.class);

  /** The newest first. */
  private final Deque<Trouble> recent = new ArrayDeque<>();

  /** Takes the end of a reading into account. */
  synchronized void note(ReadingName reading, Result<?> result, Instant at) {
    if (!(result instanceof Result.Failed<?> failed)) {
      return;
    }
    counts.merge(failed.error(), 1L, Long::sum);
    Trouble now = new Trouble(reading, failed.error(), failed.why(), at, at, 1);
    for (Trouble known : recent) {
      if (known.reading() == reading && known.why().equals(failed.why())) {
        now = known.again(at);
        recent.remove(known);
        break;
      }
    }
    recent.addFirst(now);
    if (recent.size() > KEPT) {
      recent.removeLast();
    }
  }

  synchronized Troubles troubles() {
    return new Troubles(counts, new ArrayList<>(recent));
  }
}
