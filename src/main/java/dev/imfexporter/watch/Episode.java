package dev.imfexporter.watch;

import dev.imfexporter.reading.UpdateKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signs of an update and the outages that belong to them, until everything that ran before runs
 * again and mail flow is verified.
 *
 * @param number counts up on a host, from 1
 * @param update what was updated; a definition when both were
 * @param title of the update or version of the definition; "" when not known
 * @param markers the signs, in the order of their times
 * @param outages newest state of each, in the order of their begins
 * @param began the first sign or outage, whichever was first
 * @param verified when everything ran again and mail flow was verified; empty before, and when
 *     nothing was out
 * @param closed when its outcome became final
 * @param outcome empty until then
 */
public record Episode(
    long number,
    UpdateKind update,
    String title,
    List<Sign> markers,
    List<Outage> outages,
    Instant began,
    State state,
    Optional<Instant> verified,
    Optional<Instant> closed,
    Optional<Outcome> outcome) {
  public Episode {
    markers = List.copyOf(markers);
    outages = List.copyOf(outages);
  }

  /** A marker with its time, by the exporter's clock. */
  public record Sign(Marker marker, UpdateKind update, Instant at) {}

  /** Where it stands. */
  public enum State {
    /** Signs or an outage were seen; something is still out, or more may come. */
    OPEN,
    /** Everything runs again; mail flow is being watched. */
    VERIFYING,
    /** Out for longer than the limit. */
    HALTED,
    /** Over; the outcome is final. */
    CLOSED;

    /** The word that labels and pages use. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The final word on an episode. */
  public enum Outcome {
    UNAFFECTED,
    RECOVERED,
    RECOVERED_SLOWLY,
    RECOVERED_AFTER_HALT,
    ROLLED_BACK,
    UNKNOWN;

    /** The word that labels and pages use. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** From the first outage to the verification; empty before, and without an outage. */
  public Optional<Duration> recovery() {
    return outages.isEmpty()
        ? Optional.empty()
        : verified.map(at -> Duration.between(outages.get(0).began(), at));
  }

  /** Who ended its outages, the strongest evidence first; empty when nobody did. */
  public Optional<StartedBy> startedBy() {
    Set<StartedBy> all =
        outages.stream()
            .flatMap(outage -> outage.startedBy().stream())
            .collect(java.util.stream.Collectors.toSet());
    return java.util.Arrays.stream(StartedBy.values()).filter(all::contains).findFirst();
  }
}
