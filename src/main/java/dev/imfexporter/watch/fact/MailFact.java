package dev.imfexporter.watch.fact;

import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What SMTPSVC passed, and its virtual servers, so that both are judged across restarts. */
public sealed interface MailFact extends Fact {

  /**
   * The mail of some minutes.
   *
   * @param queued messages in all queues at {@code until}
   * @param pending at {@code until}; empty when a message passed after the last one that came in
   * @param usual at {@code until}
   * @param failing at {@code until}; empty while mail does not fail, or its begin is not known
   */
  record MailCounted(
      Instant from,
      Instant until,
      MailCounts counts,
      long queued,
      Optional<Pending> pending,
      Usual usual,
      Optional<Failing> failing)
      implements MailFact {}

  /**
   * The virtual servers, whenever they change.
   *
   * @param names of those that the counters list
   * @param gone those that a start of SMTPSVC did not bring back, the newest first
   */
  record VirtualServersListed(Instant at, List<String> names, List<GoneVirtualServer> gone)
      implements MailFact {
    public VirtualServersListed {
      names = List.copyOf(names);
      gone = List.copyOf(gone);
    }
  }

  /**
   * How much usually passes.
   *
   * @param hourly messages, on average over {@code over}
   * @param over at most a week; older hours weigh less and less
   */
  record Usual(double hourly, Duration over) {
    private static final Duration MOST = Duration.ofDays(7);
    private static final double SECONDS_PER_HOUR = Duration.ofHours(1).toSeconds();
    public static final Usual NONE = new Usual(0, Duration.ZERO);

    /** With some more time in which so many passed. */
    public Usual with(long passed, Duration time) {
      Duration longer = over.plus(time);
      Duration limited = longer.compareTo(MOST) < 0 ? longer : MOST;
      if (time.isZero()) {
        return this;
      }
      double share = Math.min(1, (double) time.toMillis() / limited.toMillis());
      double now = passed * SECONDS_PER_HOUR * 1e3 / time.toMillis();
      return new Usual(hourly + share * (now - hourly), limited);
    }
  }

  /** How mail fails, and when that began. */
  record Failing(MailFlow.State state, Instant since) {}

  /**
   * Messages that came in since a message last passed.
   *
   * @param since when the first of them came in
   * @param messages how many came in, without those that bounced
   * @param queuedBefore messages in all queues before the first came in
   */
  record Pending(Instant since, long messages, long queuedBefore) {}
}
