package dev.imfexporter.exposition;

import dev.imfexporter.watch.model.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Renders the metrics of a host, of the program, or of both. Thread-safe. */
public final class Exposition {
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  /** More than most pages take, so that the buffer is not copied while it grows. */
  private static final int CAPACITY = 32 * 1024;

  /**
   * How old the metrics of the program itself may be. They differ each time, and cost most of a
   * scrape: many at the same moment would each wait for all.
   */
  static final Duration OWN_SHARED = Duration.ofMillis(100);

  private final SelfMetrics self;
  private final LongSupplier nanoTime;

  /**
   * The last rendering, in each format, of the host on the page; most scrapes find it unchanged.
   */
  private final Map<String, HostPart> newest = new ConcurrentHashMap<>();

  /** The last rendering, in each format, of the program itself. */
  private final Map<String, OwnPart> own = new ConcurrentHashMap<>();

  /** The last page, in each format, of host and program. */
  private final Map<String, Rendered> pages = new ConcurrentHashMap<>();

  private record HostPart(HostSnapshot snapshot, Part part) {}

  private record OwnPart(long begun, Part part) {}

  public Exposition(SelfMetrics self) {
    this(self, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Exposition(SelfMetrics self, LongSupplier nanoTime) {
    this.self = self;
    this.nanoTime = nanoTime;
  }

  /**
   * The metrics of the host that is on the page of the program, if any, followed by those of the
   * program itself, in the newest format that the scraper accepts: OpenMetrics 1.0, or else the
   * text format 0.0.4. What is said of the program is up to a tenth of a second old.
   *
   * @param accept the request's Accept header; null for none
   */
  public Rendered page(@Nullable String accept, Optional<HostSnapshot> here) {
    String contentType = TextFormat.chooseContentType(accept);
    Part program = program(contentType);
    List<Part> parts =
        here.isPresent() ? List.of(kept(contentType, here.get()), program) : List.of(program);
    Rendered last = pages.get(contentType);
    if (last != null && last.parts().equals(parts)) {
      return last;
    }
    Rendered page = new Rendered(contentType, parts);
    pages.put(contentType, page);
    return page;
  }

  /**
   * What {@link #page} last returned in the format that the scraper accepts, as long as what it
   * says of the program is no older than a tenth of a second.
   *
   * @param accept as above
   */
  public Optional<Rendered> shared(@Nullable String accept) {
    String contentType = TextFormat.chooseContentType(accept);
    OwnPart known = own.get(contentType);
    return known != null && isYoung(known)
        ? Optional.ofNullable(pages.get(contentType))
            .filter(page -> page.parts().contains(known.part()))
        : Optional.empty();
  }

  /** The metrics of a host alone, in formats as above. */
  public Rendered host(@Nullable String accept, HostSnapshot snapshot) {
    String contentType = TextFormat.chooseContentType(accept);
    return new Rendered(contentType, List.of(new Part(families(contentType, snapshot))));
  }

  /** The metrics of a host alone, in the text format. */
  public static String text(HostSnapshot snapshot) {
    return new String(families(TextFormat.CONTENT_TYPE_004, snapshot), StandardCharsets.UTF_8);
  }

  private Part program(String contentType) {
    OwnPart known = own.get(contentType);
    return known != null && isYoung(known) ? known.part() : writtenOnce(contentType).part();
  }

  /** One thread writes it, and those that ask meanwhile take what it wrote. */
  private OwnPart writtenOnce(String contentType) {
    return own.compute(
        contentType,
        (type, known) -> {
          long begun = nanoTime.getAsLong();
          return known != null && isYoung(known)
              ? known
              : new OwnPart(begun, new Part(write(type, self.families())));
        });
  }

  private boolean isYoung(OwnPart known) {
    return nanoTime.getAsLong() - known.begun() < OWN_SHARED.toNanos();
  }

  private Part kept(String contentType, HostSnapshot snapshot) {
    HostPart known = newest.get(contentType);
    if (known != null && known.snapshot().equals(snapshot)) {
      return known.part();
    }
    return newest
        .compute(
            contentType,
            (type, now) ->
                now != null && now.snapshot().equals(snapshot)
                    ? now
                    : new HostPart(snapshot, new Part(withoutEnd(families(type, snapshot)))))
        .part();
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

  private static byte[] withoutEnd(byte[] page) {
    int from = Math.max(0, page.length - END.length);
    return Arrays.equals(page, from, page.length, END, 0, END.length)
        ? Arrays.copyOf(page, from)
        : page;
  }
}
