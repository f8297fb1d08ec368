package dev.imfexporter.watch;

/**
 * Something that happened and must outlast the program: what the ledgers are rebuilt from. Facts
 * are values; a ledger that is given all of them again, in their order, is what it was.
 */
public sealed interface Fact permits ServiceFact, UpdateFact, EventFact {}
