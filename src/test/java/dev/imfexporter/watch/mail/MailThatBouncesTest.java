package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How soon mail bounces, how soon it passes again, and what is neither. */
class MailThatBouncesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MailRelay relay = new MailRelay(Duration.ofSeconds(30));
  private final Set<State> seen = new TreeSet<>();

  /** It once was flowing for half an hour, and never bad enough to page, by the hour alone. */
  @Test
  void busyRelayBouncesWithinTenMinutes() {
    passesFor(180, 20);

    assertThat(minutesUntil(this::almostAllBounces, flow -> flow.state() == State.BOUNCING))
        .isBetween(8, 12);
    assertThat(minutesUntil(this::almostAllBounces, MailFlow::failsNearlyAll)).isLessThan(10);
    assertThat(relay.flow().lastHour().passed()).isGreaterThan(500);
    assertThat(relay.flow().evidence())
        .anyMatch(text -> text.matches(".*In the last 15 min \\d+ came in, \\d+ passed, \\d+ b.*"));

    seen.clear();
    for (int minute = 0; minute < 180; minute++) {
      almostAllBounces(minute);
      seen.add(relay.after(MINUTE).state());
      assertThat(relay.flow().failsNearlyAll()).isTrue();
    }
    assertThat(seen).containsExactly(State.BOUNCING);
  }

  /** A fiftieth bounces on any busy day. */
  @Test
  void busyRelayThatRecoveredSaysSoAndKeepsToIt() {
    passesFor(180, 20);
    for (int minute = 0; minute < 60; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
    }
    assertThat(relay.state()).isEqualTo(State.BOUNCING);

    assertThat(minutesUntil(this::mostPasses, flow -> flow.state() == State.FLOWING))
        .isBetween(10, 21);
    assertThat(relay.flow().lastHour().bounced()).isGreaterThan(700);
    for (int minute = 0; minute < 120; minute++) {
      mostPasses(minute);
      seen.add(relay.after(MINUTE).state());
    }
    assertThat(seen).containsExactly(State.FLOWING);
  }

  /** Of the mail after a spam wave, an hour has less than the wave had. */
  @Test
  void quietRelayRecoversWithTheFifthMessageThatPasses() {
    passesFor(24 * 60, 1);
    for (int minute = 0; minute < 30; minute++) {
      relay.bouncesToForgedSenders(20);
      relay.after(MINUTE);
    }
    assertThat(relay.state()).isEqualTo(State.BOUNCING);

    assertThat(minutesUntil(this::oneInFourMinutes, flow -> flow.state() != State.BOUNCING))
        .isBetween(15, 26);
    relay.bounces(1);
    for (int minute = 0; minute < 60; minute++) {
      oneInFourMinutes(minute);
      seen.add(relay.after(MINUTE).state());
    }
    assertThat(seen).doesNotContain(State.BOUNCING);
  }

  /** The night after a failure has no mail that says that it is over. */
  @Test
  void withoutMailAfterItTheHourHolds() {
    for (int minute = 0; minute < 60; minute++) {
      relay.bounces(1);
      relay.after(MINUTE);
    }

    assertThat(relay.after(MINUTE.multipliedBy(50)).state()).isEqualTo(State.BOUNCING);
    assertThat(relay.after(MINUTE.multipliedBy(20)).state()).isEqualTo(State.IDLE);
  }

  /** Mail to mailboxes on the host itself does not depend on the next hop. */
  @Test
  void fewLocalDeliveriesHideNothing() {
    passesFor(180, 1);

    int minutes = minutesUntil(this::oneInElevenPasses, MailFlow::failsNearlyAll);
    assertThat(minutes).isLessThan(60);
    for (int minute = minutes; minute < 300; minute++) {
      oneInElevenPasses(minute);
      seen.add(relay.after(MINUTE).state());
    }
    assertThat(seen).containsExactly(State.BOUNCING);
    assertThat(relay.flow().lastHour().passed()).isGreaterThan(3);
    assertThat(relay.flow().failsNearlyAll()).isTrue();
  }

  /** A hundred dead addresses within a minute, and as many a little later. */
  @Test
  void deadAddressesOfANewsletterFlipNothing() {
    passesFor(180, 4);

    for (int minute = 0; minute < 120; minute++) {
      relay.passes(4);
      relay.bounces(minute == 20 || minute == 26 ? 50 : 0);
      seen.add(relay.after(MINUTE).state());
    }
    assertThat(seen).containsExactly(State.FLOWING);
  }

  @Test
  void relayOfWhichTwoInThreeBounceDoesNotFlap() {
    for (int minute = 0; minute < 600; minute++) {
      if (minute % 5 == 0 && minute % 15 == 0) {
        relay.passes(1);
      } else if (minute % 5 == 0) {
        relay.bounces(1);
      }
      relay.after(MINUTE);
      if (minute > 60) {
        seen.add(relay.state());
      }
    }

    assertThat(seen).containsExactly(State.BOUNCING);
  }

  /** Beside five messages a minute that pass: from as many to many more than usual. */
  @ParameterizedTest
  @ValueSource(ints = {5, 15, 30, 44, 46, 60, 100, 400})
  void spamWaveBesideUsualMailPagesNever(int perMinute) {
    passesFor(25 * 60, 5);
    int inARow = 0;
    for (int minute = 0; minute < 180; minute++) {
      relay.passes(5);
      relay.bouncesToForgedSenders(minute < 120 ? perMinute : 0);
      relay.after(MINUTE);
      inARow = relay.flow().failsNearlyAll() ? inARow + 1 : 0;
      // The alert wants 15.
      assertThat(inARow).isLessThan(10);
      if (minute == 100) {
        assertThat(relay.state()).isEqualTo(State.BOUNCING);
      }
    }
    assertThat(relay.state()).isEqualTo(State.FLOWING);
  }

  @Test
  void restartOfTheExporterKeepsWhatBounces() {
    passesFor(180, 20);
    for (int minute = 0; minute < 16; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
    }
    relay.exporterRestarts();
    almostAllBounces(0);
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.BOUNCING);
    relay.exporterRestartsFromSummary();
    almostAllBounces(0);
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.BOUNCING);
  }

  @Test
  void restartOfTheExporterKeepsSinceWhenItFails() {
    passesFor(180, 20);
    for (int minute = 0; minute < 90; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
    }
    Instant began = relay.since().orElseThrow();

    relay.exporterRestarts();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.BOUNCING);
    assertThat(relay.since()).hasValue(began);
    // Its facts hold what it has from the run before.
    for (int minute = 0; minute < 10; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
    }
    relay.exporterRestartsFromSummary();
    relay.after(MINUTE);
    assertThat(relay.since()).hasValue(began);

    assertThat(minutesUntil(this::mostPasses, flow -> flow.state() == State.FLOWING))
        .isLessThan(22);
    assertThat(relay.since().orElseThrow()).isAfter(began.plus(Duration.ofMinutes(90)));
  }

  @Test
  void restartOfTheExporterKeepsSinceWhenItIsStuck() {
    for (int i = 0; i < 10; i++) {
      relay.isRefusedForNow(1);
      relay.after(MINUTE.multipliedBy(12));
    }
    assertThat(relay.state()).isEqualTo(State.STUCK);
    Instant began = relay.since().orElseThrow();

    relay.exporterRestarts();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.STUCK);
    assertThat(relay.since()).hasValue(began);
  }

  /** A machine that is paused, and a collector that fails. */
  @Test
  void whatTheCountersShowedHoldsForAnHourWithoutThem() {
    passesFor(180, 20);
    for (int minute = 0; minute < 60; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
    }
    Instant began = relay.since().orElseThrow();

    for (int minute = 0; minute < 40; minute++) {
      relay.isUnread(MINUTE);
      assertThat(relay.looksAtTheBanner().state()).isEqualTo(State.BOUNCING);
    }
    assertThat(relay.since()).hasValue(began);
    relay.isUnread(MINUTE.multipliedBy(35));
    assertThat(relay.looksAtTheBanner().state()).isEqualTo(State.ANSWERING);
  }

  @Test
  void countersAreAwaitedForAMinuteBeforeABannerVerifiesMail() {
    relay.passes(1);
    relay.after(MINUTE);

    relay.isUnread(MINUTE.multipliedBy(2));
    assertThat(relay.looksAtTheBanner().state()).isEqualTo(State.UNKNOWN);
    relay.isUnread(MINUTE);
    assertThat(relay.looksAtTheBanner().state()).isEqualTo(State.ANSWERING);
  }

  /** What is usual is not known then. */
  @Test
  void hostThatIsWatchedSinceItsMailBouncesPages() {
    for (int minute = 0; minute < 3 * 24 * 60; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
      assertThat(relay.flow().nearlyAllBounces()).isTrue();
    }
  }

  @Test
  void failureOfDaysDoesNotBecomeUsual() {
    passesFor(25 * 60, 20);
    minutesUntil(this::almostAllBounces, MailFlow::nearlyAllBounces);
    for (int minute = 0; minute < 20 * 24 * 60; minute++) {
      almostAllBounces(minute);
      relay.after(MINUTE);
      assertThat(relay.flow().nearlyAllBounces()).isTrue();
    }
  }

  /** What was not watched for ten minutes may have passed meanwhile. */
  @Test
  void exporterThatWasAwayDoesNotKnowSinceWhen() {
    for (int minute = 0; minute < 60; minute++) {
      relay.bounces(1);
      relay.after(MINUTE);
    }
    assertThat(relay.since()).isPresent();
    relay.isUnread(MINUTE.multipliedBy(12));

    relay.exporterRestarts();
    assertThat(relay.after(MINUTE).state()).isEqualTo(State.BOUNCING);
    assertThat(relay.since()).isEmpty();
  }

  private interface Traffic {
    void of(int minute);
  }

  private interface Question {
    boolean isTrueOf(MailFlow flow);
  }

  private int minutesUntil(Traffic traffic, Question question) {
    int minute = 0;
    while (!question.isTrueOf(relay.flow())) {
      assertThat(minute).as("minutes until").isLessThan(90);
      traffic.of(minute++);
      relay.after(MINUTE);
    }
    return minute;
  }

  private void passesFor(int minutes, int perMinute) {
    for (int minute = 0; minute < minutes; minute++) {
      relay.passes(perMinute);
      relay.after(MINUTE);
    }
  }

  /** 97 in a hundred. */
  private void almostAllBounces(int minute) {
    relay.passes(minute % 5 < 3 ? 1 : 0);
    relay.bounces(minute % 5 < 3 ? 19 : 20);
  }

  private void mostPasses(int minute) {
    relay.passes(minute % 5 < 2 ? 19 : 20);
    relay.bounces(minute % 5 < 2 ? 1 : 0);
  }

  private void oneInFourMinutes(int minute) {
    relay.passes(minute % 4 == 0 ? 1 : 0);
  }

  private void oneInElevenPasses(int minute) {
    if (minute % 11 == 0) {
      relay.passes(1);
    } else {
      relay.bounces(1);
    }
  }
}
