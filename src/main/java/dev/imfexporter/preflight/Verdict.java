package dev.imfexporter.preflight;

import dev.imfexporter.text.HasWord;

/** What a check found; the later constant outweighs the earlier. */
public enum Verdict implements HasWord {
  /** Nothing that was read speaks against mail coming back. */
  OK,
  /** What would say it could not be read. */
  NOT_KNOWN,
  /** Mail may come back late, or the reason why it does not may stay unseen. */
  WARNING,
  /** Mail will probably not come back by itself. */
  PROBLEM;

  /** The word with a blank, for people. */
  public String words() {
    return spaced();
  }
}
