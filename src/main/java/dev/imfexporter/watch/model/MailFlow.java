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
 * @param lastHour what came in, passed and bounced
 * @param usual messages that pass in an hour, on average over a week
 * @param pending messages that came in since one last passed, and are still in the queues, once
 *     none has passed for the host's limit; 0 before
 */
public record MailFlow(
    State state,
    List<String> evidence,
    Optional<Halt> halt,
    MailCounts lastHour,
    double usual,
    long pending) {
  public MailFlow {
    evidence = List.copyOf(evidence);
  }

  public MailFlow(State state, List<String> evidence) {
    this(state, evidence, Optional.empty(), MailCounts.NONE, 0, 0);
  }

  public MailFlow counting(MailCounts hour, double usually, long waiting) {
    return new MailFlow(state, evidence, halt, hour, usually, waiting);
  }

  public MailFlow halted(Optional<Halt> since) {
    return new MailFlow(state, evidence, since, lastHour, usual, pending);
  }

  /** The same flow with its times converted. */
  public MailFlow on(UnaryOperator<Instant> clock) {
    return halted(halt.map(h -> new Halt(clock.apply(h.since()), h.afterUpdate())));
  }

  /** The state. */
  public enum State implements HasWord {
    /** Messages leave, or have waited for no longer than is usual. */
    FLOWING,
    /** There is nothing to do. */
    IDLE,
    /** Of the messages that came in within the last hour, at least half bounced. */
    BOUNCING,
    /** For longer than the host's limit, messages came in and none, or few, passed. */
    STUCK,
    /** SMTP runs, but nothing leaves, or it does not answer clients. */
    STALLED,
    /** SMTPSVC is down, for less than the host's limit. */
    INTERRUPTED,
    /** SMTPSVC has been down for longer than the host's limit. */
    HALTED,
    /** There is no evidence, or no mail is expected. */
    UNKNOWN;

    /** Whether mail that comes in does not reach its recipients. */
    public boolean isFailing() {
      return isStanding() || this == STUCK || this == BOUNCING;
    }

    /** Whether SMTP is down, or neither takes nor passes messages. */
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
