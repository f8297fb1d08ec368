package dev.imfexporter.text;

import java.util.regex.Pattern;

/**
 * Names as they stand in a command that a person copies to cmd.exe. A host says how its services
 * are called, so a name must not add anything to the command.
 */
public final class CommandName {
  private static final String PLAIN = "[\\w$-]+(?:\\.[\\w$-]+)*";

  private static final Pattern AS_IT_IS = Pattern.compile(PLAIN);

  /**
   * What double quotes do not hold: cmd.exe replaces variables within them, a quote ends them, and
   * behind a backslash it does not.
   */
  private static final Pattern UNQUOTABLE = Pattern.compile("[\"%\\\\\\p{C}\\p{Zl}\\p{Zp}]");

  /** A regular expression of what the methods return. */
  public static final String WRITTEN = "(?:%s|\"[^\"]+\"|<[A-Z]+>)".formatted(PLAIN);

  private CommandName() {}

  /** The name, in double quotes where it needs them; {@code <SERVICE>} if these do not help. */
  public static String ofService(String name) {
    return written(name, "<SERVICE>");
  }

  /** The name of an event log, as {@link #ofService}; {@code <LOG>} if quotes do not help. */
  public static String ofLog(String name) {
    return written(name, "<LOG>");
  }

  private static String written(String name, String placeholder) {
    if (AS_IT_IS.matcher(name).matches()) {
      return name;
    }
    return name.isBlank() || UNQUOTABLE.matcher(name).find() ? placeholder : '"' + name + '"';
  }
}
