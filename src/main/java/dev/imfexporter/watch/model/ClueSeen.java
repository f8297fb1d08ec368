package dev.imfexporter.watch.model;

import dev.imfexporter.collector.Clue;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * The newest event that gave a clue.
 *
 * @param event as Event Viewer shows it, for example {@code SMTPSVC 4006}
 * @param about what it names, such as a domain or a drive; "" if it names nothing
 * @param reason in the host's language, "" if it gives none
 */
public record ClueSeen(Clue clue, String event, String about, String reason, Instant at) {

  /** The same with its time converted. */
  public ClueSeen on(UnaryOperator<Instant> clock) {
    return new ClueSeen(clue, event, about, reason, clock.apply(at));
  }
}
