package dev.imfexporter.cli;

/** Text for a terminal, at most 100 columns wide. */
final class Paragraphs {
  private static final int COLUMNS = 100;

  private final boolean colour;
  private final StringBuilder text = new StringBuilder();

  Paragraphs(boolean colour) {
    this.colour = colour;
  }

  void empty() {
    text.append('\n');
  }

  /**
   * Adds a paragraph, broken between words; a word that is longer than a line is cut.
   *
   * @param first what the first line begins with
   * @param others what the others begin with
   * @param paint its colour as the number of an SGR code; "" for none
   */
  void add(String first, String others, String content, String paint) {
    StringBuilder line = new StringBuilder(first);
    int indent = first.length();
    for (String word : printable(content).split(" +", -1)) {
      String rest = word;
      while (!rest.isEmpty()) {
        boolean empty = line.length() == indent;
        int room = COLUMNS - line.length() - (empty ? 0 : 1);
        if (rest.length() <= room) {
          line.append(empty ? "" : " ").append(rest);
          rest = "";
        } else if (empty) {
          line.append(rest, 0, room);
          rest = rest.substring(room);
        } else {
          end(line, paint);
          line = new StringBuilder(others);
          indent = others.length();
        }
      }
    }
    end(line, paint);
  }

  private void end(StringBuilder line, String paint) {
    if (colour && !paint.isEmpty()) {
      text.append("\u001b[").append(paint).append('m').append(line).append("\u001b[0m");
    } else {
      text.append(line);
    }
    text.append('\n');
  }

  /** What a host sends must not steer a terminal. */
  private static String printable(String content) {
    return content.replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]", " ").strip();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
