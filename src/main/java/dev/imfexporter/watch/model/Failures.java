package dev.imfexporter.watch.model;

import dev.imfexporter.access.ErrorReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The failures of a host's collectors since the exporter started.
 *
 * @param counts of failed runs, for every reason
 * @param recent newest first; a record stays after its collector has succeeded again
 */
public record Failures(Map<ErrorReason, Long> counts, List<FailureRecord> recent) {
  public static final Failures NONE = new Failures(Map.of(), List.of());

  public Failures {
    Map<ErrorReason, Long> all = new EnumMap<>(ErrorReason.class);
    for (ErrorReason reason : ErrorReason.values()) {
      all.put(reason, counts.getOrDefault(reason, 0L));
    }
    counts = Collections.unmodifiableMap(all);
    recent = List.copyOf(recent);
  }
}
