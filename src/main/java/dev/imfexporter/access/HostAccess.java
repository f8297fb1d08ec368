package dev.imfexporter.access;

import java.util.List;

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

  /**
   * What an administrator should know of how the host is reached now: sentences, mostly none. Makes
   * no call.
   */
  default List<String> cautions() {
    return List.of();
  }

  /** Releases every handle, session and thread of this access; further calls fail. */
  @Override
  void close();
}
