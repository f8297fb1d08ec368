package dev.imfexporter.access;

/**
 * HKEY_PERFORMANCE_DATA of a host (<a
 * href="https://learn.microsoft.com/windows/win32/perfctrs/using-the-registry-functions-to-consume-counter-data">
 * page</a>). Providers run inside the calling process and may hang: call on a thread that can be
 * abandoned.
 */
public interface PerformanceData {

  /**
   * The bytes of one value: {@code Counter 009} for the table of English names, or object indexes
   * separated by blanks for their data.
   */
  byte[] query(String value) throws AccessException;

  /**
   * Unloads the provider DLLs that queries have loaded into this process; the next query loads them
   * again. Those of a query that is under way are unloaded at its end, without waiting for it. May
   * block all the same, since it runs code of the providers. Does nothing where a query leaves no
   * DLL loaded.
   */
  default void release() {}
}
