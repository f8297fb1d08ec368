package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the last hour says, on relays of many kinds. */
class MailHourTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final long JUMP = 0xFFFF_0000L;

  private final MailRelay relay = new MailRelay();
  private final Set<State> seen = new TreeSet<>();

  /** One mail every 12 minutes, all into the retry queue, given up after a day. */
  @Test
  void smallRelayWhoseNextHopIsDeadIsStuckWithinAnHour() {
    for (int i = 0; i < 5; i++) {
      relay.isRefusedForNow(1);
      seen.add(relay.after(MINUTE.multipliedBy(12)).state());
    }
    assertThat(relay.state()).isEqualTo(State.STUCK);
    assertThat(relay.flow().pending()).isEqualTo(5);
    assertThat(relay.flow().evidence())
        .anyMatch(
            text ->
                text.contains(
                    "5 messages came in, 0 passed, 0 bounced. None has passed for 59 min"));

    seen.clear();
    for (int i = 0; i < 5 * 23; i++) {
      relay.isRefusedForNow(1);
      seen.add(relay.after(MINUTE.multipliedBy(12)).state());
    }
    assertThat(seen).containsExactly(State.STUCK);

    for (int i = 0; i < 5 * 24; i++) {
      relay.isRefusedForNow(1);
      relay.expires(1);
      seen.add(relay.after(MINUTE.multipliedBy(12)).state());
    }
    assertThat(seen).containsExactly(State.BOUNCING, State.STUCK);
    assertThat(relay.state()).isEqualTo(State.BOUNCING);
  }

  @Test
  void nextHopThatComesBackEndsIt() {
    dead(5);
    assertThat(relay.state()).isEqualTo(State.STUCK);

    relay.isAccepted(5);
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.FLOWING);
    assertThat(relay.flow().pending()).isZero();
    assertThat(relay.after(HOUR).state()).isEqualTo(State.IDLE);
  }

  /** 2^32 - 1 in each of three counters was once 12,884,901,368 messages that left. */
  @Test
  void counterThatJumpsForOneReadingPassesNothing() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 172);
    relay.after(MINUTE);
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, JUMP);
    relay.after(relay.interval());
    assertThat(relay.flow().evidence().get(0)).startsWith("172 messages left");
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, -JUMP);
    relay.after(Duration.ofMinutes(6));

    assertThat(relay.flow().evidence().get(0)).startsWith("0 messages left");
    assertThat(relay.flow().lastHour().passed()).isEqualTo(172);
    assertThat(relay.state()).isEqualTo(State.IDLE);
  }

  @Test
  void counterThatJumpsAndStaysIsCountedFromThere() {
    relay.after(MINUTE);
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, JUMP);
    relay.after(relay.interval());
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 2);
    relay.after(relay.interval());
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 3);
    relay.after(relay.interval());

    assertThat(relay.flow().evidence().get(0)).startsWith("3 messages left");
    assertThat(relay.flow().lastHour().passed()).isEqualTo(3);
  }

  /** Zeros for a reading or two once were the whole life of the service as mail of this hour. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void zerosBetweenTwoReadingsAreNoMail(int readings) {
    relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 5_000_000);
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 5_000_000);
    relay.add(SmtpCounter.NDRS_GENERATED, 9000);
    relay.exporterRestarts();
    relay.after(MINUTE);
    relay.showsZeros(readings);
    relay.passes(7);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour()).isEqualTo(new MailCounts(7, 7, 0));
    assertThat(relay.flow().evidence().get(0)).startsWith("7 messages left");
  }

  /** A virtual server that a reading lacks has no life to count when it is back. */
  @Test
  void virtualServerThatOneReadingLacksAddsNothing() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 5000);
    relay.exporterRestarts();
    relay.after(MINUTE);
    relay.showsNoVirtualServer();
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour()).isEqualTo(MailCounts.NONE);
    assertThat(relay.flow().evidence().get(0)).startsWith("0 messages left");
  }

  @Test
  void totalsBeginAnewWithTheService() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 5000);
    relay.after(MINUTE);
    relay.restarts();
    relay.passes(2);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour().passed()).isEqualTo(5002);
    assertThat(relay.flow().evidence().get(0)).startsWith("2 messages left");
  }

  /** Between two polls, without notifications and events. */
  @Test
  void restartThatWasNotSeenIsNoMailAndCountingGoesOn() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 5000);
    relay.exporterRestarts();
    relay.after(MINUTE);
    relay.restartsUnseen();
    relay.passes(2);
    relay.after(MINUTE);
    relay.passes(3);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour().passed()).isBetween(3L, 5L);
    assertThat(relay.state()).isEqualTo(State.FLOWING);
  }

  /** The event log reports it after the counters fell. */
  @Test
  void restartThatIsReportedLateCountsFromItsBegin() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 5000);
    relay.exporterRestarts();
    relay.after(MINUTE);
    relay.restartsUnseen();
    relay.passes(2);
    relay.after(relay.interval());
    relay.reportsTheRestart();
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour().passed()).isEqualTo(2);
  }

  @Test
  void counterThatWrapsGoesOn() {
    relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, (1L << 32) - 2);
    relay.exporterRestarts();
    relay.after(MINUTE);
    relay.passes(10);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour()).isEqualTo(new MailCounts(10, 10, 0));
  }

  @Test
  void oneReportAMinuteIsBouncing() {
    for (int i = 0; i < 180; i++) {
      relay.bounces(1);
      seen.add(relay.after(MINUTE).state());
      if (i == 60) {
        seen.clear();
      }
    }

    assertThat(seen).containsExactly(State.BOUNCING);
    assertThat(relay.flow().lastHour().passed()).isLessThan(3);
  }

  /** The reports leave some minutes after they were made: they are no mail that passes. */
  @Test
  void reportsThatLeaveLateAreNoMailThatPasses() {
    for (int i = 0; i < 60; i++) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 1);
      relay.add(SmtpCounter.NDRS_GENERATED, 1);
      if (i >= 4) {
        relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, 1);
      }
      relay.after(MINUTE);
    }

    assertThat(relay.state()).isEqualTo(State.BOUNCING);
    assertThat(relay.flow().lastHour()).isEqualTo(new MailCounts(60, 0, 60));
  }

  /** Most had no recipient who could be reached, and two of them one who could. */
  @Test
  void aSumThatDoesNotAddUpIsExplained() {
    for (int i = 0; i < 50; i++) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 1);
      relay.add(SmtpCounter.MESSAGES_SENT_TOTAL, i < 2 ? 1 : 0);
      relay.after(MINUTE);
    }
    assertThat(relay.flow().evidence()).noneMatch(words -> words.contains("Each is counted"));
    relay.add(SmtpCounter.NDRS_GENERATED, 50);
    relay.after(MINUTE);

    assertThat(relay.flow().evidence())
        .contains(
            "Within an hour, or since it is watched, 50 messages came in, 2 passed, 50 bounced."
                + " In the last 15 min 15 came in, 0 passed, 50 bounced. Each is counted when it happens: what passed or bounced may have come in"
                + " earlier, and a message to several recipients may do both.");
  }

  @Test
  void everythingIntoBadmailIsBouncing() {
    for (int i = 0; i < 60; i++) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 1);
      relay.add(SmtpCounter.BADMAILED_MESSAGES_GENERAL_FAILURE, 1);
      relay.after(MINUTE);
    }

    assertThat(relay.state()).isEqualTo(State.BOUNCING);
  }

  @Test
  void twoBouncedMessagesAreNoPattern() {
    relay.bounces(2);

    assertThat(relay.after(MINUTE.multipliedBy(30)).state()).isNotEqualTo(State.BOUNCING);
  }

  /** Two thirds bounce, and the rest passes: that is shown, and the numbers say how much passes. */
  @Test
  void spamWaveBesideHealthyMail() {
    for (int i = 0; i < 60; i++) {
      relay.bouncesToForgedSenders(50);
      relay.passes(5);
      relay.after(MINUTE);
    }

    assertThat(relay.state()).isEqualTo(State.BOUNCING);
    assertThat(relay.flow().lastHour().bounced()).isBetween(2950L, 3000L);
    assertThat(relay.flow().lastHour().passed()).isGreaterThan(3);
  }

  @Test
  void newsletterOfWhichATenthBounces() {
    for (int i = 0; i < 60; i++) {
      relay.passes(45);
      relay.bounces(5);
      seen.add(relay.after(MINUTE).state());
    }

    assertThat(seen).containsExactly(State.FLOWING);
  }

  @Test
  void deadDestinationAmongHealthyTraffic() {
    for (int i = 0; i < 300; i++) {
      relay.passes(1);
      relay.isRefusedForNow(i % 5 == 0 ? 1 : 0);
      seen.add(relay.after(MINUTE).state());
    }

    assertThat(seen).containsExactly(State.FLOWING);
  }

  @Test
  void threeDeadMessagesThatLieThereForMonthsOnARelayWithOneMailADay() {
    relay.add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 3);
    relay.after(HOUR);
    for (int day = 0; day < 7; day++) {
      relay.passes(1);
      seen.add(relay.after(Duration.ofHours(24)).state());
    }

    assertThat(seen).containsExactly(State.RETRYING);
  }

  @Test
  void filterThatDeletesEverythingIsNotStuckBecauseOfOldMessages() {
    relay.add(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 3);
    relay.after(HOUR);
    for (int i = 0; i < 180; i++) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 1);
      seen.add(relay.after(MINUTE).state());
    }

    assertThat(seen).containsExactly(State.RETRYING);
  }

  /** A tenth gets through; most of two thousand do not. */
  @Test
  void mostMailIsStuckThoughALittlePasses() {
    littlePasses(90);

    assertThat(relay.state()).isEqualTo(State.STUCK);
  }

  @Test
  void littlePassesForTheLimitAnewAfterAStall() {
    littlePasses(15);
    relay.clientsFail(true);
    relay.after(MINUTE);
    relay.isAccepted(15 * 19);
    assertThat(relay.after(HOUR.multipliedBy(2)).state()).isEqualTo(State.STALLED);

    relay.clientsFail(false);
    relay.isRefusedForNow(40);
    relay.passes(1);
    assertThat(relay.after(relay.interval()).state()).isEqualTo(State.FLOWING);
    littlePasses(44);
    assertThat(relay.state()).isEqualTo(State.FLOWING);
    littlePasses(2);
    assertThat(relay.state()).isEqualTo(State.STUCK);
  }

  @Test
  void littlePassesForTheLimitAnewAfterAnOutage() {
    littlePasses(20);
    relay.restarts();
    littlePasses(40);
    assertThat(relay.state()).isEqualTo(State.FLOWING);
    littlePasses(7);
    assertThat(relay.state()).isEqualTo(State.STUCK);
  }

  private void littlePasses(int minutes) {
    for (int i = 0; i < minutes; i++) {
      relay.isRefusedForNow(19);
      relay.passes(i % 2);
      relay.after(MINUTE);
    }
  }

  /** The first part of the first hour counts, also in what the queues grew by. */
  @Test
  void freshWatchIsStuckByWhatCameInItsFirstMinutes() {
    relay.after(MINUTE);
    relay.isRefusedForNow(40);
    for (int i = 0; i < 5; i++) {
      relay.after(MINUTE.multipliedBy(10));
      relay.passes(i < 4 ? 1 : 0);
    }

    assertThat(relay.state()).isEqualTo(State.STUCK);
  }

  @Test
  void domainThatOnlyReceives() {
    for (int i = 0; i < 90; i++) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 3);
      relay.add(SmtpCounter.MESSAGES_DELIVERED_TOTAL, 3);
      seen.add(relay.after(MINUTE).state());
    }

    assertThat(seen).containsExactly(State.FLOWING);
  }

  @Test
  void dropDirectoryDelivery() {
    for (int i = 0; i < 90; i++) {
      relay.add(SmtpCounter.PICKUP_DIRECTORY_MESSAGES_RETRIEVED_TOTAL, 1);
      relay.add(SmtpCounter.DIRECTORY_DROPS_TOTAL, 1);
      seen.add(relay.after(MINUTE).state());
    }

    assertThat(seen).containsExactly(State.FLOWING);
    assertThat(relay.flow().lastHour().received()).isBetween(59L, 65L);
  }

  /** What came and went while nothing was read belongs to no hour. */
  @Test
  void nightWithoutAReadingIsNoHour() {
    relay.after(HOUR);
    relay.isUnread(Duration.ofHours(8));
    relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 8);
    relay.add(SmtpCounter.NDRS_GENERATED, 4);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour()).isEqualTo(MailCounts.NONE);
    assertThat(relay.state()).isEqualTo(State.IDLE);
  }

  @Test
  void exporterThatWasAwayKnowsNothingOfWhatPended() {
    dead(12);
    relay.isUnread(Duration.ofHours(3));
    relay.exporterRestarts();

    assertThat(relay.after(MINUTE).state()).isNotEqualTo(State.STUCK);
    assertThat(relay.flow().pending()).isZero();
  }

  /** A newsletter to a dead domain beside little other mail. */
  @Test
  void burstIsNotStuckBeforeItsTime() {
    relay.after(HOUR);
    relay.passes(3);
    relay.after(MINUTE);
    relay.isRefusedForNow(40);

    assertThat(relay.after(MINUTE.multipliedBy(40)).state()).isNotEqualTo(State.STUCK);
    assertThat(relay.flow().pending()).isZero();
    assertThat(relay.after(MINUTE.multipliedBy(6)).state()).isEqualTo(State.STUCK);
  }

  @Test
  void countersThatWrapAreNoFloodOfMail() {
    relay.add(SmtpCounter.NDRS_GENERATED, (1L << 32) - 2);
    relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, (1L << 32) - 2);
    relay.exporterRestarts();
    relay.after(HOUR.multipliedBy(2));
    relay.passes(10);
    relay.after(MINUTE);

    assertThat(relay.flow().lastHour().received()).isBetween(8L, 10L);
    assertThat(relay.state()).isEqualTo(State.FLOWING);
  }

  @Test
  void restartOfTheServiceKeepsWhatIsPending() {
    dead(5);

    relay.restarts();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.STUCK);
  }

  @Test
  void restartOfTheExporterKeepsTheHour() {
    dead(10);
    MailCounts before = relay.flow().lastHour();

    relay.exporterRestarts();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.STUCK);
    assertThat(relay.flow().pending()).isEqualTo(10);
    assertThat(relay.flow().lastHour().received())
        .isBetween(before.received() - 1, before.received());
    relay.exporterRestartsFromSummary();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.STUCK);
    assertThat(relay.flow().pending()).isEqualTo(10);
  }

  @Test
  void quietDayWritesNothingToTheJournal() {
    relay.after(HOUR);
    int before = relay.facts().size();
    relay.after(Duration.ofHours(24));

    assertThat(relay.facts()).hasSize(before);
  }

  @Test
  void busyDayWritesAFactEveryFiveMinutes() {
    for (int i = 0; i < 24 * 60; i++) {
      relay.passes(1);
      relay.after(MINUTE);
    }

    assertThat(relay.facts()).hasSizeBetween(280, 289);
  }

  /** One message every 12 minutes, none of which passes. */
  private void dead(int messages) {
    for (int i = 0; i < messages; i++) {
      relay.isRefusedForNow(1);
      relay.after(MINUTE.multipliedBy(12));
    }
  }
}
