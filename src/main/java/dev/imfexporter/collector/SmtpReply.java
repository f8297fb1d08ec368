package dev.imfexporter.collector;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A reply of an SMTP server (<a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC
 * 5321</a>).
 *
 * @param code three digits, of its last line
 * @param lines at least one, each with its code, safe and short enough for a sentence
 */
record SmtpReply(int code, List<String> lines) {
  private static final Pattern LINE = Pattern.compile("[2-5]\\d\\d([ -].*)?", Pattern.DOTALL);
  private static final int CODE = 3;
  private static final int SHOWN = 120;
  private static final int MOST_KEYWORDS = 40;

  /** RFC 5321, 4.1.1.1; some keywords of Exchange have underscores. */
  private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,31}");

  SmtpReply {
    lines = List.copyOf(lines);
  }

  /** The server did not send an SMTP reply. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what);
    }
  }

  /** Whether another line of the reply follows. */
  static boolean continues(String line) throws Malformed {
    if (!LINE.matcher(line).matches()) {
      throw new Malformed("it sent " + HostText.quoted(line, SHOWN));
    }
    return line.length() > CODE && line.charAt(CODE) == '-';
  }

  /** The reply of these lines. */
  static SmtpReply of(List<String> lines) {
    int code = Integer.parseInt(lines.get(lines.size() - 1).substring(0, CODE));
    return new SmtpReply(
        code, lines.stream().map(line -> HostText.printable(line, SHOWN)).toList());
  }

  /** Its last line. */
  String line() {
    return lines.get(lines.size() - 1);
  }

  /** What stands behind the code in each line. */
  List<String> texts() {
    return lines.stream()
        .map(line -> line.length() <= CODE ? "" : line.substring(CODE + 1).strip())
        .toList();
  }

  /**
   * The keywords of the extensions in an answer to EHLO, each once: its first line is the server's
   * name, and IIS ends the list with "OK".
   */
  List<String> keywords() {
    return texts().stream()
        .skip(1)
        .map(text -> text.toUpperCase(Locale.ROOT).split("[ =]", 2)[0])
        .filter(word -> KEYWORD.matcher(word).matches() && !word.equals("OK"))
        .distinct()
        .limit(MOST_KEYWORDS)
        .toList();
  }
}
