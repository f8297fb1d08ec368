package dev.imfexporter.access;

/**
 * A way to one host. Every port may be called from any thread; calls block, and a caller that must
 * not wait for ever runs them where it can abandon them, since no Win32 call takes a deadline.
 */
public interface HostAccess extends AutoCloseable {

  AccessKind kind();

  ServiceControl services();

  Registry registry();

  PerformanceData performanceData();

  Files files();

  EventLog eventLog();

  HostClock clock();

  Modules modules();

  Tcp tcp();

  /** Releases every handle, session and thread of this access; further calls fail. */
  @Override
  void close();
}
