package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /** How many lines of the file are damaged, in a sentence that names it; empty if none is. */
  public Optional<String> damage(Path file) {
    return damaged == 0
        ? Optional.empty()
        : Optional.of(
            damaged == 1
                ? "%s: line %d is damaged".formatted(file, firstDamaged)
                : "%s: %d damaged lines, the first is line %d"
                    .formatted(file, damaged, firstDamaged));
  }
}
