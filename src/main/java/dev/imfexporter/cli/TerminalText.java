package dev.imfexporter.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Text for a terminal, at most 99 columns wide, except where a single word is longer. What it gets
 * may come from a host.
 */
final class TerminalText {
  private static final int WIDTH = 99;
  private static final String GAP = "  ";

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

    private Style[] styles() {
      return alarming ? new Style[] {Style.fg_red} : new Style[0];
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
    row(List.of(WIDTH), "", 0, List.of(printable(content)), styles);
  }

  /**
   * Adds a paragraph behind a lead; its other lines begin with as many spaces.
   *
   * @param hanging how many more spaces the other lines begin with
   */
  void paragraph(String lead, int hanging, String content, Style... styles) {
    List<Integer> widths = List.of(lead.length(), WIDTH - lead.length());
    row(widths, "", hanging, List.of(lead, printable(content)), styles);
  }

  /**
   * Adds a table. The last column breaks between words; the others are as wide as their contents.
   *
   * @param rows the titles first
   * @param least the width that the last column has at least
   * @param yielding the column, from 0, that is cut if the table would be too wide
   */
  void table(List<Row> rows, int least, int yielding) {
    int[] widths = widths(rows);
    int last = widths.length - 1;
    int rest = widths[last];
    widths[last] = Math.max(least, rest);
    widths[yielding] = Math.max(1, widths[yielding] - (widths[last] - rest));
    List<Integer> all = Arrays.stream(widths).boxed().toList();
    rows.forEach(row -> row(all, GAP, 0, row.cells(), row.styles()));
  }

  /**
   * Adds a table whose last column is a text of any length. Where that would have to be broken into
   * less than a width, it stands below its row instead, and the column before it is the last.
   *
   * @param rows the titles first; all cells but the last two are short
   * @param least the width below which a text that does not fit stands below its row
   */
  void tableWithText(List<Row> rows, int least) {
    int[] widths = widths(rows);
    int last = widths.length - 1;
    int longest = rows.stream().mapToInt(row -> row.cells().get(last).length()).max().orElse(0);
    if (widths[last] >= Math.min(least, longest)) {
      table(rows, Math.min(least, longest), last - 1);
      return;
    }
    List<Row> above =
        rows.stream().map(row -> new Row(row.alarming(), row.cells().subList(0, last))).toList();
    List<Integer> all = Arrays.stream(widths(above)).boxed().toList();
    String lead = " ".repeat(widths[0] + GAP.length());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      row(all, GAP, 0, above.get(i).cells(), row.styles());
      if (!row.cells().get(last).isEmpty()) {
        paragraph(lead, 0, row.cells().get(last), row.styles());
      }
    }
  }

  /** Each column as wide as its contents, and what is left for the last; that may be negative. */
  private static int[] widths(List<Row> rows) {
    int last = rows.get(0).cells().size() - 1;
    int[] widths = new int[last + 1];
    for (int i = 0; i < last; i++) {
      int column = i;
      widths[i] = rows.stream().mapToInt(row -> row.cells().get(column).length()).max().orElse(0);
    }
    widths[last] = WIDTH - Arrays.stream(widths).sum() - last * GAP.length();
    return widths;
  }

  /** The last cell breaks between words; the others are cut where they are too long. */
  private void row(
      List<Integer> widths, String gap, int hanging, List<String> cells, Style... styles) {
    int last = cells.size() - 1;
    StringBuilder lead = new StringBuilder();
    for (int i = 0; i < last; i++) {
      String cell = cells.get(i);
      String cut = cell.substring(0, Math.min(cell.length(), widths.get(i)));
      lead.append(cut).append(" ".repeat(widths.get(i) - cut.length())).append(gap);
    }
    List<IStyle> all = List.of(styles);
    String before = lead.toString();
    for (String rest : wrapped(cells.get(last), widths.get(last), hanging)) {
      String line = (before + rest).stripTrailing();
      text.append(all.isEmpty() ? line : colours.apply(line, all).toString()).append('\n');
      before = " ".repeat(lead.length());
    }
  }

  /**
   * Breaks at spaces alone, so that an address or a command can be copied: a line may be longer.
   */
  private static List<String> wrapped(String content, int width, int hanging) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String separator = "";
    for (String word : content.split(" ", -1)) {
      if (!separator.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        separator = " ".repeat(hanging);
      }
      line.append(separator).append(word);
      separator = " ";
    }
    lines.add(line.toString());
    return lines;
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
