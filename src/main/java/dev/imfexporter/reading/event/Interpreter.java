package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.util.Optional;

/** Knows what the events of some providers say. Pure. */
interface Interpreter {

  /** Whether events of that number may say something; asked before they are decoded. */
  boolean knows(int id);

  /** What it says; empty when it says nothing after all. */
  Optional<Meaning> meaning(EventRecord event);
}
