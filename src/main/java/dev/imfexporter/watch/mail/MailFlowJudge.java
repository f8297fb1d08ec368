package dev.imfexporter.watch.mail;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges from what was collected in the last hour whether mail passes the host. Not thread-safe.
 * The first of these that applies holds:
 *
 * <ol>
 *   <li>The services could not be read, or SMTPSVC is not installed and did not run before:
 *       unknown.
 *   <li>SMTPSVC is down, was left down by an update, or was removed after it ran: interrupted, and
 *       halted after the host's limit.
 *   <li>SMTPSVC is paused: stalled, because it accepts no new connections.
 *   <li>SMTPSVC is disabled or resting: unknown, because no mail is expected.
 *   <li>Two banners in a row failed since SMTPSVC runs: stalled, even if messages leave, because no
 *       client can submit any.
 *   <li>For five minutes no message left, and messages waited or those for another try or in the
 *       queue folder became more and more: stalled. What waits for a dead destination and does not
 *       grow is no standstill.
 *   <li>At least half as many messages bounced as came in: bouncing. That is so of the last hour,
 *       with at least three that bounced, and still of the mail after the newest quarter of an hour
 *       in which at most a tenth bounced; or of the last quarter of an hour, with at least ten, in
 *       three of its parts of five minutes ({@link RecentMail}).
 *   <li>At least three messages came in, and for the limit {@code stuck_after} none has passed and
 *       they are in the queues; or, for that time, at most a tenth of at least 30 that came in
 *       within an hour passed and at least half are in the queues: stuck. Messages for one dead
 *       destination are no standstill while others pass.
 *   <li>Messages left within five minutes, that is, were sent, delivered or dropped to a directory:
 *       flowing.
 *   <li>Messages wait for less than five minutes: flowing, but unknown when SMTPSVC has just come
 *       to run and more wait than before.
 *   <li>The banner is watched and did not answer yet, or failed once: unknown. Without counters,
 *       what they showed within the hour holds, and mail is unknown for the first minute, in which
 *       they may still come.
 *   <li>Messages wait for another try: retrying.
 *   <li>Nothing to do: idle.
 * </ol>
 */
public final class MailFlowJudge {
  /** When the counters cannot be read, older ones are used for this time. */
  private static final Duration OUT_OF_DATE = Duration.ofMinutes(1);

  /** Fewer pending messages are no pattern. */
  private static final int FEW = 3;

  private final MailWindow window = new MailWindow();
  private final Retries retries = new Retries();
  private final ClientAnswers clientAnswers = new ClientAnswers();
  private final FewPass fewPass = new FewPass();
  private final Duration stuckAfter;
  private @Nullable Moment running;

  /** From when on counters are awaited, since a start of the exporter or a time without any. */
  private @Nullable Moment awaited;

  private @Nullable Moment notRunning;
  private long waitedBefore;

  /**
   * @param stuckAfter for how long messages come in and none, or few, pass until mail is stuck
   */
  MailFlowJudge(Duration stuckAfter) {
    this.stuckAfter = stuckAfter;
  }

  /**
   * What was read.
   *
   * @param balance of the last hour
   * @param now on the axis of the balance
   * @param reading empty when the counters could not be read
   * @param bannerWatched false when it is configured to be off
   * @param banner the newest; empty before the first
   * @param folders empty when they could not be read
   */
  public record Input(
      SmtpService service,
      Optional<MailReading> reading,
      boolean bannerWatched,
      Optional<DatedBanner> banner,
      Optional<MailFolders> folders,
      MailBalance.View balance,
      Instant now) {}

  /** A banner, and when the attempt began: one from before a start of SMTPSVC is no evidence. */
  record DatedBanner(Banner banner, Moment asked) {}

  /** Adds the readings to the window, and judges. */
  public MailFlow judge(Moment now, Input input) {
    MailBalance.View balance = input.balance();
    return flow(now, input)
        .counting(
            balance.recent().hour(),
            balance.recent().quarter(),
            balance.usual(),
            balance.pendingFor(stuckAfter, input.now()));
  }

  private MailFlow flow(Moment now, Input input) {
    switch (input.service().standing()) {
      case UNKNOWN -> {
        return flow(State.UNKNOWN, "The services could not be read.");
      }
      case DOWN, LEFT_DOWN_BY_UPDATE, RESTING, DISABLED, PAUSED, REMOVED, MISSING -> {
        return notRunning(now, input);
      }
      case RUNNING -> {}
    }
    // Also while another verdict applies, so that the limit is measured from when it began.
    fewPass.judged(input.balance(), input.now());
    if (running == null) {
      running = now;
      awaited = notRunning == null ? now : null;
    }
    if (input.reading().isPresent()) {
      window.add(MailSample.of(now, input.reading().get(), input.folders()));
      retries.read(input.reading().get().retrying(), input.now());
    } else if (!window.isEmpty() && now.since(window.last().at()).compareTo(OUT_OF_DATE) > 0) {
      window.clear();
      awaited = now;
    }
    input.banner().ifPresent(clientAnswers::add);
    return window.isEmpty() ? byBanner(now, input) : byCounters(now, input);
  }

