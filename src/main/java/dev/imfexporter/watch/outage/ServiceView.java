package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.Transition;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.outage.OutageFold.UnsettledOutage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one service, on the axis.
 *
 * @param status the newest of this run; empty when the service is not installed or was not polled
 * @param mode empty when not known
 * @param ran the evidence that it ran before, see {@code Standing.Evidence}
 * @param open the outage without an end; empty while the service runs
 * @param since when its present state was entered, or first seen; empty when not known
 * @param unsettled outages that are not counted yet, oldest first
 * @param lastRestart the newest outage that ended, settled or not
 * @param downgraded see {@link StartModes#downgraded}
 */
public record ServiceView(
    String name,
    Optional<ServiceStatus> status,
    Optional<StartMode> mode,
    boolean ran,
    Optional<Outage> open,
    Optional<Instant> since,
    List<Outage> unsettled,
    Optional<Instant> lastStop,
    Optional<Instant> lastStart,
    Optional<Outage> lastRestart,
    ServiceHistory.Typical typical,
    ServiceHistory.Totals totals,
    Optional<Instant> lastCrash,
    Optional<Instant> downgraded) {

  static ServiceView of(ServiceTracker tracker, Optional<StartMode> mode) {
    ServiceRecord record = tracker.record();
    List<Outage> unsettled = record.unsettled().stream().map(UnsettledOutage::outage).toList();
    Timeline.Summary all = record.timeline().all();
    boolean automatic = mode.map(StartMode::automatic).orElse(false);
    return new ServiceView(
        tracker.name(),
        tracker.status(),
        mode,
        all.ran() || record.open().isPresent() || (tracker.ranSinceBoot() && automatic),
        record.open().filter(open -> !isRunning(tracker)),
        Optional.ofNullable(record.timeline().newest()).map(Transition::at),
        unsettled,
        Optional.ofNullable(all.lastStop()),
        Optional.ofNullable(all.lastStart()),
        unsettled.stream()
            .filter(outage -> outage.ended().isPresent())
            .reduce((a, b) -> b)
            .or(record::lastSettled),
        record.typical(),
        new ServiceHistory.Totals(record.restarts(), record.restartTime(), record.disagreements()),
        record.lastCrash(),
        record.startModes().downgraded());
  }

  /** The newest state; empty when the service is not installed or was not polled. */
  public Optional<ServiceState> state() {
    return status.map(ServiceStatus::state);
  }

  private static boolean isRunning(ServiceTracker tracker) {
    return tracker.status().filter(s -> s.state() == ServiceState.RUNNING).isPresent();
  }
}
