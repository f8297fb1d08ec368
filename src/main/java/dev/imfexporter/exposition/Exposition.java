package dev.imfexporter.exposition;

import dev.imfexporter.watch.model.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Renders the metrics of a host, of the program, or of both. Thread-safe. */
public final class Exposition {
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  /** More than most pages take, so that the buffer is not copied while it grows. */
  private static final int CAPACITY = 32 * 1024;

  private final SelfMetrics self;

  /**
   * The last rendering, in each format, of the host on the page; most scrapes find it unchanged.
   */
  private final Map<String, HostPart> newest = new ConcurrentHashMap<>();

  private record HostPart(HostSnapshot snapshot, Part part) {}

  public Exposition(SelfMetrics self) {
    this.self = self;
  }

  /**
   * The metrics of the host that is on the page of the program, if any, followed by those of the
   * program itself, in the newest format that the scraper accepts: OpenMetrics 1.0, or else the
   * text format 0.0.4.
   *
   * @param accept the request's Accept header; null for none
   */
  public Rendered page(@Nullable String accept, Optional<HostSnapshot> here) {
    String contentType = TextFormat.chooseContentType(accept);
    Part own = new Part(write(contentType, self.families()));
    return here.map(snapshot -> new Rendered(contentType, kept(contentType, snapshot), own))
        .orElseGet(() -> new Rendered(contentType, own));
  }

  /** The metrics of a host alone, in formats as above. */
  public Rendered host(@Nullable String accept, HostSnapshot snapshot) {
    String contentType = TextFormat.chooseContentType(accept);
    return new Rendered(contentType, new Part(families(contentType, snapshot)));
  }

  /** The metrics of a host alone, in the text format. */
  public static String text(HostSnapshot snapshot) {
    return new String(families(TextFormat.CONTENT_TYPE_004, snapshot), StandardCharsets.UTF_8);
  }

  private Part kept(String contentType, HostSnapshot snapshot) {
    HostPart known = newest.get(contentType);
    if (known != null && known.snapshot().equals(snapshot)) {
      return known.part();
    }
    byte[] bytes = families(contentType, snapshot);
    if (endsWithEnd(bytes)) {
      bytes = Arrays.copyOf(bytes, bytes.length - END.length);
    }
    Part part = new Part(bytes);
    newest.put(contentType, new HostPart(snapshot, part));
    return part;
  }

  private static byte[] families(String contentType, HostSnapshot snapshot) {
    return write(contentType, Collections.enumeration(HostFamilies.of(snapshot)));
  }

  private static byte[] write(String contentType, Enumeration<MetricFamilySamples> families) {
    TextBuffer out = new TextBuffer(CAPACITY);
    try {
      TextFormat.writeFormat(contentType, out, families);
    } catch (IOException e) {
      throw new UncheckedIOException("A buffer does no input or output", e);
    }
    return out.toUtf8();
  }

  private static boolean endsWithEnd(byte[] bytes) {
    int from = Math.max(0, bytes.length - END.length);
    return Arrays.equals(bytes, from, bytes.length, END, 0, END.length);
  }
}
