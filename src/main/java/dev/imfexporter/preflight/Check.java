package dev.imfexporter.preflight;

import java.util.List;

/**
 * The answer to one question.
 *
 * @param evidence sentences; never empty
 * @param steps what to do, in this order; empty if there is nothing to do
 */
public record Check(Item item, Verdict verdict, List<String> evidence, List<String> steps) {
  public Check {
    evidence = List.copyOf(evidence);
    steps = List.copyOf(steps);
  }

  public String question() {
    return item.question();
  }
}
