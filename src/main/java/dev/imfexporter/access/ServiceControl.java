package dev.imfexporter.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Service Control Manager (SCM) of a host. Each call opens a service with the least right that
 * it needs. Services are named by their short names, which the SCM compares without case.
 */
public interface ServiceControl {

  /** The service's status now; empty when no such service is installed. */
  Optional<ServiceStatus> status(String service) throws AccessException;

  /** How the service is set up; empty when no such service is installed. */
  Optional<ServiceConfig> config(String service) throws AccessException;

  /**
   * The installed services that depend on this one, directly or through others, in any state, in
   * the order in which the SCM would stop them; empty also when the service is not installed.
   */
  List<String> dependents(String service) throws AccessException;

  /**
   * Calls the listener with the present state of each service and after every change. {@link
   * StatusListener#ended} is called once for a service whose changes can no longer be reported, or
   * could not from the start; the others continue.
   *
   * @throws AccessException.Unsupported if this access cannot push states at all
   */
  Subscription subscribe(Set<String> services, StatusListener listener) throws AccessException;
}
