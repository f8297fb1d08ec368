package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.MailFact.MailCounted;
import dev.imfexporter.watch.mail.MailFlowJudge.DatedBanner;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes what was collected about mail to the judge, when there is something new to judge. */
public final class MailFlowTracker {
  /** Older readings are no evidence of the present. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Without new readings, the flow is judged again at this interval, because time passes. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private final MailFlowJudge judge;
  private final MailCounters counters = new MailCounters();
  private final MailBalance balance = new MailBalance();
  private final MailPast past = new MailPast();
  private final List<MailCounted> facts = new ArrayList<>();
  private final boolean bannerWatched;
  private @Nullable Dated<MailReading> reading;
  private @Nullable Dated<MailFolders> folders;
  private @Nullable DatedBanner banner;
  private @Nullable Moment judged;
  private @Nullable SmtpService lastService;
  private boolean changed = true;
  private MailFlow newest = new MailFlow(MailFlow.State.UNKNOWN, List.of("Nothing was read yet."));

  private record Dated<T>(T value, Moment at) {}

  public MailFlowTracker(boolean bannerWatched, Duration stuckAfter) {
    this.bannerWatched = bannerWatched;
    judge = new MailFlowJudge(stuckAfter);
  }

  public void replay(MailCounted fact) {
    balance.replay(fact);
    past.replay(fact.failing(), fact.until());
  }

  /** Facts that replay to the same counts. */
  public List<MailCounted> summary() {
    return balance.summary();
  }

  /** The facts since the last call. */
  public List<MailCounted> takeFacts() {
    List<MailCounted> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /**
   * Takes a reading of the counters into account, unless it is bad.
   *
   * @param axisTime the same moment on the axis of all state
   * @param started when SMTPSVC was last started, on the axis; empty when that is not known
   */
  public void smtp(Smtp read, Moment at, Instant axisTime, Optional<Instant> started) {
    counters
        .read(read, axisTime, started)
        .ifPresent(
            right -> {
              balance.counted(right).ifPresent(facts::add);
              past.queued(right.waiting() + right.retrying(), axisTime);
              reading = new Dated<>(right, at);
              changed = true;
            });
  }

  public void folders(MailFolders read, Moment at) {
    folders = new Dated<>(read, at);
    changed = true;
  }

  public void banner(Banner read, Moment asked) {
    banner = new DatedBanner(read, asked);
    changed = true;
  }

  /** The newest judgement; its halt is filled in by the caller. */
  public MailFlow newest() {
    return newest;
  }

  /** How mail flowed since the exporter started, or since it began to fail as it still does. */
  public MailHistory past() {
    return past.view();
  }

  /**
   * Judges, if the service, a reading or enough time has changed since the last judgement.
   *
   * @param axisTime the same moment on the axis of all state
   */
  public MailFlow judge(Moment now, Instant axisTime, SmtpService service) {
    Moment last = judged;
    boolean due = last == null || now.since(last).compareTo(AGAIN) >= 0;
    if (changed || due || !service.equals(lastService)) {
      changed = false;
      judged = now;
      lastService = service;
      newest =
          judge.judge(
              now,
              new MailFlowJudge.Input(
                  service,
                  fresh(reading, now),
                  bannerWatched,
                  Optional.ofNullable(banner),
                  fresh(folders, now),
                  balance.view(axisTime),
                  axisTime));
      past.judged(newest.state(), axisTime);
      balance.failing(past.failing());
    }
    return newest;
  }

  private static <T> Optional<T> fresh(@Nullable Dated<T> read, Moment now) {
    return Optional.ofNullable(read)
        .filter(dated -> now.since(dated.at()).compareTo(FRESH) <= 0)
        .map(Dated::value);
  }
}
