package dev.imfexporter.exposition;

import dev.imfexporter.watch.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Renders what is exposed; thread-safe. */
public final class Exposition {
  private static final String END = "# EOF\n";

  private final SelfMetrics self;

  /** The newest rendering of a host in each format: most scrapes find it unchanged. */
  private final Map<String, HostText> newest = new ConcurrentHashMap<>();

  private record HostText(HostSnapshot snapshot, String text) {}

  public Exposition(SelfMetrics self) {
    this.self = self;
  }

  /**
   * The metrics of a host followed by those of this program itself, in the newest format that the
   * scraper accepts: OpenMetrics 1.0, or else the text format 0.0.4.
   *
   * @param accept the request's Accept header; null for none
   */
  public Rendered render(@Nullable String accept, HostSnapshot snapshot) {
    String contentType = TextFormat.chooseContentType(accept);
    String text = host(contentType, snapshot) + write(contentType, self.families());
    return new Rendered(contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  private String host(String contentType, HostSnapshot snapshot) {
    HostText known = newest.get(contentType);
    if (known != null && known.snapshot().equals(snapshot)) {
      return known.text();
    }
    String text = write(contentType, Collections.enumeration(HostFamilies.of(snapshot)));
    if (text.endsWith(END)) {
      text = text.substring(0, text.length() - END.length());
    }
    newest.put(contentType, new HostText(snapshot, text));
    return text;
  }

  private static String write(String contentType, Enumeration<MetricFamilySamples> families) {
    StringWriter out = new StringWriter(16_384);
    try {
      TextFormat.writeFormat(contentType, out, families);
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter does no input or output", e);
    }
    return out.toString();
  }
}
