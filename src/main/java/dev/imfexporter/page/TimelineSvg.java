package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.page.Html.Attribute;
import dev.imfexporter.page.Timeline.Bar;
import dev.imfexporter.page.Timeline.Entry;
import dev.imfexporter.page.Timeline.Kind;
import dev.imfexporter.page.Timeline.Lane;
import dev.imfexporter.page.Timeline.Piece;
import java.time.Instant;
import java.util.List;

/**
 * Draws a timeline to scale. Horizontal positions are percentages and nothing is scaled, so that
 * letters and patterns have the same size on a telephone and on a wide screen.
 */
final class TimelineSvg {
  private static final int LANE = 44;
  private static final int NAME = 14;
  private static final int TOP = 20;
  private static final int BAR = 18;
  private static final int AXIS = 26;

  /** Narrower pieces have no room for a word. */
  private static final double ROOM = 14;

  /** How far a word in the middle of a piece has to be from a sign. */
  private static final double WORD = 4;

  /** Of the width; labels of ticks that are nearer to an edge would be cut off. */
  private static final double EDGE = 5;

  /** Fewer are far enough from each other. */
  private static final int FEW_TICKS = 3;

  /** Signs that are nearer to each other are drawn as one. */
  private static final double APART = 1;

  private final Html html;
  private final Timeline timeline;

  TimelineSvg(Html html, Timeline timeline) {
    this.html = html;
    this.timeline = timeline;
  }

  /**
   * Writes it.
   *
   * @param label what a screen reader says in its place
   */
  void write(String label, List<Tick> ticks) {
    int height = timeline.lanes().size() * LANE + AXIS;
    html.block(
        "svg",
        () -> {
          patterns();
          ticks.forEach(tick -> tick(tick, height, ticks.size() < FEW_TICKS || hasRoom(tick)));
          int y = 0;
          for (Lane lane : timeline.lanes()) {
            lane(lane, y);
            y += LANE;
          }
        },
        attr("class", "timeline"),
        attr("width", "100%"),
        attr("height", Integer.toString(height)),
        attr("role", "img"),
        attr("aria-label", label));
  }

  /** A line of the axis, with its label. */
  record Tick(Instant at, String label) {}

  /** A piece as it is drawn, for the legend. */
  static void sample(Html html, Kind kind) {
    html.inline(
        "svg",
        () -> {
          if (isSign(kind)) {
            html.element(
                "text",
                sign(kind),
                attr("x", "50%"),
                attr("y", "13"),
                attr("class", "t-sign"),
                attr("text-anchor", "middle"));
          } else {
            rect(html, "1", "26", 1, 14, kind);
          }
        },
        attr("width", "28"),
        attr("height", "16"),
        attr("aria-hidden", "true"));
  }

  private static boolean isSign(Kind kind) {
    return kind == Kind.MARKER || kind == Kind.LIMIT;
  }

  private static String sign(Kind kind) {
    return kind == Kind.LIMIT ? "┃" : "▼";
  }

  private void patterns() {
    html.block(
        "defs",
        () -> {
          pattern("t-stop-lines", "M0 6 6 0");
          pattern("t-start-lines", "M0 0 6 6");
          pattern("t-failing-lines", "M0 0 6 6M0 6 6 0");
          pattern("t-waiting-lines", "M3 0V6");
          pattern("t-unseen-lines", "M0 3H2");
          pattern("t-boot-lines", "M0 3H6");
        });
  }

  private void pattern(String id, String path) {
    html.inline(
            "pattern",
            () -> html.element("path", "", attr("d", path), attr("class", id)),
            attr("id", id),
            attr("width", "6"),
            attr("height", "6"),
            attr("patternUnits", "userSpaceOnUse"))
        .line();
  }

  /** A label at an edge is moved into the drawing, where it would meet the next one. */
  private boolean hasRoom(Tick tick) {
    double at = timeline.percent(tick.at());
    return at >= EDGE && at <= 100 - EDGE;
  }

