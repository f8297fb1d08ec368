package dev.imfexporter.life;

import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.life.MailPhase.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Mail on a pure relay: it sends, and delivers nothing. */
final class Mail {
  private static final List<Kind> EVERY_DAY =
      List.of(Kind.BUSY, Kind.QUIET, Kind.BUSY, Kind.DEAD_DESTINATION, Kind.QUIET);
  private static final Duration BACKLOG = Duration.ofMinutes(45);

  /** Messages that wait for the dead destination in vain, per hour. */
  private static final int DEAD_PER_HOUR = 40;

  private final List<MailPhase> phases = new ArrayList<>();

  Mail(Instant begin, Instant end, Dice dice) {
    Instant t = begin;
    for (int i = 0; i < LifePlan.SLOTS; i++) {
      Instant slot = LifePlan.slot(begin, i);
      Instant backlog = slot.plus(LifePlan.CALM);
      Kind kind =
          switch (i % 12) {
            case 8 -> Kind.STALLED;
            case 2 -> Kind.MUTE;
            default -> Kind.BUSY;
          };
      if (kind != Kind.BUSY) {
        t = fill(t, backlog, dice);
        phases.add(new MailPhase(t, backlog.plus(BACKLOG), kind));
        t = backlog.plus(BACKLOG);
      }
    }
    fill(t, end, dice);
  }

  List<MailPhase> phases() {
    return List.copyOf(phases);
  }

  MailPhase phase(Instant t) {
    for (int i = phases.size() - 1; i > 0; i--) {
      if (!phases.get(i).from().isAfter(t)) {
        return phases.get(i);
      }
    }
    return phases.get(0);
  }

  /**
   * The counters.
   *
   * @param running since when SMTPSVC has been RUNNING
   */
  Smtp counters(Instant running, Instant t) {
    long received = 0;
    long sent = 0;
    for (MailPhase phase : phases) {
      long messages = messages(phase, running, t);
      received += messages;
      // What a stall kept leaves at once when it ends.
      sent += phase.kind().leaves() || !phase.until().isAfter(t) ? messages : 0;
    }
    MailPhase now = phase(t);
    long queue = received - sent;
    long retry =
        now.kind() == Kind.DEAD_DESTINATION
            ? Duration.between(now.from(), t).toSeconds() * DEAD_PER_HOUR / 3600
            : 0;
    return new Smtp(
        List.of(
            new Smtp.VirtualServer(
                "SMTP 1",
                Map.of(
                    SmtpCounter.MESSAGES_RECEIVED_TOTAL, received,
                    SmtpCounter.MESSAGES_SENT_TOTAL, sent,
                    SmtpCounter.MESSAGES_DELIVERED_TOTAL, 0L,
                    SmtpCounter.DIRECTORY_DROPS_TOTAL, 0L,
                    SmtpCounter.LOCAL_QUEUE_LENGTH, 0L,
                    SmtpCounter.LOCAL_RETRY_QUEUE_LENGTH, 0L,
                    SmtpCounter.REMOTE_QUEUE_LENGTH, queue,
                    SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, retry,
                    SmtpCounter.CATEGORIZER_QUEUE_LENGTH, 0L))));
  }

  private Instant fill(Instant from, Instant until, Dice dice) {
    Instant t = from;
    while (t.isBefore(until)) {
      Instant next = t.plus(dice.seconds(7_200, 20_000));
      next = next.isBefore(until) ? next : until;
      phases.add(new MailPhase(t, next, dice.of(EVERY_DAY)));
      t = next;
    }
    return until;
  }

  private static long messages(MailPhase phase, Instant running, Instant t) {
    Instant from = running.isAfter(phase.from()) ? running : phase.from();
    Instant until = t.isBefore(phase.until()) ? t : phase.until();
    int each = phase.kind().secondsPerMessage();
    return each == 0 || !from.isBefore(until)
        ? 0
        : Duration.between(from, until).toSeconds() / each;
  }
}
