package dev.imfexporter.watch.model;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.text.CommandName;
import java.util.stream.Collectors;

/**
 * Recovery actions as {@code sc.exe failure} takes them (<a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc742019(v=ws.11)">
 * page</a>), so that the text of a setting is also what puts it back. Of a command it has the
 * program alone: a password may stand among its arguments, and this text is shown on pages.
 */
final class RecoveryWords {
  static final String NONE = "reset= 0 actions= \"\"";

  /** Stands for what a command is given. */
  private static final String ARGUMENTS = "ARGUMENTS";

  private RecoveryWords() {}

  static String of(RecoveryActions recovery) {
    if (recovery.actions().stream().allMatch(action -> action.type() == ActionType.NONE)) {
      return NONE;
    }
    String reset =
        recovery.resetSeconds() == RecoveryActions.NEVER
            ? "INFINITE"
            : Long.toString(recovery.resetSeconds());
    return "reset= %s actions= %s%s%s"
        .formatted(
            reset,
            recovery.actions().stream().map(RecoveryWords::of).collect(Collectors.joining("/")),
            option("command", withoutArguments(recovery.command())),
            option("reboot", recovery.rebootMessage()));
  }

  /** Without the command and the message. */
  static String masked(String words, String mask) {
    return words
        .replaceFirst(" command= .*", " command= " + mask)
        .replaceFirst(" reboot= .*", " reboot= " + mask);
  }

  private static String of(Action action) {
    String type =
        switch (action.type()) {
          case NONE -> "\"\"";
          case RESTART -> "restart";
          case REBOOT -> "reboot";
          case RUN_COMMAND -> "run";
        };
    return type + "/" + action.delayMillis();
  }

  /** The program, which ends at its quote or at the first space. */
  private static String withoutArguments(String command) {
    boolean quoted = command.startsWith("\"");
    int begin = quoted ? 1 : 0;
    int end = command.indexOf(quoted ? '"' : ' ', begin);
    if (end < 0) {
      return quoted ? ARGUMENTS : command;
    }
    String program = command.substring(begin, end);
    boolean more = !command.substring(end + begin).isBlank();
    return more ? program + " " + ARGUMENTS : program;
  }

  private static String option(String name, String text) {
    return text.isEmpty() ? "" : " %s= %s".formatted(name, CommandName.ofText(text));
  }
}
