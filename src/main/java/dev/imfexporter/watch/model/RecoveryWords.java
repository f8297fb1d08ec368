package dev.imfexporter.watch.model;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.text.CommandName;
import java.util.stream.Collectors;

/**
 * Recovery actions as {@code sc.exe failure} takes them (<a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc742019(v=ws.11)">
 * page</a>), so that the text of a setting is also what puts it back.
 */
final class RecoveryWords {
  static final String NONE = "reset= 0 actions= \"\"";

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
            option("command", recovery.command()),
            option("reboot", recovery.rebootMessage()));
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

  private static String option(String name, String text) {
    return text.isEmpty() ? "" : " %s= %s".formatted(name, CommandName.ofText(text));
  }
}
