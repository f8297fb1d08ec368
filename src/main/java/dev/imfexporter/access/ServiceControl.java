package dev.imfexporter.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Service Control Manager (SCM) of a host, asked with the least rights that each question
 * needs. Services go by their short names, which the SCM compares without case.
 */
public interface ServiceControl {

  /** The service's status now; empty when no such service is installed. */
  Optional<ServiceStatus> status(String service) throws AccessException;

  /** How the service is set up; empty when no such service is installed. */
  Optional<ServiceConfig> config(String service) throws AccessException;

  /**
   * The installed services that depend on this one, directly or through others, in whatever state,
   * in the order in which the SCM would stop them; empty also when the service is not installed.
   */
  List<String> dependents(String service) throws AccessException;

  /**
   * Has the host report every change of the services' states to the listener, beginning with the
   * present one. Each service that cannot be reported any more is handed to {@link
   * StatusListener#ended} once, be it at once; the others go on.
   *
   * @throws AccessException.Unsupported if this access cannot push states at all
   */
  Subscription subscribe(Set<String> services, StatusListener listener) throws AccessException;
}
