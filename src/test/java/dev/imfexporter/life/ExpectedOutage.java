package dev.imfexporter.life;

import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of an outage.
 *
 * @param required whether it must be known at all
 * @param exact whether every phase must be known
 * @param phaseError by how much a phase may be wrong
 * @param mustTell sources that must be named
 * @param mayTell sources that may be named
 * @param crash the answers that are right
 * @param startedBy the answers that are right
 */
public record ExpectedOutage(
    TrueOutage truth,
    boolean required,
    boolean exact,
    Window began,
    Window ended,
    Duration phaseError,
    Set<Source> mustTell,
    Set<Source> mayTell,
    Set<Boolean> crash,
    Set<StartedBy> startedBy) {

  boolean matches(Outage seen) {
    return seen.service().equalsIgnoreCase(truth.service().shortName())
        && began.contains(seen.began());
  }

  /** Whether it can be this one at all, though its times are wrong. */
  boolean resembles(Outage seen) {
    return seen.service().equalsIgnoreCase(truth.service().shortName())
        && seen.began().isBefore(ended.to())
        && seen.ended().orElse(Instant.MAX).isAfter(began.from());
  }

  List<String> differences(Outage seen) {
    List<String> wrong = new ArrayList<>();
    if (!began.contains(seen.began())) {
      wrong.add("began " + seen.began() + ", want " + began);
    }
    if (seen.ended().isEmpty() || !ended.contains(seen.ended().orElseThrow())) {
      wrong.add("ended " + seen.ended().map(Instant::toString).orElse("never") + ", want " + ended);
    }
    phases(seen, wrong);
    if (!seen.sources().containsAll(mustTell) || !mayTell.containsAll(seen.sources())) {
      wrong.add("told by " + seen.sources() + ", want " + mustTell + " to " + mayTell);
    }
    if (!crash.contains(seen.crash())) {
      wrong.add("crash " + seen.crash());
    }
    if (seen.shutdown() != truth.reboot().isPresent()) {
      wrong.add("shutdown " + seen.shutdown());
    }
    if (seen.startedBy().isEmpty() || !startedBy.contains(seen.startedBy().orElseThrow())) {
      wrong.add("started by " + seen.startedBy() + ", want " + startedBy);
    }
    return wrong.stream().map(what -> this + ": " + what).toList();
  }

  @Override
  public String toString() {
    return truth.service().shortName() + " out " + truth.began() + ".." + truth.ended();
  }

  private void phases(Outage seen, List<String> wrong) {
    Map<Phase, Duration> want =
        Map.of(
            Phase.STOP, Duration.between(truth.began(), truth.stopped()),
            Phase.DOWN, Duration.between(truth.stopped(), truth.start()),
            Phase.START, Duration.between(truth.start(), truth.ended()));
    for (Phase phase : Phase.values()) {
      Duration length = want.getOrDefault(phase, Duration.ZERO);
      Duration told = seen.phases().get(phase);
      if (told == null) {
        if (exact && !length.isZero()) {
          wrong.add(phase.word() + " is missing, want " + length);
        }
      } else if (told.isZero() || told.isNegative()) {
        wrong.add(phase.word() + " is " + told + "; one that was not seen is absent");
      } else if (told.minus(length).abs().compareTo(phaseError) > 0 || (exact && length.isZero())) {
        wrong.add(phase.word() + " " + told + ", want " + length + " ± " + phaseError);
      }
    }
  }
}
