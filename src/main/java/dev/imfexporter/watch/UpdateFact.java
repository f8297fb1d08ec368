package dev.imfexporter.watch;

/** What happened to the definition or to Windows. */
public sealed interface UpdateFact extends Fact {

  /** An episode began or changed; the newest with its number holds. */
  record EpisodeChanged(Episode episode) implements UpdateFact {}
}
