package dev.imfexporter.diagnosis;

import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A host as it was read on request: what a diagnosis and an archive of evidence are made of.
 *
 * @param events of its last 24 hours
 * @param at when the reading ended
 */
public record FreshReading(HostSnapshot snapshot, DayEvents events, Instant at) {

  /** What it means, with the times in this zone. */
  public Diagnosis diagnosis(ZoneId zone) {
    return Diagnosis.of(snapshot, events, new TimeView(at, zone));
  }
}
