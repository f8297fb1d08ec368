package dev.imfexporter.watch.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives of hosts whose clocks start wrong, are set and drift; each event has its true time. */
class EventTimesTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  private final EventTimes times = new EventTimes();
  private final List<LoggedEvent> log = new ArrayList<>();
  private final List<Instant> written = new ArrayList<>();
  private Instant now = BEGIN;
  private Duration ahead = Duration.ZERO;
  private int read;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void clocksThatStartWrongMoveNoEvent(long seed) {
    Random random = new Random(seed);
    measureAndRead();
    for (int boot = 0; boot < 40; boot++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        pass(60 + random.nextInt(3000));
        event(7036, new Meaning.Counted());
      }
      pass(30);
      event(6006, new Meaning.ShutDown(true));
      pass(60 + random.nextInt(600));
      boolean wrong = random.nextBoolean();
      ahead = wrong ? Duration.ofSeconds(random.nextInt(100_000) - 50_000L) : ahead;
      event(6009, new Meaning.Booted());
      event(6005, new Meaning.Booted());
      pass(5 + random.nextInt(60));
      event(7036, new Meaning.Counted());
      if (wrong) {
        set(Duration.ZERO);
      }
      pass(20);
      event(7036, new Meaning.Counted());
      if (random.nextInt(3) == 0) {
        measureAndRead();
      }
    }
    measureAndRead();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void clocksThatAreSetAndSetBackMoveNoEvent(long seed) {
    Random random = new Random(seed);
    measureAndRead();
    for (int i = 0; i < 40; i++) {
      pass(60 + random.nextInt(3000));
      event(7036, new Meaning.Counted());
      set(
          random.nextBoolean()
              ? Duration.ZERO
              : Duration.ofSeconds(random.nextInt(10_000) - 5000L));
      pass(10);
      event(7036, new Meaning.Counted());
      if (random.nextInt(3) == 0) {
        measureAndRead();
      }
    }
  }

  @Test
  void eventOfAnImpossibleTimeIsNotBeforeItsPredecessor() {
    measureAndRead();
    pass(100);
    event(7036, new Meaning.Counted());
    ahead = Duration.ofDays(1);
    event(7036, new Meaning.Counted());
    pass(10);

    List<DatedEvent> dated = times.date(log, now, now, true);
    assertThat(dated.get(1).at()).isBetween(dated.get(0).at(), now);
    assertThat(dated.get(1).margin()).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  /** At each reading the times went back, and nothing says by how much the clock was set. */
  @Test
  void errorOfAClockThatWasNeverMeasuredStaysWithinTheTimeBetweenReadings() {
    times.date(List.of(), now, now, true);
    for (int i = 1; i <= 200; i++) {
      pass(30);
      event(7036, new Meaning.Counted());
      ahead = Duration.ofMinutes(-10L * i);
      event(7036, new Meaning.Counted());
      pass(30);
      List<DatedEvent> dated = times.date(log.subList(read, log.size()), now, now, true);
      read = log.size();

      DatedEvent last = dated.get(dated.size() - 1);
      assertThat(last.margin()).isLessThanOrEqualTo(Duration.ofSeconds(61));
      Instant wrote = now.minusSeconds(30);
      assertThat(last.at()).isBetween(wrote.minus(last.margin()), wrote.plus(last.margin()));
    }
  }

  /** The clock is taken for right where nothing was measured, however old the log is. */
  @Test
  void firstReadingWithoutAMeasurementMovesNoEvent() {
    event(7036, new Meaning.Counted());
    pass(10);
    ahead = Duration.ofMinutes(-1);
    event(7036, new Meaning.Counted());
    Instant shown = now.plus(ahead);
    pass(6 * 3600);

    List<DatedEvent> dated = times.date(log, now, now, true);
    assertThat(dated.get(1).at()).isEqualTo(shown.truncatedTo(ChronoUnit.SECONDS));
    assertThat(dated.get(1).margin()).isEqualTo(Duration.ofMinutes(1));
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private void set(Duration to) {
    Instant from = now.plus(ahead);
    ahead = to;
    event(1, new Meaning.ClockSet(from, now.plus(to)));
  }

  private void event(int id, Meaning meaning) {
    log.add(
        new LoggedEvent(
            "System",
            log.size() + 1L,
            now.plus(ahead).truncatedTo(ChronoUnit.SECONDS),
            "",
            id,
            LoggedEvent.Level.INFORMATION,
            meaning));
    written.add(now);
  }

  private void measureAndRead() {
    pass(5);
    times.measured(ahead, Duration.ofMillis(50), now.plus(ahead));
    List<DatedEvent> dated = times.date(log.subList(read, log.size()), now, now, true);
    for (int i = 0; i < dated.size(); i++) {
      assertThat(Duration.between(written.get(read + i), dated.get(i).at()).toMillis())
          .as("event %s of %s", dated.get(i), log.subList(read, log.size()))
          .isBetween(-2000L, 2000L);
    }
    read = log.size();
  }
}
