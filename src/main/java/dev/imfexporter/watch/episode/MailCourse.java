package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The course of the mail flow since the host became readable.
 *
 * @param state at the newest poll
 * @param since the first poll from which on mail has flowed, stood still, or been unknown; null
 *     before the first poll
 * @param flowed the newest poll at which mail flowed, had nothing to do, or waited for another try;
 *     null for none
 * @param standstill the newest one; null for none
 */
record MailCourse(
    State state,
    @Nullable Instant since,
    @Nullable Instant flowed,
    @Nullable Standstill standstill) {
  static final MailCourse NONE = new MailCourse(State.UNKNOWN, null, null, null);

  /**
   * A time in which mail stood still at each poll, or its state was unknown.
   *
   * @param until the last poll at which it stood still
   * @param flowedBefore the newest poll before at which mail flowed; null for none
   */
  record Standstill(Instant from, Instant until, @Nullable Instant flowedBefore) {}

  MailCourse next(Instant now, State to) {
    Instant begin = since == null || !isSameKind(to) ? now : since;
    if (flows(to)) {
      return new MailCourse(to, begin, now, standstill);
    }
    return new MailCourse(to, begin, flowed, to.isStanding() ? standing(now) : standstill);
  }

  private Standstill standing(Instant now) {
    Standstill last = standstill;
    boolean goesOn = last != null && (flowed == null || flowed.isBefore(last.from()));
    return new Standstill(last != null && goesOn ? last.from() : now, now, flowed);
  }

  private boolean isSameKind(State other) {
    return flows(state) == flows(other) && state.isStanding() == other.isStanding();
  }

  boolean isFlowing() {
    return flows(state);
  }

  private static boolean flows(State state) {
    return switch (state) {
      case FLOWING, IDLE, ANSWERING, RETRYING -> true;
      case BOUNCING, STUCK, STALLED, INTERRUPTED, HALTED, UNKNOWN -> false;
    };
  }
}
