package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import java.time.Instant;

/**
 * A service enters a state.
 *
 * @param at true time
 * @param exitCode what the SCM reports from now on
 * @param cause why
 */
public record TrueTransition(
    Instant at, LifeService service, ServiceState state, long exitCode, Cause cause) {

  /** Why a service changes its state. */
  public enum Cause {
    /** iisreset, an installer, a scheduled task: a program that nothing names. */
    PROGRAM,
    /** A person, from a user's account. */
    ADMINISTRATOR,
    /** Its process went away. */
    CRASH,
    /** The SCM or the program that it is told to run after a crash. */
    RECOVERY,
    /** The host goes down in order. */
    SHUTDOWN,
    /** The host loses its power. */
    POWER_LOSS,
    /** The SCM starts what is automatic. */
    BOOT,
    /** A start that does not succeed ends. */
    START_FAILED
  }
}
