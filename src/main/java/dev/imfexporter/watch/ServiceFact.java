package dev.imfexporter.watch;

/** What happened to a service. */
public sealed interface ServiceFact extends Fact {

  /** An outage ended, and nothing more can be learned of it: it is counted once, with this fact. */
  record Settled(Outage outage) implements ServiceFact {}
}
