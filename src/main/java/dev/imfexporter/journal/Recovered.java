package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.util.List;

/**
 * What a journal file holds.
 *
 * @param facts in the order of the file
 * @param damaged lines that are no facts and are not the last
 * @param firstDamaged number of the first of them, from 1; 0 without any
 * @param torn whether the last line is not whole, as a crash leaves it
 * @param unknown facts that only a newer version understands
 * @param ignored fields that only a newer version understands
 */
public record Recovered(
    List<Fact> facts, int damaged, int firstDamaged, boolean torn, int unknown, int ignored) {
  public Recovered {
    facts = List.copyOf(facts);
  }
}
