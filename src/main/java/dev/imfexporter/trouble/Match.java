package dev.imfexporter.trouble;

import java.util.List;

/** Whether a host has a trouble, as far as its evidence was read. */
public sealed interface Match {
  Match NOT_KNOWN = new NotKnown();
  Match NO = new No();

  /** What would show it could not be read. */
  record NotKnown() implements Match {}

  /** Nothing shows it. */
  record No() implements Match {}

  /**
   * It is likely, and never certain.
   *
   * @param evidence sentences
   * @param steps what to do, in this order
   */
  record Likely(List<String> evidence, List<String> steps) implements Match {
    public Likely {
      evidence = List.copyOf(evidence);
      steps = List.copyOf(steps);
    }
  }

  static Match likely(List<String> evidence, String... steps) {
    return new Likely(evidence, List.of(steps));
  }
}
