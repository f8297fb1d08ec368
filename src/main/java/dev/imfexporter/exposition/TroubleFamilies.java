package dev.imfexporter.exposition;

import dev.imfexporter.metric.TroubleMetrics;
import dev.imfexporter.trouble.Match;
import dev.imfexporter.trouble.Troubles;

/** Causes by name. */
final class TroubleFamilies {
  private TroubleFamilies() {}

  static void add(Families families, Troubles troubles) {
    troubles
        .matches()
        .forEach(
            (trouble, match) -> {
              if (!match.equals(Match.NOT_KNOWN)) {
                families
                    .of(TroubleMetrics.KNOWN_TROUBLE)
                    .add(match instanceof Match.Likely, trouble.word());
              }
            });
  }
}
