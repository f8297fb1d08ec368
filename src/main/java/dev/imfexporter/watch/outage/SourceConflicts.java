package dev.imfexporter.watch.outage;

import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds transitions that one source reported and another did not, though it should have by now.
 *
 * @param asked all events up to this time are known
 * @param eventsSince the time from which on they are known without a gap
 * @param notifiedSince since when the host has sent notifications; null while it does not
 */
record SourceConflicts(
    Instant asked, Instant eventsSince, @Nullable Instant notifiedSince, List<Boot> boots) {

  /** Returns those that are not counted yet. */
  List<Transition> in(List<Transition> transitions) {
    return transitions.stream()
        .filter(transition -> !transition.disputed())
        .filter(transition -> !transition.latest().plus(Merging.TOLERANCE).isAfter(asked))
        .filter(t -> t.reportedBy(Source.EVENT) ? notNotified(t) : notLogged(t))
        .toList();
  }

  private boolean notNotified(Transition logged) {
    Instant since = notifiedSince;
    return logged.sources().size() == 1
        && since != null
        && logged.earliest().filter(at -> at.isAfter(since.plus(Merging.TOLERANCE))).isPresent();
  }

  private boolean notLogged(Transition seen) {
    return switch (seen.state()) {
      case STOPPED, RUNNING, PAUSED ->
          seen.earliest().filter(at -> !at.isBefore(eventsSince)).isPresent() && !atBoot(seen);
      case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING -> false;
    };
  }

  /** Nothing is logged before the log's own service is up, and after it went down. */
  private boolean atBoot(Transition seen) {
    return boots.stream()
        .anyMatch(
            boot ->
                boot.within(
                    seen.at().minus(StartModeTracker.INTERVAL),
                    seen.at().plus(StartModeTracker.INTERVAL)));
  }
}
