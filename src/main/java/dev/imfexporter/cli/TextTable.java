package dev.imfexporter.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text for a terminal; one of them gives way when the table becomes too wide. */
final class TextTable {
  private static final String GAP = "  ";

  private final int width;
  private final int yielding;
  private final List<Row> rows = new ArrayList<>();

  private record Row(List<String> cells, boolean alarming) {}

  /**
   * An empty table.
   *
   * @param yielding the column that is cut first, from 0; the last is cut after it
   */
  TextTable(int width, int yielding, String... titles) {
    this.width = width;
    this.yielding = yielding;
    rows.add(new Row(List.of(titles), false));
  }

  /** Adds a row; what a terminal would obey is shown as a question mark. */
  void row(boolean alarming, String... cells) {
    rows.add(
        new Row(
            Arrays.stream(cells).map(cell -> cell.replaceAll("\\p{C}", "?")).toList(), alarming));
  }

  /** The lines, alarming ones in red if wanted. */
  String text(boolean colour) {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      String line = cut(line(row, widths).stripTrailing(), width);
      text.append(row.alarming() && colour ? "\u001b[31m" + line + "\u001b[0m" : line).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).cells().size()];
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.cells().get(i)));
      }
    }
    int over = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width;
    int least = Math.min(widths[yielding], 8);
    widths[yielding] = Math.max(least, widths[yielding] - Math.max(0, over));
    return widths;
  }

  private static String line(Row row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(row.cells().get(i), widths[i]);
      line.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
    }
    return line.toString();
  }

  private static String cut(String text, int most) {
    return length(text) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 2)))
            + "..".substring(0, Math.min(2, most));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
