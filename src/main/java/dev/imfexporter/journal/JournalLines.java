package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lines of facts, read and written. What is read may be damaged anywhere and of any size. */
final class JournalLines {
  /** Far more than any fact takes. */
  static final int MAX_LINE = 1024 * 1024;

  /**
   * Far more than what is kept of a host takes; the rest of a larger file counts as one line. Of
   * lines that are too long, only {@link #MAX_LINE} bytes count.
   */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  /** What is read of a file at most, lines that are too long included. */
  static final long MAX_READ = 1024L * 1024 * 1024;

  /** A file with more is no journal, and its rest is not read. */
  static final int MAX_DAMAGED = 10_000;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Keeper whole;
  private final List<Fact> facts = new ArrayList<>();

  /** A line that was there before, with its time, is a copy and would be counted twice. */
  private final Set<FactJson.Line.Known> seen = new HashSet<>();

  private long used;
  private int number;
  private int damaged;
  private int firstDamaged;
  private boolean torn;
  private int unknown;
  private int ignored;

  /** Gets every line that holds a fact, known or unknown, with its end. */
  @FunctionalInterface
  interface Keeper {
    void keep(byte[] line) throws IOException;
  }

  private JournalLines(Keeper whole) {
    this.whole = whole;
  }

  static byte[] write(Instant written, List<Fact> facts) {
    StringBuilder text = new StringBuilder();
    for (Fact fact : facts) {
      text.append(FactJson.write(written, fact)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Recovered read(InputStream in, Keeper whole) throws IOException {
    JournalLines lines = new JournalLines(whole);
    lines.split(in);
    return new Recovered(
        lines.facts, lines.damaged, lines.firstDamaged, lines.torn, lines.unknown, lines.ignored);
  }

  /** When a line was written; empty for one that is no known fact. */
  static Optional<Instant> written(byte[] line) {
    return FactJson.read(new String(line, StandardCharsets.UTF_8))
            instanceof FactJson.Line.Known known
        ? Optional.of(known.written())
        : Optional.empty();
  }

  private void split(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
      if (total > MAX_READ || used > MAX_BYTES || damaged > MAX_DAMAGED) {
        number++;
        damage();
        return;
      }
      int from = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          append(line, buffer, from, i);
          line(line.toByteArray(), true);
          line.reset();
          from = i + 1;
        }
      }
      append(line, buffer, from, n);
    }
    if (line.size() > 0) {
      line(line.toByteArray(), false);
    }
  }

  /** Of a line that is too long, one byte more than is allowed is kept. */
  private static void append(ByteArrayOutputStream line, byte[] buffer, int from, int to) {
    line.write(buffer, from, Math.min(to - from, MAX_LINE + 1 - line.size()));
  }

  private void line(byte[] bytes, boolean ended) throws IOException {
    number++;
    used += Math.min(bytes.length + 1, MAX_LINE);
    if (isBlank(bytes)) {
      return;
    }
    FactJson.Line line = bytes.length > MAX_LINE ? new FactJson.Line.Damaged() : parsed(bytes);
    if (line instanceof FactJson.Line.Damaged) {
      if (!ended) {
        torn = true;
      } else {
        damage();
      }
      return;
    }
    if (line instanceof FactJson.Line.Known known) {
      if (!seen.add(known)) {
        torn = !ended;
        return;
      }
      facts.add(known.fact());
      ignored += known.ignored();
    } else if (line instanceof FactJson.Line.Unknown) {
      unknown++;
    }
    torn = !ended;
    whole.keep(withEnd(bytes));
  }

  private void damage() {
    damaged++;
    firstDamaged = firstDamaged == 0 ? number : firstDamaged;
  }

  private FactJson.Line parsed(byte[] bytes) {
    int from = number == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    try {
      return FactJson.read(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
              .toString());
    } catch (CharacterCodingException e) {
      return new FactJson.Line.Damaged();
    }
  }

  /** Editors of Windows write it. */
  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static byte[] withEnd(byte[] bytes) {
    byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    return line;
  }
}
