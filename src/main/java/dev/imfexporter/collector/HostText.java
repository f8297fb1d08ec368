package dev.imfexporter.collector;

/** Makes texts from a host safe and short enough for sentences and labels. */
public final class HostText {
  private HostText() {}

  /** Cuts the text, and replaces each character that cannot be printed by a question mark. */
  public static String printable(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "..." : text;
    return shown.replaceAll("\\p{C}", "?");
  }

  /** As {@link #printable}, in quotes. */
  static String quoted(String text, int most) {
    return '"' + printable(text, most) + '"';
  }
}