  private MailFlow notRunning(Moment now, Input input) {
    if (!window.isEmpty()) {
      waitedBefore = window.last().waiting();
    }
    window.clear();
    running = null;
    notRunning = now;
    clientAnswers.forget(now);
    fewPass.forget();
    String is =
        "SMTPSVC is " + input.service().state().map(ServiceState::word).orElse("not installed");
    return switch (input.service().standing()) {
      case DOWN -> down(input, is + ", though it should run.");
      case LEFT_DOWN_BY_UPDATE -> down(input, is + ": an update set it to disabled or manual.");
      case REMOVED -> down(input, "SMTPSVC ran and is not installed any more.");
      case PAUSED ->
          flow(State.STALLED, is + ": it keeps its connections and accepts no new ones.");
      case DISABLED -> flow(State.UNKNOWN, is + " and disabled, so no mail is expected here.");
      case RESTING -> flow(State.UNKNOWN, is + ", and it is not expected to run here.");
      case MISSING, RUNNING, UNKNOWN -> flow(State.UNKNOWN, is + ".");
    };
  }

  private static MailFlow down(Input input, String why) {
    List<String> evidence = new ArrayList<>(List.of(why));
    MailSample.files(input.folders())
        .ifPresent(files -> evidence.add("Messages in the queue folder: " + files + "."));
    return new MailFlow(input.service().halted() ? State.HALTED : State.INTERRUPTED, evidence);
  }

  /** What the counters showed within the hour holds, until they are read again. */
  private MailFlow byBanner(Moment now, Input input) {
    String blind = "Whether messages leave is not known without the counters of SMTP.";
    if (clientAnswers.fail()) {
      return flow(State.STALLED, answers(input), blind);
    }
    if (input.balance().recent().bounces()) {
      return flow(State.BOUNCING, answers(input), blind, words(input));
    }
    if (isStuck(input)) {
      return flow(State.STUCK, answers(input), blind, words(input));
    }
    boolean soon = awaited != null && now.since(awaited).compareTo(OUT_OF_DATE) < 0;
    return flow(
        clientAnswers.succeed() && !soon ? State.ANSWERING : State.UNKNOWN, answers(input), blind);
  }

  private String answers(Input input) {
    return clientAnswers.words(input.bannerWatched());
  }

  private MailFlow byCounters(Moment now, Input input) {
    List<String> evidence = new ArrayList<>(List.of(window.words(), answers(input), words(input)));
    retries.words(input.now()).ifPresent(evidence::add);
    return new MailFlow(counted(now, input), evidence);
  }

  private static String words(Input input) {
    MailCounts hour = input.balance().recent().hour();
    MailCounts quarter = input.balance().recent().quarter();
    String pending =
        input
            .balance()
            .pendingSince()
            .filter(since -> input.balance().pending() > 0)
            .map(
                since ->
                    " None has passed for %s; %d that came in since then wait."
                        .formatted(
                            TimeWords.duration(Duration.between(since, input.now())),
                            input.balance().pending()))
            .orElse("");
    String apart =
        hour.passed() + hour.bounced() > hour.received()
            ? " Each is counted when it happens: what passed or bounced may have come in earlier,"
                + " and a message to several recipients may do both."
            : "";
    String newest =
        hour.bounced() > 0
            ? " In the last 15 min %d came in, %d passed, %d bounced."
                .formatted(quarter.received(), quarter.passed(), quarter.bounced())
            : "";
    return "Within an hour, or since it is watched, %d messages came in, %d passed, %d bounced.%s%s%s"
        .formatted(hour.received(), hour.passed(), hour.bounced(), newest, apart, pending);
  }

  private State counted(Moment now, Input input) {
    if (clientAnswers.fail()) {
      return State.STALLED;
    }
    boolean left = window.left() > 0;
    if (!left && window.whole() && (window.alwaysWaiting() > 0 || grows())) {
      return State.STALLED;
    }
    if (input.balance().recent().bounces()) {
      return State.BOUNCING;
    }
    if (isStuck(input)) {
      return State.STUCK;
    }
    if (left) {
      return State.FLOWING;
    }
    long waiting = window.last().waiting();
    if (waiting > 0) {
      return justBegan(now) && waiting > waitedBefore ? State.UNKNOWN : State.FLOWING;
    }
    State quiet = retries.isWaiting() ? State.RETRYING : State.IDLE;
    return clientAnswers.succeed() || !input.bannerWatched() ? quiet : State.UNKNOWN;
  }

  private boolean isStuck(Input input) {
    return input.balance().pendingFor(stuckAfter, input.now()) >= FEW
        || fewPass.lasts(stuckAfter, input.now());
  }

  private boolean grows() {
    return window.keepsGrowing(MailSample::retrying)
        || window.keepsGrowing(sample -> sample.files().orElse(0L));
  }

  private boolean justBegan(Moment now) {
    Moment begin = running;
    return begin == null || now.since(begin).compareTo(MailWindow.LENGTH) < 0;
  }

  private static MailFlow flow(State state, String... evidence) {
    return new MailFlow(state, List.of(evidence));
  }
}
