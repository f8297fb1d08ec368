package dev.imfexporter.access;

import java.util.List;

/**
 * How a service is set up (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-query_service_configw">
 * QUERY_SERVICE_CONFIG</a>).
 *
 * @param displayName the name that people and old event logs use, in the host's language
 * @param requires short names of the services it depends on, directly; load-order groups left out
 */
public record ServiceConfig(String displayName, StartMode startMode, List<String> requires) {
  public ServiceConfig {
    requires = List.copyOf(requires);
  }

  /** Whether it depends on that service, directly. */
  public boolean needs(String service) {
    return requires.stream().anyMatch(service::equalsIgnoreCase);
  }
}
