package dev.imfexporter.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the word that a user may have meant by another. */
final class Nearest {
  /** Words of earlier configuration files, and what they are called now. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "windows", "win32",
          "routine_updates", "ignored_updates",
          "helo", "ehlo_name",
          "components", "loaded_modules",
          "history_age", "retention_age",
          "history_count", "retention_count");

  private Nearest() {}

  /**
   * The end of a sentence about a wrong word: its new name, or else the word that is the fewest
   * edits away, if they are few for its length; empty if there is neither. Ignores case.
   *
   * @param words that are possible instead
   */
  static Optional<String> hint(String typed, Collection<String> words) {
    Optional<String> renamed = Optional.ofNullable(RENAMED.get(typed)).filter(words::contains);
    return renamed
        .map(now -> ", " + typed + " is called " + now + " now")
        .or(
            () ->
                words.stream()
                    .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
                    .min(Comparator.comparingInt(word -> distance(typed, word)))
                    .map(near -> ", did you mean " + YamlDocument.shown(near) + "?"));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > b.length()) {
      return Integer.MAX_VALUE;
    }
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
