package dev.imfexporter.page;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A watched service as a page tells of it: its state now and what has happened to it. */
record ServiceView(
    String name,
    Standing standing,
    Optional<ServiceStatus> status,
    Optional<ServiceConfig> config,
    Optional<ServiceHistory> history) {

  /** In the order of the reading; without one, in that of the histories. */
  static List<ServiceView> of(HostSnapshot snapshot) {
    Map<String, ServiceHistory> histories =
        snapshot.history().services().stream()
            .collect(Collectors.toMap(ServiceHistory::name, Function.identity(), (a, b) -> a));
    Optional<Services> read = snapshot.collected().value(CollectorKey.SERVICES);
    if (read.isEmpty()) {
      return snapshot.history().services().stream().map(ServiceView::unknown).toList();
    }
    return read.get().services().stream()
        .map(service -> known(service, Optional.ofNullable(histories.get(service.name()))))
        .toList();
  }

  /** The state in the words of the SCM; empty when missing or unknown. */
  Optional<ServiceState> state() {
    return status.map(ServiceStatus::state);
  }

  /** When it entered its state, or, in a state between, when it left RUNNING. */
  Optional<Instant> since() {
    return switch (standing) {
      case RUNNING -> history.flatMap(ServiceHistory::lastStart);
      case PAUSED -> Optional.empty();
      case DOWN, LEFT_DOWN_BY_UPDATE, RESTING, DISABLED, REMOVED ->
          stopped()
              ? history.flatMap(ServiceHistory::lastStop)
              : history.flatMap(ServiceHistory::outageStart);
      case MISSING, UNKNOWN -> Optional.empty();
    };
  }

  boolean stopped() {
    return state().filter(state -> state == ServiceState.STOPPED).isPresent();
  }

  Optional<StartMode> startMode() {
    return config.map(ServiceConfig::startMode);
  }

  private static ServiceView known(Service service, Optional<ServiceHistory> history) {
    // The history is newer than the reading where the host reports its states by itself.
    Optional<ServiceStatus> status = history.map(ServiceHistory::status).orElseGet(service::status);
    Standing standing =
        history
            .map(ServiceHistory::standing)
            .orElseGet(
                () ->
                    Standing.of(
                        status.map(ServiceStatus::state),
                        service.config().map(ServiceConfig::startMode),
                        new Standing.Evidence(false, false)));
    return new ServiceView(service.name(), standing, status, service.config(), history);
  }

  private static ServiceView unknown(ServiceHistory history) {
    return new ServiceView(
        history.name(), Standing.UNKNOWN, Optional.empty(), Optional.empty(), Optional.of(history));
  }
}
