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

  /** As {@link #UNQUOTABLE}, but for backslashes that no quote follows. */
  private static final Pattern BACKSLASH_AT_END =
      Pattern.compile("[\"%\\p{C}\\p{Zl}\\p{Zp}]|\\\\$");

  private static final Pattern SERVICES =
      Pattern.compile("\\+?%1$s(?:/\\+?%1$s)*".formatted(PLAIN));

  /** A regular expression of what the methods return for a name. */
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

  /**
   * Names of services between slashes, as sc.exe takes those that a service depends on; a plus
   * marks a load-order group. {@code <SERVICES>} if quotes do not help.
   */
  public static String ofServices(String names) {
    return names.equals("/") || SERVICES.matcher(names).matches()
        ? names
        : written(names, "<SERVICES>");
  }

  /** An account, such as {@code DOMAIN\\NAME}; {@code <ACCOUNT>} if quotes do not help. */
  public static String ofAccount(String account) {
    return written(account, BACKSLASH_AT_END, "<ACCOUNT>");
  }

  /** A text with words, such as a command line; {@code <TEXT>} if quotes do not help. */
  public static String ofText(String text) {
    return written(text, BACKSLASH_AT_END, "<TEXT>");
  }

  private static String written(String name, String placeholder) {
    return written(name, UNQUOTABLE, placeholder);
  }

  private static String written(String name, Pattern unquotable, String placeholder) {
    if (AS_IT_IS.matcher(name).matches()) {
      return name;
    }
    return name.isBlank() || unquotable.matcher(name).find() ? placeholder : '"' + name + '"';
  }
}
