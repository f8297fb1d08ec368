package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasWord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Whether mail passes the host.
 *
 * @param evidence sentences that explain the state
 * @param halt present while the state is halted
 */
public record MailFlow(State state, List<String> evidence, Optional<Halt> halt) {
  public MailFlow {
    evidence = List.copyOf(evidence);
  }

  public MailFlow(State state, List<String> evidence) {
    this(state, evidence, Optional.empty());
  }

  /** The same flow with its times converted. */
  public MailFlow on(UnaryOperator<Instant> clock) {
    return new MailFlow(
        state, evidence, halt.map(h -> new Halt(clock.apply(h.since()), h.afterUpdate())));
  }

  /** The state. */
  public enum State implements HasWord {
    /** Messages leave, or have waited for no longer than is usual. */
    FLOWING,
    /** There is nothing to do. */
    IDLE,
    /** SMTP runs, but nothing leaves, or it does not answer clients. */
    STALLED,
    /** SMTPSVC is down, for less than the host's limit. */
    INTERRUPTED,
    /** SMTPSVC has been down for longer than the host's limit. */
    HALTED,
    /** There is no evidence, or no mail is expected. */
    UNKNOWN;

    /** Whether mail that should pass does not. */
    public boolean isStanding() {
      return this == STALLED || this == INTERRUPTED || this == HALTED;
    }
  }

  /**
   * A halt of the mail flow.
   *
   * @param since the begin of SMTPSVC's outage, or when it was first seen down
   * @param afterUpdate whether the outage belongs to an update
   */
  public record Halt(Instant since, boolean afterUpdate) {}
}
