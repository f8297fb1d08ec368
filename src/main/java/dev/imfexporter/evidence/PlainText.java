package dev.imfexporter.evidence;

import java.util.List;

/** Lines of text. What they get may come from a host, and stays in its line. */
final class PlainText {
  private final StringBuilder text = new StringBuilder();

  PlainText line(String content) {
    text.append(printable(content)).append('\n');
    return this;
  }

  PlainText empty() {
    text.append('\n');
    return this;
  }

  PlainText heading(String content) {
    String line = printable(content);
    text.append(line).append('\n').append("-".repeat(line.length())).append('\n');
    return this;
  }

  PlainText items(List<String> items) {
    items.forEach(item -> line("- " + item));
    return this;
  }

  /** Text of our own, with its line breaks. */
  PlainText block(String own) {
    text.append(own);
    return this;
  }

  /** Control characters, and those that turn the direction of text, could hide what is there. */
  private static String printable(String content) {
    return content.replaceAll("[\\t\\r\\n]+", " ").replaceAll("\\p{C}", "?").stripTrailing();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
