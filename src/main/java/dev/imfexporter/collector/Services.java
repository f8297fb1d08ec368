package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Result.Failed;
import java.util.List;
import java.util.Optional;

/**
 * The watched services at one moment.
 *
 * @param services the configured ones first, then the other dependents of IIS Admin
 * @param leftOut which dependents could not be read, and why; empty if all could
 */
public record Services(List<Service> services, Optional<Failed<?>> leftOut) implements Partial {
  public Services {
    services = List.copyOf(services);
  }

  public Services(List<Service> services) {
    this(services, Optional.empty());
  }

  @Override
  public Optional<String> missing() {
    return leftOut.map(Failed::why);
  }

  @Override
  public Optional<ErrorReason> errorReason() {
    return leftOut.map(Failed::error);
  }

  /**
   * @param name as configured, or as the SCM spells it
   * @param status empty if the service is not installed
   * @param config empty if the service is not installed
   */
  public record Service(
      String name, Optional<ServiceStatus> status, Optional<ServiceConfig> config) {}
}
