package dev.imfexporter.watch.fact;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.model.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A service entered a state: the combined evidence of all sources. Times are on the axis of {@link
 * dev.imfexporter.watch.clock.HostTime}.
 *
 * @param serial counts up per service from 1; 0 in a journal that was written before serials. The
 *     number of an outage is the lowest serial of its transitions
 * @param at the best estimate
 * @param earliest the earliest possible time; empty when the service may have been in this state
 *     for any time before
 * @param latest the latest possible time
 * @param sources that reported it
 * @param ending how the service stopped; empty when not reported
 * @param disputed whether it was counted as a conflict between sources
 * @param mark its place in a settled outage
 */
public record Transition(
    long serial,
    ServiceState state,
    Instant at,
    Optional<Instant> earliest,
    Instant latest,
    Set<Source> sources,
    Optional<Ending> ending,
    boolean disputed,
    Mark mark) {
  public Transition {
    sources = Set.copyOf(sources);
  }

  /** What a transition is to a settled outage. */
  public enum Mark {
    NONE,
    BEGIN,
    END
  }

  public boolean reportedBy(Source source) {
    return sources.contains(source);
  }

  /** Whether the time of the transition is known; false when the first poll found this state. */
  public boolean dated() {
    return earliest.isPresent();
  }

  /** The time from which on a poll is newer evidence than this transition. */
  public Instant superseded() {
    return sources.equals(Set.of(Source.EVENT))
        ? at.plus(ServiceFact.LogRecord.RESOLUTION)
        : latest;
  }

  public Transition ending(Optional<Ending> how) {
    return new Transition(serial, state, at, earliest, latest, sources, how, disputed, mark);
  }

  public Transition numbered(long number) {
    return new Transition(number, state, at, earliest, latest, sources, ending, disputed, mark);
  }

  public Transition at(Instant time) {
    return new Transition(serial, state, time, earliest, latest, sources, ending, disputed, mark);
  }

  public Transition marked(Mark as) {
    return new Transition(serial, state, at, earliest, latest, sources, ending, disputed, as);
  }

  public Transition dispute() {
    return new Transition(serial, state, at, earliest, latest, sources, ending, true, mark);
  }
}
