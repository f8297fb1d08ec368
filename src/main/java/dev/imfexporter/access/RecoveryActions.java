package dev.imfexporter.access;

import java.util.List;
import java.util.Optional;

/**
 * What the SCM does when a service fails (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_failure_actionsw">
 * SERVICE_FAILURE_ACTIONS</a>).
 *
 * @param resetSeconds after so long without a failure the first action is taken again; {@link
 *     #NEVER} for never
 * @param actions the first is taken at the first failure; the last one at all that follow
 * @param command of {@link ActionType#RUN_COMMAND}; "" for none
 * @param rebootMessage which users get before {@link ActionType#REBOOT}; "" for none
 * @param afterErrors whether a stop with an error is a failure too (<a
 *     href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_failure_actions_flag">
 *     page</a>); empty on Windows before Vista, which does not have this setting
 */
public record RecoveryActions(
    long resetSeconds,
    List<Action> actions,
    String command,
    String rebootMessage,
    Optional<Boolean> afterErrors) {
  /** INFINITE. */
  public static final long NEVER = 0xFFFF_FFFFL;

  /** Nothing is done. */
  public static final RecoveryActions NONE =
      new RecoveryActions(0, List.of(), "", "", Optional.empty());

  public RecoveryActions {
    actions = List.copyOf(actions);
  }

  /** SC_ACTION_TYPE, in the order of its numbers. */
  public enum ActionType {
    NONE,
    RESTART,
    REBOOT,
    RUN_COMMAND;

    /** The type of that number. */
    public static ActionType of(int number) throws AccessException.Malformed {
      if (number < 0 || number >= values().length) {
        throw new AccessException.Malformed(
            "The SCM reported recovery action " + number + ", want 0 to 3");
      }
      return values()[number];
    }
  }

  /** An action after a delay. */
  public record Action(ActionType type, long delayMillis) {}

  /** The same with whether a stop with an error is a failure too. */
  public RecoveryActions with(Optional<Boolean> errors) {
    return new RecoveryActions(resetSeconds, actions, command, rebootMessage, errors);
  }
}
