package dev.imfexporter.life;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record of the System log.
 *
 * @param at true time at which it was written
 * @param record its number
 * @param written by the host's clock, in whole seconds
 * @param data its text, which the record has as UTF-16; "" without data
 * @param sid of the user; empty when the record names none
 * @param meaning empty for a record that says nothing to this program
 */
public record LifeEvent(
    Instant at,
    long record,
    Instant written,
    String provider,
    int id,
    LoggedEvent.Level level,
    List<String> strings,
    String data,
    Optional<String> sid,
    Optional<Meaning> meaning) {
  static final String LOG = "System";

  public LifeEvent {
    strings = List.copyOf(strings);
  }

  /** As the reading of the events has it; empty for one that it leaves out. */
  public Optional<LoggedEvent> logged() {
    return meaning.map(says -> new LoggedEvent(LOG, record, written, provider, id, level, says));
  }
}
