package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A year of ordinary mail: quiet nights and holidays, newsletters, spam waves beside other mail,
 * dead destinations whose messages are given up after two days, greylisting, a next hop in
 * maintenance.
 */
class YearOfMailTest {
  private static final int MINUTES = 365 * 24 * 60;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** As the rules have it, in minutes. */
  private static final int PAGE_FOR = 15;

  private static final int WARNING_FOR = 5;

  private record Later(int minute, LongConsumer what, long messages) {}

  private final List<Later> later = new ArrayList<>();
  private final MailRelay relay = new MailRelay(MINUTE);
  private int minute;
  private int wave;
  private int deadUntil;
  private int newsletter;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ordinaryMailPagesNever(long seed) {
    Random random = new Random(seed);
    Alerts alerts = new Alerts();
    for (minute = 0; minute < MINUTES; minute++) {
      events(random);
      mail(random);
      due();
      relay.after(MINUTE);
      alerts.observe(relay.flow());
    }

    System.out.printf("a year of ordinary mail, seed %d: %d warnings%n", seed, alerts.warnings);
    assertThat(alerts.pages).isEmpty();
    assertThat(alerts.warnings).isLessThan(52);
  }

  /** The same alerts see what they are for. */
  @Test
  void refusedLogInPages() {
    Random random = new Random(4);
    Alerts alerts = new Alerts();
    for (minute = 0; minute < 3 * 1440; minute++) {
      mail(random);
      due();
      relay.after(MINUTE);
    }
    for (int i = 0; i < 180; i++) {
      relay.bounces(random.nextInt(4) == 0 ? 1 : 0);
      relay.after(MINUTE);
      alerts.observe(relay.flow());
    }

    assertThat(alerts.pages).hasSize(1);
    assertThat(alerts.pages.get(0)).startsWith("BOUNCING");
    assertThat(alerts.firstPage).isLessThan(100);
  }

  private boolean isHoliday(int day) {
    return day >= 357 || day % 60 == 59;
  }

  private void events(Random random) {
    int day = minute / 1440;
    if (random.nextInt(25 * 1440) == 0) {
      wave = 60 + random.nextInt(120);
    }
    if (minute % 1440 == 9 * 60) {
      newsletter = day % 14 == 3 ? 30 : 0;
      if (random.nextInt(20) == 0) {
        deadUntil = minute + 1440 + random.nextInt(2 * 1440);
      }
    }
  }

  private void mail(Random random) {
    int day = minute / 1440;
    int hour = minute / 60 % 24;
    boolean works = day % 7 < 5 && hour >= 7 && hour < 18 && !isHoliday(day);
    double perMinute = works ? 0.5 : 0.02;
    for (int i = random.nextDouble() < perMinute ? 1 + random.nextInt(3) : 0; i > 0; i--) {
      message(random);
    }
    if (newsletter > 0) {
      newsletter--;
      relay.passes(28);
      relay.bounces(random.nextInt(4));
    }
    if (wave > 0) {
      wave--;
      relay.bouncesToForgedSenders(10 + random.nextInt(30));
      relay.bounces(random.nextInt(5));
    }
  }

  private void message(Random random) {
    // The next hop is in maintenance for 25 minutes in the night of each Sunday.
    boolean maintenance =
        minute % (7 * 1440) > 6 * 1440 + 120 && minute % (7 * 1440) < 6 * 1440 + 145;
    double kind = random.nextDouble();
    if (maintenance) {
      relay.isRefusedForNow(1);
      later.add(new Later(minute + 30, relay::isAccepted, 1));
    } else if (minute < deadUntil && kind < 0.1) {
      relay.isRefusedForNow(1);
      later.add(
          minute + 2 * 1440 > deadUntil
              ? new Later(deadUntil + random.nextInt(240), relay::isAccepted, 1)
              : new Later(minute + 2 * 1440, relay::expires, 1));
    } else if (kind < 0.13) {
      relay.isRefusedForNow(1);
      later.add(new Later(minute + 15, relay::isAccepted, 1));
    } else if (kind < 0.16) {
      relay.bounces(1);
    } else if (kind < 0.17) {
      relay.add(SmtpCounter.MESSAGES_RECEIVED_TOTAL, 1);
    } else {
      relay.passes(1);
    }
  }

  private void due() {
    for (Iterator<Later> each = later.iterator(); each.hasNext(); ) {
      Later one = each.next();
      if (one.minute() <= minute) {
        each.remove();
        one.what().accept(one.messages());
      }
    }
  }

  /**
   * ImfMailBouncing, ImfMailStuck and their warnings, as alerts/imf-exporter.rules.yml has them.
   */
  private static final class Alerts {
    private final List<String> pages = new ArrayList<>();
    private int warnings;
    private int firstPage;
    private int minutes;
    private int pageFor;
    private int warningFor;

    void observe(MailFlow flow) {
      minutes++;
      boolean bouncing = flow.state() == State.BOUNCING;
      boolean stuck = flow.state() == State.STUCK;
      boolean page = flow.failsNearlyAll();
      pageFor = page ? pageFor + 1 : 0;
      warningFor = bouncing || stuck ? warningFor + 1 : 0;
      if (pageFor == PAGE_FOR) {
        pages.add(flow.state() + " " + flow.evidence());
        firstPage = pages.size() == 1 ? minutes : firstPage;
      }
      warnings += warningFor == WARNING_FOR ? 1 : 0;
    }
  }
}
