package dev.imfexporter.exposition;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** A part of pages, deflated once for all of them. Thread-safe. */
final class Part {
  private final byte[] text;
  private volatile byte @Nullable [] deflated;

  Part(byte[] text) {
    this.text = text;
  }

  byte[] text() {
    return text;
  }

  /** Blocks of RFC 1951 up to the boundary of a byte, none of them the last: others may follow. */
  byte[] deflated() {
    byte[] known = deflated;
    return known == null ? deflateOnce() : known;
  }

  private synchronized byte[] deflateOnce() {
    byte[] known = deflated;
    if (known == null) {
      known = deflate(text);
      deflated = known;
    }
    return known;
  }

  private static byte[] deflate(byte[] text) {
    Deflater deflater = new Deflater(Rendered.GZIP_LEVEL, true);
    deflater.setInput(text);
    // More than zlib's compressBound(), so that one call is enough.
    byte[] blocks = new byte[text.length + text.length / 100 + 64];
    int length = deflater.deflate(blocks, 0, blocks.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(blocks, length);
  }
}
