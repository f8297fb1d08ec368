package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.mail.MailFlowJudge.DatedBanner;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailFlowJudgeTest {
  private final TestTime time = new TestTime();
  private final MailFlowJudge judge = new MailFlowJudge(Duration.ofMinutes(45));
  private final Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);

  private final MailCounters mailCounters = new MailCounters();
  private Optional<MailReading> newest = Optional.empty();
  private Optional<Instant> started = Optional.empty();

  private boolean readable = true;
  private Optional<ServiceState> state = Optional.of(ServiceState.RUNNING);
  private boolean disabled;
  private boolean wanted = true;
  private boolean halted = true;
  private boolean counted = true;
  private boolean bannerWatched = true;
  private Optional<String> bannerFailure = Optional.empty();
  private Optional<Long> files = Optional.empty();

  @Test
  void pureRelay() {
    look();
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);

    MailFlow flow = after(60);
    assertThat(flow.state()).isEqualTo(State.FLOWING);
    assertThat(flow.evidence().get(0))
        .startsWith("3 messages left the queues in the last 60 s; 0 wait");
  }

  @Test
  void messagesThatAreDroppedToADirectoryLeave() {
    look();
    add(SmtpCounter.DIRECTORY_DROPS_TOTAL, 1);

    assertThat(after(60).state()).isEqualTo(State.FLOWING);
  }

  @Test
  void quietRelay() {
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 1000);

    assertThat(look().state()).isEqualTo(State.IDLE);
    assertThat(pass(7200).state()).isEqualTo(State.IDLE);
  }

  @Test
  void quietRelayWhoseBannerIsNotWatched() {
    bannerWatched = false;

    assertThat(look().state()).isEqualTo(State.IDLE);
    assertThat(pass(7200).state()).isEqualTo(State.IDLE);
  }

  @Test
  void messagesThatLeftLongerAgoDoNotCount() {
    look();
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);
    assertThat(pass(290).state()).isEqualTo(State.FLOWING);

    assertThat(pass(60).state()).isEqualTo(State.IDLE);
  }

  @Test
  void deadRemoteDestinationWhileOtherMailFlows() {
    counters.put(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 40L);
    look();
    for (int i = 0; i < 30; i++) {
      add(SmtpCounter.MESSAGES_SENT_TOTAL, 1);
      add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 1);
      assertThat(after(60).state()).isEqualTo(State.FLOWING);
    }
  }

  @Test
  void deadRemoteDestinationWhileNothingElseComes() {
    counters.put(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 40L);
    assertThat(pass(3600).state()).isEqualTo(State.RETRYING);
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 1);
    for (int i = 0; i < 20; i++) {
      MailFlow flow = after(30);
      assertThat(flow.state()).isEqualTo(State.RETRYING);
      assertThat(flow.evidence().get(0)).contains("41 more for another try");
    }
  }

  /** Nothing to do is another thing. */
  @Test
  void messagesThatWaitForAnotherTryAreToldWithTheirTime() {
    pass(600);
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 2);
    pass(600);

    MailFlow flow = look();
    assertThat(flow.state()).isEqualTo(State.RETRYING);
    assertThat(flow.evidence())
        .contains("2 wait for another try; those queues were last empty 10 min ago.");
    bannerFailure = Optional.of("connection refused");
    assertThat(after(10).state()).isEqualTo(State.UNKNOWN);
    bannerFailure = Optional.empty();
    counters.put(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 0L);
    assertThat(after(10).state()).isEqualTo(State.IDLE);
    assertThat(look().evidence()).noneMatch(text -> text.contains("wait for another try;"));
  }

  @Test
  void queuesForAnotherTryThatWereNeverSeenEmpty() {
    add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 2);
    look();
    assertThat(pass(120).evidence())
        .contains(
            "2 wait for another try; those queues were not empty in any reading of the last 2 min.");
    time.advance(Duration.ofHours(8));
    assertThat(look().evidence())
        .contains("2 wait for another try; those queues were not empty in any reading so far.");
  }

  @Test
  void everyDestinationIsDeadAndMailKeepsComing() {
    look();
    MailFlow flow = look();
    for (int i = 0; i < 12; i++) {
      add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 2);
      flow = after(30);
    }

    assertThat(flow.state()).isEqualTo(State.STALLED);
  }

  @Test
  void countersThatResetWithTheService() {
    add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 5000);
    look();
    counters.put(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 2L);
    started = Optional.of(time.now().wall().plusSeconds(5));

    MailFlow flow = after(10);
    assertThat(flow.state()).isEqualTo(State.FLOWING);
    assertThat(flow.evidence().get(0)).startsWith("2 messages left");
  }

  @Test
  void countersThatResetToNothingAreNoMessages() {
    add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 5000);
    look();
    counters.put(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 0L);
    started = Optional.of(time.now().wall().plusSeconds(5));

    assertThat(after(10).state()).isEqualTo(State.IDLE);
  }

  /** Two programs that scrape, a page that is looked at: each second has its judgements. */
  @ParameterizedTest
  @ValueSource(ints = {100, 500, 1000, 15_000})
  void standstillIsSeenHoweverOftenMailIsJudged(int millis) {
    counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, 7L);
    for (int i = 0; i <= 310_000 / millis; i++) {
      look();
      time.advance(Duration.ofMillis(millis));
    }

    assertThat(look().state()).isEqualTo(State.STALLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 500, 1000, 15_000})
  void queueThatWasEmptyForAMomentIsNoStandstill(int millis) {
    counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, 7L);
    for (int i = 0; i <= 310_000 / millis; i++) {
      counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, i == 155_000 / millis ? 0L : 7L);
      look();
      time.advance(Duration.ofMillis(millis));
    }

    assertThat(look().state()).isNotEqualTo(State.STALLED);
  }

  @Test
  void backlogThatDrains() {
    counters.put(SmtpCounter.LOCAL_QUEUE_LENGTH, 500L);
    assertThat(look().state()).isEqualTo(State.UNKNOWN);
    for (int i = 0; i < 20; i++) {
      add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 20);
      add(SmtpCounter.LOCAL_QUEUE_LENGTH, -20);
      assertThat(after(30).state()).isEqualTo(State.FLOWING);
    }
  }

  @Test
  void queueThatGrowsAndNothingLeaves() {
    look();
    add(SmtpCounter.LOCAL_QUEUE_LENGTH, 1);
    assertThat(pass(290).state()).isNotEqualTo(State.STALLED);
    add(SmtpCounter.LOCAL_QUEUE_LENGTH, 9);
    MailFlow flow = pass(30);

    assertThat(flow.state()).isEqualTo(State.STALLED);
    assertThat(flow.evidence().get(0)).startsWith("0 messages left").contains("10 wait");
    assertThat(pass(3600).state()).isEqualTo(State.STALLED);
    add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 10);
    counters.put(SmtpCounter.LOCAL_QUEUE_LENGTH, 0L);
    assertThat(after(5).state()).isEqualTo(State.FLOWING);
  }

  @Test
  void messageThatHasJustComeToAQuietHost() {
    pass(600);
    add(SmtpCounter.REMOTE_QUEUE_LENGTH, 1);

    assertThat(after(5).state()).isEqualTo(State.FLOWING);
  }

  @Test
  void queueFolderThatGrowsThoughNoCounterSaysSo() {
    files = Optional.of(0L);
    look();
    MailFlow flow = look();
    for (int i = 0; i < 12; i++) {
      files = files.map(n -> n + 1);
      flow = after(30);
    }

    assertThat(flow.state()).isEqualTo(State.STALLED);
  }

  @Test
  void deadBannerWhileCountersRise() {
    look();
    bannerFailure = Optional.of("connection refused");
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);
    assertThat(after(60).state()).isEqualTo(State.FLOWING);
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);

    MailFlow flow = after(60);
    assertThat(flow.state()).isEqualTo(State.STALLED);
    assertThat(flow.evidence().get(1))
        .isEqualTo("SMTP did not answer clients 2 times in a row: connection refused");
    bannerFailure = Optional.empty();
    assertThat(after(60).state()).isEqualTo(State.FLOWING);
  }

  @Test
  void oneBannerThatIsToldAgainCountsOnce() {
    bannerFailure = Optional.of("connection refused");
    Optional<DatedBanner> once = greeting();
    for (int i = 0; i < 10; i++) {
      assertThat(judge.judge(time.now(), input(once)).state()).isEqualTo(State.UNKNOWN);
      time.advance(Duration.ofSeconds(5));
    }
  }

  @Test
  void firstMinutesAfterTheStartOfTheExporter() {
    assertThat(judge.judge(time.now(), input(Optional.empty())).state()).isEqualTo(State.UNKNOWN);
    counters.put(SmtpCounter.LOCAL_QUEUE_LENGTH, 7L);
    assertThat(after(5).state()).isEqualTo(State.UNKNOWN);
    add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 1);
    assertThat(after(5).state()).isEqualTo(State.FLOWING);
  }

  @Test
  void bannerFromBeforeTheStartOfTheServiceSaysNothing() {
    look();
    Optional<DatedBanner> before = greeting();
    state = Optional.of(ServiceState.STOPPED);
    after(5);
    state = Optional.of(ServiceState.RUNNING);
    time.advance(Duration.ofSeconds(5));

    assertThat(judge.judge(time.now(), input(before)).state()).isEqualTo(State.UNKNOWN);
    assertThat(look().state()).isEqualTo(State.IDLE);
  }

  @Test
  void queueThatIsNotLongerThanBeforeTheRestart() {
    counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, 7L);
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 1);
    look();
    state = Optional.of(ServiceState.STOPPED);
    after(5);
    state = Optional.of(ServiceState.RUNNING);
    counters.put(SmtpCounter.MESSAGES_SENT_TOTAL, 0L);
    assertThat(after(5).state()).isEqualTo(State.FLOWING);
    counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, 8L);
    assertThat(after(5).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void stoppedThoughItShouldRun() {
    state = Optional.of(ServiceState.STOPPED);
    files = Optional.of(17L);

    MailFlow flow = look();
    assertThat(flow.state()).isEqualTo(State.HALTED);
    assertThat(flow.evidence())
        .containsExactly(
            "SMTPSVC is stopped, though it should run.", "Messages in the queue folder: 17.");
  }

  @Test
  void startPending() {
    state = Optional.of(ServiceState.START_PENDING);

    assertThat(look().state()).isEqualTo(State.HALTED);
  }

  @Test
  void disabledOnPurpose() {
    state = Optional.of(ServiceState.STOPPED);
    disabled = true;

    MailFlow flow = look();
    assertThat(flow.state()).isEqualTo(State.UNKNOWN);
    assertThat(flow.evidence().get(0)).contains("disabled");
  }

  @Test
  void neverRan() {
    state = Optional.of(ServiceState.STOPPED);
    wanted = false;

    assertThat(look().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void notInstalledOrNotReadable() {
    state = Optional.empty();
    wanted = false;
    assertThat(look().evidence()).containsExactly("SMTPSVC is not installed.");
    readable = false;
    assertThat(look().state()).isEqualTo(State.UNKNOWN);
  }

  /** The event logs are read first, and meanwhile SMTP is asked. */
  @Test
  void bannerOfBeforeTheFirstJudgementIsEvidence() {
    Optional<DatedBanner> early = greeting();
    time.advance(Duration.ofSeconds(20));

    MailFlow flow = judge.judge(time.now(), input(early));

    assertThat(flow.state()).isEqualTo(State.IDLE);
    assertThat(flow.evidence()).contains("SMTP answers clients.");
  }

  @Test
  void removedAfterItRan() {
    state = Optional.empty();
    halted = true;

    MailFlow flow = look();
    assertThat(flow.state()).isEqualTo(State.HALTED);
    assertThat(flow.evidence().get(0)).isEqualTo("SMTPSVC ran and is not installed any more.");
  }

  @Test
  void pausedServerAcceptsNoMail() {
    state = Optional.of(ServiceState.PAUSED);

    MailFlow flow = look();
    assertThat(flow.state()).isEqualTo(State.STALLED);
    assertThat(flow.evidence())
        .containsExactly("SMTPSVC is paused: it keeps its connections and accepts no new ones.");
  }

  @Test
  void withoutCountersTheBannerTells() {
    counted = false;
    assertThat(look().state()).isEqualTo(State.UNKNOWN);
    assertThat(after(60).state()).isEqualTo(State.ANSWERING);
    bannerFailure = Optional.of("no greeting within 5 s");
    after(60);
    assertThat(after(60).state()).isEqualTo(State.STALLED);
  }

  @Test
  void evidenceWithoutCountersSaysWhatIsNotKnown() {
    String blind = "Whether messages leave is not known without the counters of SMTP.";
    counted = false;
    assertThat(look().evidence()).containsExactly("SMTP answers clients.", blind);

    bannerFailure = Optional.of("no greeting within 5 s");
    assertThat(after(60).evidence())
        .containsExactly("SMTP did not answer a client: no greeting within 5 s", blind);
    assertThat(after(60).evidence())
        .containsExactly(
            "SMTP did not answer clients 2 times in a row: no greeting within 5 s", blind);
  }

  @Test
  void neitherCountersNorBannerLeaveMailFlowUnknown() {
    counted = false;
    bannerWatched = false;

    MailFlow flow = look();

    assertThat(flow.state()).isEqualTo(State.UNKNOWN);
    assertThat(flow.evidence())
        .containsExactly(
            "Whether SMTP answers clients is not watched.",
            "Whether messages leave is not known without the counters of SMTP.");
  }

  @Test
  void oneReadingOfTheCountersThatFailsChangesNothing() {
    look();
    add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);
    after(10);
    counted = false;
    assertThat(after(10).state()).isEqualTo(State.FLOWING);
    assertThat(after(120).state()).isEqualTo(State.UNKNOWN);
    assertThat(after(60).state()).isEqualTo(State.ANSWERING);
  }

  private MailFlow after(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
    return look();
  }

  /** LastSeen every ten seconds until then. */
  private MailFlow pass(int seconds) {
    for (int i = 10; i < seconds; i += 10) {
      after(10);
    }
    return after(10);
  }

  private MailFlow look() {
    return judge.judge(time.now(), input(greeting()));
  }

  private Optional<DatedBanner> greeting() {
    return Optional.of(new DatedBanner(new Banner(Map.of(), bannerFailure), time.now()));
  }

  private MailFlowJudge.Input input(Optional<DatedBanner> greeting) {
    return new MailFlowJudge.Input(
        new SmtpService(
            readable
                ? Standing.of(
                    state,
                    Optional.of(disabled ? StartMode.DISABLED : StartMode.AUTO),
                    new Standing.Evidence(wanted, false))
                : Standing.UNKNOWN,
            state,
            halted),
        counted ? reading() : Optional.empty(),
        bannerWatched,
        bannerWatched ? greeting : Optional.empty(),
        files.map(
            n ->
                new MailFolders(
                    List.of(
                        new MailFolder("SMTP 1", Purpose.QUEUE, n, n, Optional.empty(), true)))),
        MailBalance.View.NONE,
        time.now().wall());
  }

  private Optional<MailReading> reading() {
    Smtp smtp = new Smtp(List.of(new VirtualServer("SMTP 1", counters)));
    newest = mailCounters.read(smtp, time.now().wall(), started).or(() -> newest);
    return newest;
  }

  private void add(SmtpCounter counter, long more) {
    counters.merge(counter, more, Long::sum);
  }
}
