package dev.imfexporter.access.format;

/** Quotes texts from a host in error messages. */
final class Quoted {
  private static final int MOST = 40;

  private Quoted() {}

  /** The text in quotes, cut short, with a question mark for what cannot be printed. */
  static String text(String text) {
    String shown = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    return '"' + shown.replaceAll("\\p{C}", "?") + '"';
  }
}
