package dev.imfexporter.watch.mail;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.fact.MailFact.MailCounted;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A relay whose counters a test moves, and the tracker that judges it at each interval. */
final class MailRelay {
  static final Duration STUCK_AFTER = Duration.ofMinutes(45);
  private static final long WRAP = 1L << 32;

  private final TestTime time = new TestTime();
  private final Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
  private final List<MailCounted> facts = new ArrayList<>();
  private MailFlowTracker tracker = new MailFlowTracker(true, STUCK_AFTER);
  private MailFlow flow = tracker.newest();
  private boolean runs = true;
  private boolean clientsFail;
  private Instant began = time.now().wall();
  private Optional<Instant> started = Optional.empty();

  private final Duration interval;

  MailRelay() {
    this(Duration.ofSeconds(15));
  }

  /**
   * @param interval between two looks
   */
  MailRelay(Duration interval) {
    this.interval = interval;
    look();
  }

  /** Between two readings. */
  Duration interval() {
    return interval;
  }

  MailFlow flow() {
    return flow;
  }

  /** When the present state began; empty when that is not known. */
  Optional<Instant> since() {
    return tracker.past().since();
  }

  MailFlow.State state() {
    return flow.state();
  }

  /** Messages that come in and leave within a look. */
  void passes(long messages) {
    add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, messages);
    add(SmtpCounter.MESSAGES_SENT_TOTAL, messages);
  }

  /** Messages that come in and wait for another try. */
  void isRefusedForNow(long messages) {
    add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, messages);
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, messages);
  }

  /** Messages that waited, and leave. */
  void isAccepted(long messages) {
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, -messages);
    add(SmtpCounter.MESSAGES_SENT_TOTAL, messages);
  }

  /** Messages that waited, and are given up: the report reaches the sender. */
  void expires(long messages) {
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, -messages);
    add(SmtpCounter.NDRS_GENERATED, messages);
    add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, messages);
  }

  /** Messages that come in and bounce at once; the reports leave. */
  void bounces(long messages) {
    add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, messages);
    add(SmtpCounter.NDRS_GENERATED, messages);
    add(SmtpCounter.MESSAGES_SENT_TOTAL, messages);
  }

  /** Messages that come in and bounce; the reports go to a forged sender and end in Badmail. */
  void bouncesToForgedSenders(long messages) {
    add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, messages);
    add(SmtpCounter.NDRS_GENERATED, messages);
    add(SmtpCounter.BADMAILED_MESSAGES_NDR_OF_DSN, messages);
  }

  /** Whether SMTP refuses its clients from now on, while its counters can be read. */
  void clientsFail(boolean fail) {
    clientsFail = fail;
  }

  /** The host cannot be read for that time. */
  void isUnread(Duration duration) {
    time.advance(duration);
  }

  void add(SmtpCounter counter, long more) {
    counters.merge(counter, more, (a, b) -> Math.floorMod(a + b, WRAP));
  }

  /** The service restarts: its totals begin anew, its queues are read from the disk. */
  void restarts() {
    runs = false;
    after(Duration.ofSeconds(30));
    counters.keySet().removeIf(counter -> counter.quantity().kind() == SmtpCounter.Kind.TOTAL);
    runs = true;
    began = time.now().wall();
    reportsTheRestart();
    look();
  }

  /** As above, between two readings, and no source reports it. */
  void restartsUnseen() {
    counters.keySet().removeIf(counter -> counter.quantity().kind() == SmtpCounter.Kind.TOTAL);
    began = time.now().wall();
  }

  /** The event log reports the newest restart. */
  void reportsTheRestart() {
    started = Optional.of(began);
  }

  /** So many readings show zeros. */
  void showsZeros(int readings) {
    Map<SmtpCounter, Long> zeros = new EnumMap<>(SmtpCounter.class);
    counters.keySet().forEach(counter -> zeros.put(counter, 0L));
    for (int i = 0; i < readings; i++) {
      time.advance(interval);
      look(List.of(new VirtualServer("SMTP 1", zeros)));
    }
  }

  /** One reading has no virtual server. */
  void showsNoVirtualServer() {
    time.advance(interval);
    look(List.of());
  }

  /** The exporter ends and is started again at once, with what its journal holds. */
  void exporterRestarts() {
    exporterRestarts(facts);
  }

  /** As above, with a journal that was rewritten as its summary. */
  void exporterRestartsFromSummary() {
    exporterRestarts(List.copyOf(tracker.summary()));
  }

  private void exporterRestarts(List<MailCounted> journal) {
    tracker = new MailFlowTracker(true, STUCK_AFTER);
    journal.forEach(tracker::replay);
    looksAtTheBanner();
    look();
  }

  /** SMTP answers before the counters are read. */
  MailFlow looksAtTheBanner() {
    greets();
    return judge();
  }

  /** Looks at each interval until then. */
  MailFlow after(Duration duration) {
    for (long left = duration.toSeconds(); left > 0; left -= interval.toSeconds()) {
      time.advance(interval);
      look();
    }
    return flow;
  }

  private void look() {
    look(List.of(new VirtualServer("SMTP 1", counters)));
  }

  private void look(List<VirtualServer> servers) {
    if (runs) {
      tracker.smtp(new Smtp(servers), time.now(), time.now().wall(), started);
      greets();
    }
    judge();
    facts.addAll(tracker.takeFacts());
  }

  private void greets() {
    Optional<String> failure = clientsFail ? Optional.of("connection refused") : Optional.empty();
    tracker.banner(new Banner(Map.of(), failure), time.now());
  }

  private MailFlow judge() {
    Standing standing = runs ? Standing.RUNNING : Standing.DOWN;
    flow =
        tracker.judge(
            time.now(), time.now().wall(), new SmtpService(standing, Optional.empty(), false));
    return flow;
  }

  List<MailCounted> facts() {
    return facts;
  }
}