  private void tick(Tick tick, int height, boolean labelled) {
    double at = timeline.percent(tick.at());
    String x = percent(at);
    html.element(
            "line",
            "",
            attr("class", "t-tick"),
            attr("x1", x),
            attr("x2", x),
            attr("y1", "0"),
            attr("y2", Integer.toString(height - AXIS + 6)))
        .line();
    if (!labelled) {
      return;
    }
    html.element(
            "text",
            tick.label(),
            attr("class", "t-label"),
            attr("x", x),
            attr("y", Integer.toString(height - 6)),
            attr("text-anchor", at < EDGE ? "start" : at > 100 - EDGE ? "end" : "middle"))
        .line();
  }

  private void lane(Lane lane, int y) {
    html.element(
            "text",
            lane.name(),
            attr("class", "t-name"),
            attr("x", "0"),
            attr("y", Integer.toString(y + NAME)))
        .line();
    String middle = Integer.toString(y + TOP + BAR / 2);
    html.element(
            "line",
            "",
            attr("class", "t-base"),
            attr("x1", "0"),
            attr("x2", "100%"),
            attr("y1", middle),
            attr("y2", middle))
        .line();
    int highest = Math.max(1, Timeline.highest(lane.bars()));
    lane.bars().forEach(bar -> bar(bar, y, highest));
    List<Double> signs = signs(lane);
    double sign = -APART;
    for (Entry entry : lane.entries()) {
      for (Piece piece : entry.pieces()) {
        if (isSign(piece.kind())) {
          double at = timeline.percent(piece.from());
          if (Math.abs(at - sign) >= APART) {
            sign(piece.kind(), at, y);
            sign = at;
          }
        } else {
          piece(piece, y, signs);
        }
      }
    }
  }

  private void sign(Kind kind, double at, int y) {
    html.element(
            "text",
            sign(kind),
            attr("class", "t-sign"),
            attr("x", percent(at)),
            attr("y", Integer.toString(y + TOP + 14)),
            attr("text-anchor", at > 98 ? "end" : at < 2 ? "start" : "middle"))
        .line();
  }

  /** Where the signs of a lane are, in percent. */
  private List<Double> signs(Lane lane) {
    return lane.entries().stream()
        .flatMap(entry -> entry.pieces().stream())
        .filter(piece -> isSign(piece.kind()))
        .map(piece -> timeline.percent(piece.from()))
        .toList();
  }

  private void piece(Piece piece, int y, List<Double> signs) {
    double from = timeline.percent(piece.from());
    double width = timeline.percent(piece.until()) - from;
    rect(html, percent(from), percent(width), y + TOP, BAR, piece.kind());
    if (width >= ROOM && !piece.label().isEmpty()) {
      double middle = from + width / 2;
      boolean covered = signs.stream().anyMatch(sign -> Math.abs(sign - middle) < WORD);
      html.element(
              "text",
              piece.label(),
              attr("class", "t-word"),
              attr("x", percent(covered ? middle + WORD : middle)),
              attr("y", Integer.toString(y + TOP + 13)),
              attr("text-anchor", "middle"))
          .line();
    }
  }

  private static void rect(Html html, String x, String width, int y, int height, Kind kind) {
    html.element(
            "rect",
            "",
            attr("class", kind.cssClass()),
            attr("x", x),
            attr("width", width),
            attr("y", Integer.toString(y)),
            attr("height", Integer.toString(height)))
        .line();
  }

  private void bar(Bar bar, int y, int highest) {
    double from = timeline.percent(bar.from());
    double height = (double) BAR * bar.messages() / highest;
    Attribute[] attributes = {
      attr("class", "t-queue"),
      attr("x", percent(from)),
      attr("width", percent(timeline.percent(bar.until()) - from)),
      attr("y", number(y + TOP + BAR - height)),
      attr("height", number(height))
    };
    html.element("rect", "", attributes).line();
  }

  private static String percent(double value) {
    return number(value) + "%";
  }

  /** With at most two decimals; a format would cost more than the rest of the page. */
  private static String number(double value) {
    return Double.toString(Math.round(value * 100) / 100.0);
  }
}
