package dev.imfexporter.watch;

import dev.imfexporter.access.ErrorReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong with a host since the program began to watch it.
 *
 * @param counts of failed readings, for every reason
 * @param recent the newest ones, newest first, kept long after the readings work again
 */
public record Troubles(Map<ErrorReason, Long> counts, List<Trouble> recent) {
  /** Nothing so far. */
  public static final Troubles NONE = new Troubles(Map.of(), List.of());

  public Troubles {
    Map<ErrorReason, Long> all = new EnumMap<>(ErrorReason.class);
    for (ErrorReason reason : ErrorReason.values()) {
      all.put(reason, counts.getOrDefault(reason, 0L));
    }
    counts = Collections.unmodifiableMap(all);
    recent = List.copyOf(recent);
  }
}
