package dev.imfexporter.access;

/**
 * The ports of one host, by one way to reach it. All are thread-safe. Calls block: since no Win32
 * call takes a deadline, a caller that has one uses a thread that it can abandon.
 */
public interface HostAccess extends AutoCloseable {

  AccessKind kind();

  ServiceControl services();

  Registry registry();

  PerformanceData performanceData();

  Files files();

  Volumes volumes();

  EventLog eventLog();

  HostClock clock();

  Modules modules();

  Tcp tcp();

  /** Releases every handle, session and thread of this access; further calls fail. */
  @Override
  void close();
}
