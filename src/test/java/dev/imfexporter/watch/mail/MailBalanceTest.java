package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.MailFact.MailCounted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By how much the queues grew within the last hour. */
class MailBalanceTest {
  private final List<MailCounted> facts = new ArrayList<>();
  private MailBalance balance = new MailBalance();
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void freshWatchGrewSinceItsFirstReading() {
    reads(7);
    after(1, 47);
    assertThat(grown()).isEqualTo(40);
    pass(30, 50);

    assertThat(grown()).isEqualTo(43);
    restart();
    assertThat(grown()).isEqualTo(43);
    pass(40, 50);
    assertThat(grown()).isZero();
  }

  /** What came while nothing was read belongs to no hour. */
  @Test
  void timeWithoutReadingsAddsNothing() {
    reads(0);
    pass(20, 10);
    after(15, 60);
    pass(10, 62);

    assertThat(grown()).isEqualTo(12);
    restart();
    assertThat(grown()).isEqualTo(12);
  }

  @Test
  void nightWithoutReadingsAddsNothing() {
    reads(0);
    pass(20, 10);
    after(8 * 60, 60);
    pass(10, 62);

    assertThat(grown()).isEqualTo(2);
  }

  @Test
  void queuesAreComparedWithAnHourAgo() {
    reads(0);
    for (int i = 1; i <= 180; i++) {
      after(1, i);
    }

    assertThat(grown()).isBetween(60L, 65L);
  }

  @Test
  void partsThatAJournalHasTwiceCountOnce() {
    reads(0);
    pass(20, 10);
    MailBalance once = new MailBalance();
    facts.forEach(once::replay);
    MailBalance twice = new MailBalance();
    facts.forEach(twice::replay);
    facts.forEach(twice::replay);

    assertThat(twice.view(now)).isEqualTo(once.view(now));
    assertThat(twice.summary()).isEqualTo(once.summary());
  }

  private long grown() {
    return balance.view(now).grown();
  }

  /** The exporter is started again, with its journal. */
  private void restart() {
    balance = new MailBalance();
    facts.forEach(balance::replay);
  }

  private void pass(int minutes, long queued) {
    for (int i = 0; i < minutes; i++) {
      after(1, queued);
    }
  }

  private void after(int minutes, long queued) {
    now = now.plus(Duration.ofMinutes(minutes));
    reads(queued);
  }

  private void reads(long queued) {
    balance.counted(new MailReading(now, 0, queued, Map.of(), 0)).ifPresent(facts::add);
  }
}
