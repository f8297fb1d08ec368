package dev.imfexporter.access;

/**
 * Receives service states as they change, on the one notification thread of the access, which
 * serves all services of the machine: return at once.
 */
public interface StatusListener {

  void changed(String service, ServiceStatus status);

  /** No more changes of this service will be reported: subscribe again, or poll it. */
  void ended(String service, AccessException why);
}
