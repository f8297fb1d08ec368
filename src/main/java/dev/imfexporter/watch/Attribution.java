package dev.imfexporter.watch;

import dev.imfexporter.watch.ServiceFact.Ending;
import dev.imfexporter.watch.ServiceFact.Ordered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an outage began and who ended it, by evidence alone.
 *
 * @param orders to this service, in the order of the log
 * @param stops its STOPPED transitions: the first begins it or nearly so, others are starts that
 *     failed
 */
record Attribution(List<Ordered> orders, List<Boot> boots, Instant began, List<Transition> stops) {

  /** Longer, and the order was ignored; WaitToKillServiceTimeout of Exchange is as long. */
  private static final Duration STOP_WITHIN = Duration.ofMinutes(10);

  /** A recovery action that takes longer than this to be done has failed. */
  private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(10);

  /**
   * The order that led to a stop.
   *
   * @param running when the service was RUNNING before; null when not known
   */
  static Optional<Ordered> stopOrder(
      List<Ordered> orders, @Nullable Instant running, Transition stopped) {
    return orders.stream()
        .filter(order -> !order.start())
        .filter(order -> !order.earliest().isAfter(stopped.latest()))
        .filter(order -> running == null || !order.latest().isBefore(running))
        .filter(order -> !order.latest().plus(STOP_WITHIN).isBefore(stopped.at()))
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
    if (orderedBetween(running)) {
      return StartedBy.ADMINISTRATOR;
    }
    Optional<Boot> boot = boot(running);
    if (stops.stream()
        .filter(stop -> stop.ending().equals(Optional.of(Ending.TERMINATED_RECOVERING)))
        .filter(stop -> boot.isEmpty() || stop.at().isAfter(boot.get().up()))
        .anyMatch(stop -> !stop.at().plus(RECOVERY_WITHIN).isBefore(running.at()))) {
      return StartedBy.RECOVERY_ACTION;
    }
    return boot.isPresent() ? StartedBy.BOOT : StartedBy.UNATTRIBUTED;
  }

  /** Whether a user ordered the start that succeeded: not one before, which failed. */
  private boolean orderedBetween(Transition running) {
    Instant from = stops.isEmpty() ? began : stops.get(stops.size() - 1).at();
    return orders.stream()
        .filter(Ordered::start)
        .anyMatch(
            order -> !order.latest().isBefore(from) && !order.earliest().isAfter(running.latest()));
  }

  private Optional<Boot> boot(@Nullable Transition running) {
    Instant ended = running == null ? null : running.at();
    return boots.stream()
        .filter(boot -> boot.within(began, ended))
        .reduce((first, second) -> second);
  }
}
