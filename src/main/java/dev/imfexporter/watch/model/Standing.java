package dev.imfexporter.watch.model;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.text.HasWord;
import java.util.Optional;

/**
 * Whether a service should run, and whether it does: the one definition for metrics, mail flow,
 * episodes, pages, {@code diagnose}, and through the metrics for the alert rules.
 */
public enum Standing implements HasWord {
  /** It is RUNNING. */
  RUNNING,
  /** It should run, because it ran before or is being started, and is not RUNNING. */
  DOWN,
  /**
   * It ran when an update began, does not run now, and was set to disabled or manual in the window
   * of that update. Installers disable services while they work and may fail to undo it.
   */
  LEFT_DOWN_BY_UPDATE,
  /**
   * It is STOPPED and not missed: there is no evidence that it ever ran, or the configuration says
   * that it may be stopped.
   */
  RESTING,
  /**
   * It does not run and is disabled, outside the window of an update: an administrator's choice.
   */
  DISABLED,
  /**
   * It is paused, or on the way into or out of that state: it keeps its connections and accepts no
   * new ones.
   */
  PAUSED,
  /** It ran and is not installed any more: an upgrade of Windows may drop it. */
  REMOVED,
  /** It is not installed, and there is no evidence that it ever ran. */
  MISSING,
  /** The services could not be read. */
  UNKNOWN;

  /**
   * What bears on the standing of a service.
   *
   * @param ran whether the service ran before, and is missed while it does not: a source saw it
   *     running, or it starts automatically and its exit code shows that it ran since the boot
   * @param downgradedByUpdate whether its open outage belongs to an update and its start mode
   *     became disabled or manual in the window of that update
   */
  public record Evidence(boolean ran, boolean downgradedByUpdate) {}

  /**
   * The standing of a service whose host could be read.
   *
   * @param state empty when the service is not installed
   * @param mode empty when not known
   */
  public static Standing of(
      Optional<ServiceState> state, Optional<StartMode> mode, Evidence evidence) {
    if (state.isEmpty()) {
      return evidence.ran() ? REMOVED : MISSING;
    }
    if (state.get() == ServiceState.RUNNING) {
      return RUNNING;
    }
    if (state.get().isPaused()) {
      return PAUSED;
    }
    if (evidence.ran() && evidence.downgradedByUpdate()) {
      return LEFT_DOWN_BY_UPDATE;
    }
    if (mode.equals(Optional.of(StartMode.DISABLED))) {
      return DISABLED;
    }
    // Any other state than STOPPED shows that something has started the service.
    boolean shouldRun = evidence.ran() || state.get() != ServiceState.STOPPED;
    return shouldRun ? DOWN : RESTING;
  }

  /** Whether the service should run and does not. */
  public boolean isDown() {
    return this == DOWN || this == LEFT_DOWN_BY_UPDATE || this == REMOVED;
  }
}
