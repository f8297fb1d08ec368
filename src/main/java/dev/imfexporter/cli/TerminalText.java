package dev.imfexporter.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Text for a terminal, at most 100 columns wide. What it gets may come from a host. */
final class TerminalText {
  private static final int WIDTH = 100;
  private static final int GAP = 2;
  private static final ColorScheme PLAIN = new ColorScheme.Builder(Ansi.OFF).build();

  private final ColorScheme colours;
  private final StringBuilder text = new StringBuilder();

  /** A row of a table; an alarming one is red. */
  record Row(boolean alarming, List<String> cells) {
    Row {
      cells = cells.stream().map(TerminalText::printable).toList();
    }

    Row(boolean alarming, String... cells) {
      this(alarming, List.of(cells));
    }
  }

  TerminalText(boolean colour) {
    colours = new ColorScheme.Builder(colour ? Ansi.ON : Ansi.OFF).build();
  }

  void emptyLine() {
    text.append('\n');
  }

  /** Adds a paragraph, broken between words. */
  void paragraph(String content, Style... styles) {
    row(List.of(new Column(WIDTH, 0, Overflow.WRAP)), 0, List.of(printable(content)), styles);
  }

  /**
   * Adds a paragraph behind a lead; its other lines begin with as many spaces.
   *
   * @param hanging how many more spaces the other lines begin with
   */
  void paragraph(String lead, int hanging, String content, Style... styles) {
    Column first = new Column(lead.length(), 0, Overflow.TRUNCATE);
    Column second = new Column(WIDTH - lead.length(), 0, Overflow.WRAP);
    row(List.of(first, second), hanging, List.of(lead, printable(content)), styles);
  }

  /**
   * Adds a table. The last column breaks between words; the others are as wide as their contents.
   *
   * @param rows the titles first
   * @param least the width that the last column has at least
   * @param yielding the column, from 0, that is cut if the table would be too wide
   */
  void table(List<Row> rows, int least, int yielding) {
    int last = rows.get(0).cells().size() - 1;
    int[] widths = new int[last + 1];
    for (int i = 0; i < last; i++) {
      int column = i;
      widths[i] = rows.stream().mapToInt(row -> row.cells().get(column).length()).max().orElse(0);
    }
    int rest = WIDTH - Arrays.stream(widths).sum() - last * GAP;
    widths[last] = Math.max(least, rest);
    widths[yielding] = Math.max(1, widths[yielding] - (widths[last] - rest));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      int gap = i == 0 ? 0 : GAP;
      columns.add(new Column(widths[i] + gap, gap, i == last ? Overflow.WRAP : Overflow.TRUNCATE));
    }
    for (Row row : rows) {
      row(columns, 0, row.cells(), row.alarming() ? new Style[] {Style.fg_red} : new Style[0]);
    }
  }

  private void row(List<Column> columns, int hanging, List<String> cells, Style... styles) {
    TextTable table = TextTable.forColumns(PLAIN, columns.toArray(Column[]::new));
    table.indentWrappedLines = hanging;
    table.addRowValues(
        cells.stream().map(cell -> PLAIN.apply(cell, List.of())).toArray(Text[]::new));
    List<IStyle> all = List.of(styles);
    table
        .toString()
        .lines()
        .map(line -> all.isEmpty() ? line : colours.apply(line, all).toString())
        .forEach(line -> text.append(line).append('\n'));
  }

  /** A host must not control the terminal; line breaks of Windows' messages become spaces. */
  private static String printable(String content) {
    return content.strip().replaceAll("\\s+", " ").replaceAll("\\p{C}", "?");
  }

  /** The first line of a text that another machine sent, cut where it is longer than most. */
  static String firstLine(String content, int most) {
    String line = printable(content.strip().lines().findFirst().orElse(""));
    return line.length() <= most ? line : line.substring(0, most - 3) + "...";
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Prints in UTF-8, which is not the encoding of every terminal's stream. */
  static void print(PrintStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
