package dev.imfexporter.http;

import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.HostSnapshot;
import org.jspecify.annotations.Nullable;

/** Where the body of {@code /metrics} comes from; called by many threads at once. */
@FunctionalInterface
public interface MetricsRenderer {

  /**
   * @param accept the request's Accept header; null for none
   */
  Rendered render(@Nullable String accept, HostSnapshot snapshot);
}
