package dev.imfexporter.access;

import java.util.List;
import java.util.Optional;

/**
 * How a service is set up (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-query_service_configw">
 * QUERY_SERVICE_CONFIG</a>).
 *
 * @param displayName the name that people and old event logs use, in the host's language
 * @param requires short names of the services it depends on, directly; load-order groups left out
 */
public record ServiceConfig(
    String displayName, StartMode startMode, List<String> requires, Details details) {
  /**
   * What an administrator may have set beyond that.
   *
   * @param groups load-order groups it depends on, without the plus that marks them
   * @param account under which it runs, as the SCM has it; "" when not known
   * @param recovery empty when it could not be read
   */
  public record Details(List<String> groups, String account, Optional<RecoveryActions> recovery) {
    /** Nothing of it is known. */
    public static final Details UNKNOWN = new Details(List.of(), "", Optional.empty());

    public Details {
      groups = List.copyOf(groups);
    }
  }

  public ServiceConfig {
    requires = List.copyOf(requires);
  }

  public ServiceConfig(String displayName, StartMode startMode, List<String> requires) {
    this(displayName, startMode, requires, Details.UNKNOWN);
  }

  /** Whether it depends on that service, directly. */
  public boolean needs(String service) {
    return requires.stream().anyMatch(service::equalsIgnoreCase);
  }
}
