package dev.imfexporter.watch.model;

import dev.imfexporter.text.HasMeaning;
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
 * @param lastQuarterHour the same of the last 15 minutes
 * @param usual messages that pass in an hour, on average over a week; 0 before a day was watched
 * @param pending messages that came in since one last passed, and are still in the queues, once
 *     none has passed for the host's limit; 0 before
 */
public record MailFlow(
    State state,
    List<String> evidence,
    Optional<Halt> halt,
    MailCounts lastHour,
    MailCounts lastQuarterHour,
    double usual,
    long pending) {
  public MailFlow {
    evidence = List.copyOf(evidence);
  }

  public MailFlow(State state, List<String> evidence) {
    this(state, evidence, Optional.empty(), MailCounts.NONE, MailCounts.NONE, 0, 0);
  }

  public MailFlow counting(MailCounts hour, MailCounts quarter, double usually, long waiting) {
    return new MailFlow(state, evidence, halt, hour, quarter, usually, waiting);
  }

  public MailFlow halted(Optional<Halt> since) {
    return new MailFlow(state, evidence, since, lastHour, lastQuarterHour, usual, pending);
  }

  /**
   * Whether nearly all mail fails, by the limits with which ImfMailBouncing and ImfMailStuck ship;
   * with less, it is ImfSomeMailBouncing or ImfSomeMailStuck.
   */
  public boolean failsNearlyAll() {
    return nearlyAllBounces() || (state == State.STUCK && pending >= 10);
  }

  /** Whether mail bounces, fewer than three messages or at most a tenth pass, and it pages. */
  public boolean nearlyAllBounces() {
    return state == State.BOUNCING && (ofTheHour() || ofTheQuarter());
  }

  /** A tenth of an hour in which nothing bounces any more is over. */
  private boolean ofTheHour() {
    return isUsual(lastHour, 1)
        && (lastHour.passed() < 3 || (isTenth(lastHour) && lastQuarterHour.bounced() > 0));
  }

  private boolean ofTheQuarter() {
    return isUsual(lastQuarterHour, 4) && isTenth(lastQuarterHour);
  }

  /**
   * Whether enough messages came in, and not so many that they are a spam wave. Where it is not
   * known what is usual, they are none.
   *
   * @param perHour how many of its times are an hour
   */
  private boolean isUsual(MailCounts counts, int perHour) {
    return counts.received() >= 10 && (usual == 0 || perHour * counts.received() <= 10 * usual);
  }

  /** Whether at most a tenth passed. */
  private static boolean isTenth(MailCounts counts) {
    return 10 * counts.passed() <= counts.received();
  }

  /** The same flow with its times converted. */
  public MailFlow on(UnaryOperator<Instant> clock) {
    return halted(halt.map(h -> new Halt(clock.apply(h.since()), h.afterUpdate())));
  }

  /** The state. */
  public enum State implements HasMeaning {
    FLOWING("Messages left in the last five minutes, or wait for less than that."),
    IDLE("There is nothing to do."),
    ANSWERING(
        "SMTP answers clients, and its counters are not read, so that whether messages leave is not"
            + " known."),
    RETRYING(
        "No message left in the last five minutes, and messages wait for another try, but mail is"
            + " not stuck."),
    BOUNCING(
        "At least half as many messages bounced as came in: in the last hour, at least three, unless"
            + " mail has passed again for a quarter of an hour since; or in the last quarter of an"
            + " hour, at least ten, over more than five minutes."),
    STUCK(
        "At least three messages came in and are in the queues, and none has passed for stuck_after;"
            + " or, for that time, at most a tenth of at least 30 messages of an hour passed and at"
            + " least half are in the queues."),
    STALLED(
        "SMTPSVC runs, but in five minutes no message left while messages waited or became more, or"
            + " its banner failed twice in a row; or it is paused."),
    INTERRUPTED("SMTPSVC is down, for less than the limit of a halt."),
    HALTED("SMTPSVC has been down for longer than the limit of a halt."),
    UNKNOWN("There is no evidence, or no mail is expected.");

    private final String meaning;

    State(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }

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
