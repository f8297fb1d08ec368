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
  private final Map<Format, HostPart> hosts = new ConcurrentHashMap<>();

  /** The last rendering, in each format, of the program itself. */
  private final Map<Format, OwnPart> own = new ConcurrentHashMap<>();

  /** The last page, in each format, of host and program. */
  private final Map<Format, Rendered> pages = new ConcurrentHashMap<>();

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
   * program itself. What is said of the program is up to a tenth of a second old.
   */
  public Rendered page(Format format, Optional<HostSnapshot> here) {
    Part program = program(format);
    List<Part> parts =
        here.isPresent() ? List.of(kept(format, here.get()), program) : List.of(program);
    Rendered last = pages.get(format);
    if (last != null && last.parts().equals(parts)) {
      return last;
    }
    Rendered page = new Rendered(format.contentType(), parts);
    pages.put(format, page);
    return page;
  }

  /**
   * What {@link #page} last returned in that format, as long as what it says of the program is no
   * older than a tenth of a second.
   */
  public Optional<Rendered> shared(Format format) {
    OwnPart known = own.get(format);
    return known != null && isYoung(known)
        ? newest(format).filter(page -> page.parts().contains(known.part()))
        : Optional.empty();
  }

  /** What {@link #page} last returned in that format. */
  public Optional<Rendered> newest(Format format) {
    return Optional.ofNullable(pages.get(format));
  }

  /** The metrics of a host alone. */
  public Rendered host(Format format, HostSnapshot snapshot) {
    return new Rendered(format.contentType(), List.of(new Part(families(format, snapshot))));
  }

  /** The metrics of a host alone, in the text format. */
  public static String text(HostSnapshot snapshot) {
    return new String(families(Format.TEXT, snapshot), StandardCharsets.UTF_8);
  }

  private Part program(Format format) {
    OwnPart known = own.get(format);
    return known != null && isYoung(known) ? known.part() : writtenOnce(format).part();
  }

  /** One thread writes it, and those that ask meanwhile take what it wrote. */
  private OwnPart writtenOnce(Format format) {
    return own.compute(
        format,
        (same, known) -> {
          long begun = nanoTime.getAsLong();
          return known != null && isYoung(known)
              ? known
              : new OwnPart(begun, new Part(write(format, self.families())));
        });
  }

  private boolean isYoung(OwnPart known) {
    return nanoTime.getAsLong() - known.begun() < OWN_SHARED.toNanos();
  }

  private Part kept(Format format, HostSnapshot snapshot) {
    HostPart known = hosts.get(format);
    if (known != null && known.snapshot().equals(snapshot)) {
      return known.part();
    }
    return hosts
        .compute(
            format,
            (same, now) ->
                now != null && now.snapshot().equals(snapshot)
                    ? now
                    : new HostPart(snapshot, new Part(withoutEnd(families(format, snapshot)))))
        .part();
  }

  private static byte[] families(Format format, HostSnapshot snapshot) {
    return write(format, Collections.enumeration(HostFamilies.of(snapshot)));
  }

  private static byte[] write(Format format, Enumeration<MetricFamilySamples> families) {
    TextBuffer out = new TextBuffer(CAPACITY);
    try {
      TextFormat.writeFormat(format.contentType(), out, families);
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
