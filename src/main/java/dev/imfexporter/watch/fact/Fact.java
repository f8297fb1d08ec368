package dev.imfexporter.watch.fact;

import dev.imfexporter.watch.model.ComponentWait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened on a host and must outlast the program. The journal keeps facts; a {@code
 * HostState} that replays all of them, in their order, has the same state again. All times are on
 * the axis of {@link dev.imfexporter.watch.clock.HostTime}, unless a component says otherwise.
 */
public sealed interface Fact
    permits ServiceFact,
        UpdateFact,
        EventFact,
        MailFact,
        Fact.Alive,
        Fact.ClockSet,
        Fact.CausesChanged,
        Fact.ComponentWaitSeen {

  /** The host was watched at that time; recorded every few minutes for the next run. */
  record Alive(Instant at) implements Fact {}

  /**
   * The exporter's wall clock was set.
   *
   * @param from times on the axis from here on are shown later by {@code by}
   * @param by negative when the clock was set back
   */
  record ClockSet(Instant from, Duration by) implements Fact {}

  /** IIS Admin stopped or started; the newest with its begin holds. */
  record ComponentWaitSeen(ComponentWait componentWait) implements Fact {}

  /**
   * Other known troubles are likely than before.
   *
   * @param troubles the words of those that are likely from then on
   */
  record CausesChanged(Instant at, List<String> troubles) implements Fact {
    public CausesChanged {
      troubles = List.copyOf(troubles);
    }
  }
}
