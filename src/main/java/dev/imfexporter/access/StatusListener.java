package dev.imfexporter.access;

/**
 * Hears of service states as they change. Called on the access's one notification thread, which
 * serves all services of the machine: return at once.
 */
public interface StatusListener {

  void changed(String service, ServiceStatus status);

  /** No more changes of this service will be reported; asking again, or polling, is the way on. */
  void ended(String service, AccessException why);
}
