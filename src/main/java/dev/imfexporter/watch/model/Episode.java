package dev.imfexporter.watch.model;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.text.HasWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Signs of an update and the outages that belong to them, until everything that ran before runs
 * again and mail flow is verified.
 *
 * <p>All times are by the exporter's clock and tell when things happened, not when they became
 * known: a program that was away learns of them later.
 *
 * @param number counts up on a host, from 1
 * @param update what was updated; a definition when both were
 * @param title of the update or version of the definition; "" when not known
 * @param markers the markers, in the order of their times; one that the update reported late may be
 *     up to a day later than {@code closed}
 * @param outages newest state of each, in the order of their begins; in an episode that is over,
 *     one without an end had an end that no source reported
 * @param boots of the host in between
 * @param began the first sign or the first outage, the earlier of both
 * @param halted whether mail stood still for longer than the limit at any time so far
 * @param followed whether all that matters was seen or told by the event log so far
 * @param verified when everything ran again and mail flow was verified; empty before, and when
 *     nothing was out
 * @param closed when its outcome became final
 * @param outcome empty until then
 * @param sealed since when its evidence is final: nothing is added to it any more but markers that
 *     are later than that; empty while other evidence may still be added
 */
public record Episode(
    long number,
    UpdateKind update,
    String title,
    List<UpdateMarker> markers,
    List<Outage> outages,
    List<Boot> boots,
    Instant began,
    State state,
    boolean halted,
    boolean followed,
    Optional<Instant> verified,
    Optional<Instant> closed,
    Optional<Outcome> outcome,
    Optional<Instant> sealed) {
  public Episode {
    markers = List.copyOf(markers);
    outages = List.copyOf(outages);
    boots = List.copyOf(boots);
  }

  /** Where it stands. */
  public enum State implements HasWord {
    /** Something is still out, or an outage may still come. */
    OPEN,
    /** Everything runs again; whether mail flows, and for how long, is being watched. */
    VERIFYING,
    /** Mail has stood still for longer than the limit. */
    HALTED,
    /** Over; the outcome is final. */
    CLOSED
  }

  /** The final word on an episode. */
  public enum Outcome implements HasWord {
    /** No outage belongs to it. */
    UNAFFECTED,
    /** What was out came back in time. */
    RECOVERED,
    /** It took longer than the limit of a slow restart, but mail did not halt. */
    RECOVERED_SLOWLY,
    /** Mail stood still for longer than the limit. */
    RECOVERED_AFTER_HALT,
    /** There were outages, and in the end the update was not there: it failed or was taken back. */
    ROLLED_BACK,
    /** It could not be followed to its end. */
    UNKNOWN
  }

  /** The same episode with all times converted. */
  public Episode on(UnaryOperator<Instant> clock) {
    return new Episode(
        number,
        update,
        title,
        markers.stream().map(marker -> marker.on(clock)).toList(),
        outages.stream().map(outage -> outage.on(clock)).toList(),
        boots.stream().map(boot -> boot.on(clock)).toList(),
        clock.apply(began),
        state,
        halted,
        followed,
        verified.map(clock),
        closed.map(clock),
        outcome,
        sealed.map(clock));
  }

  /** The same episode, whose evidence is final from that time on. */
  public Episode sealedAt(Instant at) {
    return new Episode(
        number,
        update,
        title,
        markers,
        outages,
        boots,
        began,
        state,
        halted,
        followed,
        verified,
        closed,
        outcome,
        Optional.of(at));
  }

  /** From the first outage to the verification; empty before, and without an outage. */
  public Optional<Duration> recovery() {
    return outages.isEmpty()
        ? Optional.empty()
        : verified.map(at -> Duration.between(outages.get(0).began(), at));
  }

  /** Who started its services again. */
  public Starts starts() {
    return Starts.of(outages);
  }

  /**
   * The strongest evidence of who ended its outages, for where one word has to do; empty when there
   * is none. Others may have started other services, see {@link #starts()}.
   */
  public Optional<StartedBy> startedBy() {
    return starts().services().keySet().stream().findFirst();
  }
}
