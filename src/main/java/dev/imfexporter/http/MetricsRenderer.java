package dev.imfexporter.http;

import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.watch.HostSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the bodies of metrics come from; called by many threads at once. */
public interface MetricsRenderer {

  /**
   * The body of {@code /metrics}.
   *
   * @param accept the request's Accept header; null for none
   * @param here the host that is on this page
   */
  Rendered page(@Nullable String accept, Optional<HostSnapshot> here);

  /** The body of {@code /probe}. */
  Rendered host(@Nullable String accept, HostSnapshot snapshot);
}
