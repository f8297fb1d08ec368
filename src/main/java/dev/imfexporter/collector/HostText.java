package dev.imfexporter.collector;

import java.util.regex.Pattern;

/** Makes texts from a host safe and short enough for sentences and labels. */
public final class HostText {
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

  private HostText() {}

  /** Cuts the text, and replaces each character that cannot be printed by a question mark. */
  public static String printable(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) + "..." : text;
    return isAscii(shown) ? shown : UNPRINTABLE.matcher(shown).replaceAll("?");
  }

  /** Nearly every text is, and most are made anew at each reading. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** As {@link #printable}, in quotes. */
  static String quoted(String text, int most) {
    return '"' + printable(text, most) + '"';
  }
}
