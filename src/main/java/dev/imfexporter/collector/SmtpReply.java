package dev.imfexporter.collector;

import java.util.regex.Pattern;

/**
 * A reply of an SMTP server (<a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC
 * 5321</a>).
 *
 * @param code three digits
 * @param line its last line, safe and short enough for a sentence
 */
record SmtpReply(int code, String line) {
  private static final Pattern LINE = Pattern.compile("[2-5]\\d\\d([ -].*)?", Pattern.DOTALL);
  private static final int SHOWN = 120;

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
    return line.length() > 3 && line.charAt(3) == '-';
  }

  /** The reply whose last line this is. */
  static SmtpReply endingWith(String line) {
    return new SmtpReply(Integer.parseInt(line.substring(0, 3)), HostText.printable(line, SHOWN));
  }
}
