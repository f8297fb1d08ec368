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
