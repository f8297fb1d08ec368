package dev.imfexporter.watch.model;

import dev.imfexporter.collector.LoggedEvent.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The counts of the event logs.
 *
 * @param logs those that were read
 * @param bindFailures by virtual server
 * @param clues the newest of each kind
 */
public record EventHistory(
    List<Log> logs,
    List<Events> events,
    List<Failures> failures,
    List<BindFailureCount> bindFailures,
    List<ClueSeen> clues) {
  /** Stands for all ids of a provider that are beyond a bound. */
  public static final int OTHER = -1;

  public static final EventHistory NONE =
      new EventHistory(List.of(), List.of(), List.of(), List.of(), List.of());

  public EventHistory {
    logs = List.copyOf(logs);
    events = List.copyOf(events);
    failures = List.copyOf(failures);
    bindFailures = List.copyOf(bindFailures);
    clues = List.copyOf(clues);
  }

  /** The same history with all times converted. */
  public EventHistory on(UnaryOperator<Instant> clock) {
    return new EventHistory(
        logs.stream()
            .map(log -> new Log(log.name, log.gaps, log.lastGap.map(clock), log.unrecognised))
            .toList(),
        events,
        failures,
        bindFailures,
        clues.stream().map(clue -> clue.on(clock)).toList());
  }

  /**
   * A log.
   *
   * @param gaps how often records were lost before they were read
   * @param lastGap when that was last found
   * @param unrecognised events with a state or a control in unknown words
   */
  public record Log(String name, long gaps, Optional<Instant> lastGap, long unrecognised) {}

  /**
   * How many events of a kind came.
   *
   * @param id or {@link #OTHER}
   */
  public record Events(String log, String provider, int id, Level level, long count) {}

  /** How many failures of a kind a service had, by the id of the event. */
  public record Failures(String service, int id, long count) {}
}
