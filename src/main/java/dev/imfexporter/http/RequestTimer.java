package dev.imfexporter.http;

/** Called for every answered request, by many threads at once. */
@FunctionalInterface
public interface RequestTimer {

  /**
   * @param route the path as it was set up, or {@code unmatched}
   * @param method a method of RFC 9110 in capitals, or {@code OTHER}
   * @param nanoseconds from the parsed request to the written response
   */
  void record(String route, String method, int status, long nanoseconds);
}
