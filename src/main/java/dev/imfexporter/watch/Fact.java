package dev.imfexporter.watch;

import java.time.Instant;

/**
 * Something that happened and must outlast the program: what the ledgers are rebuilt from. Facts
 * are values; a ledger that is given all of them again, in their order, is what it was.
 */
public sealed interface Fact permits ServiceFact, UpdateFact, EventFact, Fact.Alive {

  /** The host was watched at that time; told now and then, for who comes after. */
  record Alive(Instant at) implements Fact {}
}
