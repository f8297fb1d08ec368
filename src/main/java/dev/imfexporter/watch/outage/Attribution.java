package dev.imfexporter.watch.outage;

import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an outage began and who ended it, by evidence alone.
 *
 * @param log of this service
 * @param stops its STOPPED transitions: the first begins it or nearly so, others are starts that
 *     failed
 */
record Attribution(StartLog log, List<Boot> boots, Instant began, List<Transition> stops) {

  /**
   * A service that takes longer to stop ignored the control; WaitToKillServiceTimeout of Exchange
   * is as long.
   */
  private static final Duration STOP_WITHIN = Duration.ofMinutes(10);

  /** A recovery action that takes longer than this to be done has failed. */
  private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(10);

  /**
   * The control that led to a stop.
   *
   * @param running when the service was RUNNING before; null when not known
   */
  static Optional<ControlSent> stopControl(
      List<ControlSent> controls, @Nullable Instant running, Transition stopped) {
    return controls.stream()
        .filter(control -> !control.start())
        .filter(control -> !control.earliest().isAfter(stopped.latest()))
        .filter(control -> running == null || !control.latest().isBefore(running))
        .filter(control -> !control.latest().plus(STOP_WITHIN).isBefore(stopped.at()))
        .reduce((first, second) -> second);
  }

  /** Whether its first stop was a failure. */
  boolean failed() {
    return !stops.isEmpty() && stops.get(0).ending().isPresent();
  }

  /** Whether the host was down during it; an end that is null is yet to come. */
  boolean shutdown(@Nullable Transition running) {
    return boot(running).isPresent();
  }

  StartedBy startedBy(Transition running) {
    if (startedByUser(running)) {
      return StartedBy.ADMINISTRATOR;
    }
    Optional<Boot> boot = boot(running);
    if (stops.stream()
        .filter(stop -> stop.ending().equals(Optional.of(Ending.TERMINATED_RECOVERING)))
        .filter(stop -> boot.isEmpty() || stop.at().isAfter(boot.get().up()))
        .filter(stop -> !log.failedBetween(stop, running))
        .anyMatch(stop -> !stop.at().plus(RECOVERY_WITHIN).isBefore(running.at()))) {
      return StartedBy.RECOVERY_ACTION;
    }
    return boot.isPresent() ? StartedBy.BOOT : StartedBy.UNATTRIBUTED;
  }

  /** Whether a user sent the start control that succeeded, not an earlier one that failed. */
  private boolean startedByUser(Transition running) {
    Instant from = stops.isEmpty() ? began : stops.get(stops.size() - 1).at();
    return log.controls().stream()
        .filter(ControlSent::start)
        .filter(control -> !control.latest().isBefore(from))
        .filter(control -> !control.earliest().isAfter(running.latest()))
        .anyMatch(control -> !log.failedBetween(control, running));
  }

  private Optional<Boot> boot(@Nullable Transition running) {
    Instant ended = running == null ? null : running.at();
    return boots.stream()
        .filter(boot -> boot.within(began, ended))
        .reduce((first, second) -> second);
  }
}
