package dev.imfexporter.exposition;

import dev.imfexporter.watch.HostSnapshot;
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

/** Renders what is exposed; thread-safe. */
public final class Exposition {
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  /** More than a page takes, which therefore is not copied while it grows. */
  private static final int CAPACITY = 32 * 1024;

  private final SelfMetrics self;

  /** The newest rendering in each format of the host that is on the page: mostly unchanged. */
  private final Map<String, HostPart> newest = new ConcurrentHashMap<>();

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
    byte[] host = here.map(snapshot -> kept(contentType, snapshot)).orElseGet(() -> new byte[0]);
    byte[] own = write(contentType, self.families());
    byte[] page = Arrays.copyOf(host, host.length + own.length);
    System.arraycopy(own, 0, page, host.length, own.length);
    return new Rendered(contentType, page);
  }

  /** The metrics of a host alone, in formats as above. */
  public Rendered host(@Nullable String accept, HostSnapshot snapshot) {
    String contentType = TextFormat.chooseContentType(accept);
    return new Rendered(contentType, families(contentType, snapshot));
  }

  private byte[] kept(String contentType, HostSnapshot snapshot) {
    HostPart known = newest.get(contentType);
    if (known != null && known.snapshot.equals(snapshot)) {
      return known.bytes;
    }
    byte[] bytes = families(contentType, snapshot);
    if (endsWithEnd(bytes)) {
      bytes = Arrays.copyOf(bytes, bytes.length - END.length);
    }
    newest.put(contentType, new HostPart(snapshot, bytes));
    return bytes;
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

  private static final class HostPart {
    final HostSnapshot snapshot;
    final byte[] bytes;

    HostPart(HostSnapshot snapshot, byte[] bytes) {
      this.snapshot = snapshot;
      this.bytes = bytes;
    }
  }
}
