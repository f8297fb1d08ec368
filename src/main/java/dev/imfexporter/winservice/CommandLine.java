package dev.imfexporter.winservice;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line of Windows as one text, by the rules by which a program splits it again: <a
 * href="https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw">
 * CommandLineToArgvW</a>.
 */
public final class CommandLine {
  private CommandLine() {}

  /** Quotes each word that needs it. {@link #split} makes the same words of the text. */
  public static String join(List<String> words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
      quoted.add(quote(word));
    }
    return String.join(" ", quoted);
  }

  private static String quote(String word) {
    if (!word.isEmpty() && word.chars().noneMatch(c -> c == ' ' || c == '\t' || c == '"')) {
      return word;
    }
    StringBuilder text = new StringBuilder("\"");
    int backslashes = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      // Backslashes are doubled before a quote alone.
      text.append("\\".repeat(c == '"' ? 2 * backslashes + 1 : backslashes)).append(c);
      backslashes = 0;
    }
    return text.append("\\".repeat(2 * backslashes)).append('"').toString();
  }

  /** The words of a command line. A quote that is not closed ends with the text. */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    int backslashes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        backslashes++;
        begun = true;
        continue;
      }
      word.append("\\".repeat(c == '"' ? backslashes / 2 : backslashes));
      boolean escaped = c == '"' && backslashes % 2 == 1;
      backslashes = 0;
      if (c == '"' && !escaped) {
        quoted = !quoted;
        begun = true;
      } else if (!quoted && (c == ' ' || c == '\t')) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    word.append("\\".repeat(backslashes));
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
