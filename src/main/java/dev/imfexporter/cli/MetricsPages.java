package dev.imfexporter.cli;

import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Rendered;
import dev.imfexporter.http.MetricsRenderer;
import dev.imfexporter.watch.HostSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server sends is what the exposition renders. */
record MetricsPages(Exposition exposition) implements MetricsRenderer {
  @Override
  public Rendered page(@Nullable String accept, Optional<HostSnapshot> here) {
    return exposition.page(accept, here);
  }

  @Override
  public Rendered host(@Nullable String accept, HostSnapshot snapshot) {
    return exposition.host(accept, snapshot);
  }
}
