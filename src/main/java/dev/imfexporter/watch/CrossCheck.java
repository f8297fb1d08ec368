package dev.imfexporter.watch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds transitions that one witness told of and another did not, though it should have by now.
 *
 * @param asked up to when all events are known
 * @param eventsSince from when on they are known without a gap
 * @param coveredSince since when the host has reported changes by itself; null while it does not
 */
record CrossCheck(
    Instant asked, Instant eventsSince, @Nullable Instant coveredSince, List<Boot> boots) {

  /** Those that are not counted yet. */
  List<Transition> disputed(Timeline timeline) {
    return timeline.transitions().stream()
        .filter(told -> !told.disputed())
        .filter(told -> !told.latest().plus(Transition.TOLERANCE).isAfter(asked))
        .filter(told -> told.toldBy(Witness.EVENT) ? unnotified(told) : unlogged(told))
        .toList();
  }

  private boolean unnotified(Transition told) {
    Instant since = coveredSince;
    return told.witnesses().size() == 1
        && since != null
        && told.earliest().filter(at -> at.isAfter(since.plus(Transition.TOLERANCE))).isPresent();
  }

  private boolean unlogged(Transition told) {
    return switch (told.state()) {
      case STOPPED, RUNNING, PAUSED ->
          told.earliest().filter(at -> !at.isBefore(eventsSince)).isPresent() && !atBoot(told);
      case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING -> false;
    };
  }

  /** Nothing is logged while the log's own service is not up yet, or not any more. */
  private boolean atBoot(Transition told) {
    return boots.stream()
        .anyMatch(
            boot ->
                boot.within(
                    told.at().minus(ModeWatch.A_MINUTE), told.at().plus(ModeWatch.A_MINUTE)));
  }
}
