package dev.imfexporter.collector;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import java.util.List;
import java.util.Optional;

/** The watched services at one moment: the configured ones first, then dependents of IIS Admin. */
public record Services(List<Service> services) {
  public Services {
    services = List.copyOf(services);
  }

  /**
   * @param name as configured, or as the SCM spells it
   * @param status empty if the service is not installed
   * @param config empty if the service is not installed
   */
  public record Service(
      String name, Optional<ServiceStatus> status, Optional<ServiceConfig> config) {}
}
