package dev.imfexporter.exposition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A page of metrics, ready to be sent. Thread-safe. */
public final class Rendered {
  /** The default, 6, makes metrics a quarter smaller still but takes ten times as long. */
  public static final int GZIP_LEVEL = 1;

  /** Deflate, no name, no time, the fastest level, an unknown system (RFC 1952 section 2.3). */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** An empty block that is marked as the last (RFC 1951 section 3.2.3), before the trailer. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private static final int TRAILER = 8;

  private final String contentType;
  private final List<Part> parts;
  private volatile byte @Nullable [] gzip;

  Rendered(String contentType, List<Part> parts) {
    this.contentType = contentType;
    this.parts = parts;
  }

  /** With version and character set. */
  public String contentType() {
    return contentType;
  }

  public byte[] body() {
    ByteBuffer body = ByteBuffer.allocate(length(Part::text));
    parts.forEach(part -> body.put(part.text()));
    return body.array();
  }

  List<Part> parts() {
    return parts;
  }

  /** The body as one member of gzip, made once; only parts that are new are deflated. */
  public byte[] gzip() {
    byte[] known = gzip;
    if (known == null) {
      known = joined();
      gzip = known;
    }
    return known;
  }

  private byte[] joined() {
    int around = HEADER.length + LAST_BLOCK.length + TRAILER;
    ByteBuffer member = ByteBuffer.allocate(around + length(Part::deflated)).put(HEADER);
    CRC32 checksum = new CRC32();
    for (Part part : parts) {
      member.put(part.deflated());
      checksum.update(part.text());
    }
    member.put(LAST_BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    return member.putInt((int) checksum.getValue()).putInt(length(Part::text)).array();
  }

  private int length(Function<Part, byte[]> form) {
    return parts.stream().mapToInt(part -> form.apply(part).length).sum();
  }
}
