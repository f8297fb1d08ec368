package dev.imfexporter.page;

/** Writes HTML in which every element is closed and every text escaped. */
final class Html {
  /** Which characters of ASCII stand for themselves. */
  private static final boolean[] PLAIN = plain();

  private final StringBuilder out = new StringBuilder(16 * 1024);

  /** An attribute of an element. */
  record Attribute(String name, String value) {}

  static Attribute attr(String name, String value) {
    return new Attribute(name, value);
  }

  static Html document() {
    Html html = new Html();
    html.out.append("<!DOCTYPE html>\n");
    return html;
  }

  /** An element around what the content writes, on lines of its own. */
  Html block(String tag, Runnable content, Attribute... attributes) {
    start(tag, attributes).append('\n');
    content.run();
    end(tag).append('\n');
    return this;
  }

  /** An element around what the content writes, without line breaks. */
  Html inline(String tag, Runnable content, Attribute... attributes) {
    start(tag, attributes);
    content.run();
    end(tag);
    return this;
  }

  /** An element with a text. */
  Html element(String tag, String text, Attribute... attributes) {
    return inline(tag, () -> text(text), attributes);
  }

  /** An element that has no content and no end, such as {@code meta}. */
  Html empty(String tag, Attribute... attributes) {
    start(tag, attributes).append('\n');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** A place within a word at which the line may break. */
  Html breakable() {
    out.append("<wbr>");
    return this;
  }

  /** Ends the line. Only between elements: inside one it would be content. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** A trusted style sheet, unescaped, because the content security policy has its digest. */
  Html style(String sheet) {
    start("style").append(sheet);
    end("style").append('\n');
    return this;
  }

  /** Trusted HTML that is complete in itself, unescaped. */
  Html markup(String rendered) {
    out.append(rendered);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private StringBuilder start(String tag, Attribute... attributes) {
    out.append('<').append(tag);
    for (Attribute attribute : attributes) {
      out.append(' ').append(attribute.name()).append("=\"");
      escape(attribute.value());
      out.append('"');
    }
    return out.append('>');
  }

  private StringBuilder end(String tag) {
    return out.append("</").append(tag).append('>');
  }

  /** Copies what needs no escape in runs: nearly all of a page that has a hundred hosts. */
  private void escape(String text) {
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < PLAIN.length && PLAIN[c]) {
        continue;
      }
      String escaped = escaped(c);
      if (!escaped.isEmpty()) {
        out.append(text, copied, i).append(escaped);
        copied = i + 1;
      }
    }
    out.append(text, copied, text.length());
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    for (char c = 0; c < plain.length; c++) {
      plain[c] = escaped(c).isEmpty();
    }
    return plain;
  }

  /** What stands for this character; "" for itself. */
  private static String escaped(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> disruptive(c) ? "\uFFFD" : "";
    };
  }

  /**
   * Control characters are no valid HTML, not even as references; those of <a
   * href="https://www.unicode.org/reports/tr9/">UAX 9</a> would reverse the text after them.
   */
  private static boolean disruptive(char c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || direction;
  }
}
