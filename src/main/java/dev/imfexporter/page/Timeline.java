package dev.imfexporter.page;

import dev.imfexporter.watch.model.MailHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What happened in a time, as lanes beside each other. The drawing and the table are made of the
 * same entries.
 *
 * @param from the begin of the time
 * @param until its end
 */
record Timeline(Instant from, Instant until, List<Lane> lanes) {
  Timeline {
    lanes = List.copyOf(lanes);
  }

  /**
   * One subject.
   *
   * @param note what the drawing does not say; "" for nothing
   * @param bars drawn as columns
   */
  record Lane(String name, String note, List<Entry> entries, List<Bar> bars) {
    Lane {
      entries = List.copyOf(entries);
      bars = List.copyOf(bars);
    }

    static Lane of(String name, List<Entry> entries) {
      return new Lane(name, "", entries, List.of());
    }
  }

  /**
   * Something that happened, with a row of its own in the table.
   *
   * @param until the same as {@code from} for a moment
   * @param lasts whether it is not over
   * @param pieces what is drawn, in the order of time
   */
  record Entry(Instant from, Instant until, boolean lasts, String words, List<Piece> pieces) {
    Entry {
      pieces = List.copyOf(pieces);
    }

    /** Something that has no length. */
    static Entry moment(Instant at, Kind kind, String words) {
      return new Entry(at, at, false, words, List.of(new Piece(at, at, kind, "")));
    }

    Duration length() {
      return Duration.between(from, until);
    }
  }

  /**
   * A part of an entry that is drawn in one way.
   *
   * @param label is written on it where there is room; "" for none
   */
  record Piece(Instant from, Instant until, Kind kind, String label) {}

  /** How many messages waited at most in one part of the time. */
  record Bar(Instant from, Instant until, int messages) {}

  /** How a piece is drawn; each has a pattern of its own, so that no colour is needed. */
  enum Kind {
    STOP("stop phase"),
    DOWN("down"),
    START("start phase"),
    OUT("not running, phase not known"),
    FAILING("mail does not flow"),
    WAITING("mail waits for another try"),
    UNSEEN("not known"),
    EPISODE("episode of an update"),
    MARKER("sign of an update"),
    BOOT("host was down"),
    LIMIT("limit of a halt");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    String meaning() {
      return meaning;
    }

    /** A class of the style sheet. */
    String cssClass() {
      return "t-" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a moment is, from 0 to 100. */
  double percent(Instant at) {
    double whole = Duration.between(from, until).toMillis();
    double part = Duration.between(from, at).toMillis();
    return Math.max(0, Math.min(100, 100 * part / whole));
  }

  boolean touches(Instant begin, Instant end) {
    return !end.isBefore(from) && !begin.isAfter(until);
  }

  /** The entries of all lanes, the newest first, each with the name of its lane. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    lanes.forEach(lane -> lane.entries().forEach(entry -> rows.add(new Row(lane.name(), entry))));
    rows.sort(Comparator.comparing((Row row) -> row.entry().from()).reversed());
    return rows;
  }

  /** A line of the table. */
  record Row(String lane, Entry entry) {}

  /** The highest bar; 0 without any. */
  static int highest(List<Bar> bars) {
    return bars.stream()
        .mapToInt(Bar::messages)
        .filter(messages -> messages != MailHistory.Queue.NOT_READ)
        .max()
        .orElse(0);
  }
}
