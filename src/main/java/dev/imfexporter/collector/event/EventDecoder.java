package dev.imfexporter.collector.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import java.util.Optional;

/** Turns an event of one id into its meaning. Pure. */
@FunctionalInterface
interface EventDecoder {

  /** Empty if the event does not say what its id promises, or is not relevant. */
  Optional<Meaning> decode(EventRecord event);
}
