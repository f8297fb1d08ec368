package dev.imfexporter.reading;

/** Texts from a host, made fit for sentences and labels. */
final class HostText {
  private HostText() {}

  /** At most that many characters, with a question mark for each that cannot be printed. */
  static String printable(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "..." : text;
    return shown.replaceAll("\\p{C}", "?");
  }

  /** As {@link #printable}, in quotes. */
  static String quoted(String text, int most) {
    return '"' + printable(text, most) + '"';
  }
}
