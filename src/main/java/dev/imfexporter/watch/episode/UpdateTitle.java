package dev.imfexporter.watch.episode;

import java.util.Locale;

/** Titles of updates, short enough for labels. */
final class UpdateTitle {
  /** Microsoft's titles have some 110 characters at most, and end with the article. */
  private static final int LONGEST = 128;

  private static final String MORE = "...";

  private UpdateTitle() {}

  /** Cuts a title that is longer than any of Microsoft's; its end shows that it was cut. */
  static String cut(String title) {
    String text = title.strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - MORE.length()) + MORE;
  }

  /**
   * Whether an update is among those that an event names.
   *
   * @param title as {@link #cut} has left it
   * @param titles as the event has them
   */
  static boolean isIn(String title, String titles) {
    boolean isCut = title.length() == LONGEST && title.endsWith(MORE);
    String begin = isCut ? title.substring(0, LONGEST - MORE.length()) : title;
    return titles.toUpperCase(Locale.ROOT).contains(begin.toUpperCase(Locale.ROOT));
  }
}
