package dev.imfexporter.collector.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.FakeEventLog;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.Interruption;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Result;
import dev.imfexporter.config.Module;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsReadingTest {
  private static final String SYSTEM = "System";
  private static final String APPLICATION = "Application";
  private static final Instant NOW = Instant.parse("2026-03-11T03:00:00Z");
  private static final Win32Error DENIED =
      new Win32Error("OpenEventLog Application", Win32Error.ACCESS_DENIED, "Access is denied");

  private final FakeEventLog logs = new FakeEventLog();
  private Instant now = NOW;
  private EventsReading reading = readingFrom(Optional.empty());

  @Test
  void readsForwardAndHandsOutEachEventOnce() throws AccessException {
    write(NOW.minusSeconds(60), NOW.minusSeconds(50));
    LogRead first = system();
    assertThat(first.events()).extracting(LoggedEvent::record).containsExactly(1L, 2L);
    assertThat(first.complete()).isTrue();
    assertThat(first.cursor()).contains(new EventCursor(2, NOW.minusSeconds(50)));
    assertThat(system().events()).isEmpty();

    write(NOW.minusSeconds(5));
    assertThat(system().events())
        .containsExactly(
            new LoggedEvent(
                SYSTEM,
                3,
                NOW.minusSeconds(5),
                "EventLog",
                6005,
                LoggedEvent.Level.INFORMATION,
                new Meaning.Booted()));
    assertThat(logs.opened()).isZero();
  }

  @Test
  void passesOverWhatDoesNotMatter() throws AccessException {
    logs.write(SYSTEM, EventBytes.of("Tcpip", 4201).at(NOW));
    logs.write(SYSTEM, EventBytes.of("SMTPSVC", 4000).at(NOW).type(99));
    LogRead read = system();
    assertThat(read.cursor()).contains(new EventCursor(2, NOW));
    assertThat(read.events())
        .extracting(LoggedEvent::record, LoggedEvent::level)
        .containsExactly(tuple(2L, LoggedEvent.Level.INFORMATION));
  }

  @Test
  void keepsTheNewestRecordsOfOtherMakersInTheApplicationLog() throws AccessException {
    for (int i = 1; i <= 50; i++) {
      logs.write(
          APPLICATION, EventBytes.of("Contoso Mail Scanner", i).at(NOW.minusSeconds(60 - i)));
      logs.write(APPLICATION, EventBytes.of("MSExchangeSA", i).at(NOW.minusSeconds(60 - i)));
    }
    logs.write(SYSTEM, EventBytes.of("Contoso Driver", 1).at(NOW));
    Events read = reading.take(logs.host());

    assertThat(read.logs().get(0).events()).isEmpty();
    assertThat(read.logs().get(1).events())
        .hasSize(20)
        .allMatch(event -> event.meaning() instanceof Meaning.OtherMaker)
        .allMatch(event -> event.provider().equals("Contoso Mail Scanner"))
        .extracting(LoggedEvent::id)
        .startsWith(31)
        .endsWith(50);
  }

  @Test
  void keepsTheLastRecordBeforeABootOfAnyProvider() throws AccessException {
    logs.write(SYSTEM, EventBytes.of("Tcpip", 4201).at(NOW.minusSeconds(900)));
    logs.write(SYSTEM, EventBytes.of("Tcpip", 4202).at(NOW.minusSeconds(600)));
    write(NOW.minusSeconds(60), NOW.minusSeconds(59));
    assertThat(system().events())
        .extracting(LoggedEvent::record, LoggedEvent::written, LoggedEvent::meaning)
        .containsExactly(
            tuple(2L, NOW.minusSeconds(600), new Meaning.LastBeforeBoot()),
            tuple(3L, NOW.minusSeconds(60), new Meaning.Booted()),
            tuple(4L, NOW.minusSeconds(59), new Meaning.Booted()));
  }

  @Test
  void lastRecordBeforeABootMayHaveBeenReadBefore() throws AccessException {
    logs.write(SYSTEM, EventBytes.of("Tcpip", 4201).at(NOW.minusSeconds(600)));
    assertThat(system().events()).isEmpty();
    write(NOW.minusSeconds(60));
    assertThat(system().events())
        .extracting(LoggedEvent::record, LoggedEvent::meaning)
        .containsExactly(tuple(1L, new Meaning.LastBeforeBoot()), tuple(2L, new Meaning.Booted()));
    write(NOW.minusSeconds(50));
    assertThat(system().events()).extracting(LoggedEvent::record).containsExactly(3L);
  }

  @Test
  void goesOnFromTheCursorOfAnEarlierRun() throws AccessException {
    write(NOW.minusSeconds(30), NOW.minusSeconds(20), NOW.minusSeconds(10));
    reading = readingFrom(Optional.of(new EventCursor(2, NOW.minusSeconds(20))));
    LogRead read = system();
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(3L);
    assertThat(read.interruption()).isEmpty();
  }

  @Test
  void beginsNoFurtherBackThanItMay() throws AccessException {
    logs.answerBytes(300);
    for (int day = 30; day > 0; day--) {
      write(NOW.minus(Duration.ofDays(day)));
    }
    assertThat(system().events())
        .as("seven days back from the newest record, which is a day old")
        .extracting(LoggedEvent::record)
        .containsExactly(23L, 24L, 25L, 26L, 27L, 28L, 29L, 30L);
  }

  @ParameterizedTest
  @ValueSource(longs = {40, -40, 5 * 3600, -11 * 3600})
  void doesNotMindAWrongClock(long secondsAhead) throws AccessException {
    Instant hostNow = NOW.plusSeconds(secondsAhead);
    for (int day = 30; day > 0; day--) {
      write(hostNow.minus(Duration.ofDays(day)).plusSeconds(60));
    }
    int found = system().events().size();
    assertThat(found).isBetween(7, 8);
    write(hostNow);
    LogRead read = system();
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(31L);
    assertThat(read.interruption()).isEmpty();
  }

  @Test
  void findsItsBeginningThoughTheClockJumpedBackAndForth() throws AccessException {
    logs.answerBytes(1000);
    for (int i = 0; i < 200; i++) {
      Instant odd = i % 10 == 3 ? Instant.EPOCH : NOW.plus(Duration.ofDays(3650));
      write(i % 5 == 3 ? odd : NOW.minusSeconds(200 - i));
    }
    List<LoggedEvent> events = system().events();
    assertThat(events).hasSize(200);
    write(NOW.minus(Duration.ofDays(400)));
    assertThat(system().events()).extracting(LoggedEvent::record).containsExactly(201L);
  }

  @Test
  void findsItsBeginningWhenTheNewestRecordIsFromTheFuture() throws AccessException {
    write(NOW.minus(Duration.ofDays(20)), NOW.minusSeconds(20));
    write(NOW.plus(Duration.ofDays(3650)));
    assertThat(system().events()).extracting(LoggedEvent::record).contains(2L, 3L);
  }

  @Test
  void anEmptyLogIsNoTrouble() throws AccessException {
    LogRead read = system();
    assertThat(read)
        .isEqualTo(new LogRead(SYSTEM, Optional.empty(), Optional.empty(), true, List.of()));
    write(NOW);
    assertThat(system().events()).hasSize(1);
  }

  @Test
  void tellsAClearedLogByItsNumbers() throws AccessException {
    write(NOW.minusSeconds(30), NOW.minusSeconds(20), NOW.minusSeconds(10));
    system();
    logs.clear(SYSTEM);
    write(NOW.minusSeconds(5));
    LogRead read = system();
    assertThat(read.interruption()).contains(Interruption.CLEARED);
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(1L);
    assertThat(system().interruption()).isEmpty();
  }

  @Test
  void tellsAClearedLogByTheTimeOfTheSameNumber() throws AccessException {
    write(NOW.minusSeconds(30), NOW.minusSeconds(20));
    system();
    logs.clear(SYSTEM);
    write(NOW.minusSeconds(9), NOW.minusSeconds(8), NOW.minusSeconds(7));
    LogRead read = system();
    assertThat(read.interruption()).contains(Interruption.CLEARED);
    assertThat(read.events()).hasSize(3);
  }

  @Test
  void tellsAClearedLogByItsEmptiness() throws AccessException {
    write(NOW);
    system();
    logs.clear(SYSTEM);
    LogRead read = system();
    assertThat(read.interruption()).contains(Interruption.CLEARED);
    assertThat(read.cursor()).isEmpty();
    assertThat(system().interruption()).as("told once").isEmpty();
  }

  @Test
  void tellsALogThatWrapped() throws AccessException {
    write(NOW.minusSeconds(30), NOW.minusSeconds(20));
    system();
    write(NOW.minusSeconds(9), NOW.minusSeconds(8), NOW.minusSeconds(7));
    logs.wrap(SYSTEM, 3);
    LogRead read = system();
    assertThat(read.interruption()).contains(Interruption.WRAPPED);
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(4L, 5L);
    assertThat(system().interruption()).isEmpty();
  }

  @Test
  void aLogThatLostOnlyWhatWasReadIsWhole() throws AccessException {
    write(NOW.minusSeconds(30), NOW.minusSeconds(20));
    system();
    write(NOW.minusSeconds(9));
    logs.wrap(SYSTEM, 2);
    LogRead read = system();
    assertThat(read.interruption()).isEmpty();
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(3L);
  }

  @Test
  void tellsALogThatWrapsWhileItIsRead() throws AccessException {
    logs.answerBytes(1);
    for (int i = 0; i < 10; i++) {
      write(NOW.minusSeconds(100 - i));
    }
    reading = readingFrom(Optional.of(new EventCursor(2, NOW.minusSeconds(99))));
    int before = logs.reads();
    logs.beforeRead(
        SYSTEM,
        () -> {
          if (logs.reads() == before + 4) {
            logs.wrap(SYSTEM, 7);
          }
        });
    LogRead read = system();
    assertThat(read.interruption()).contains(Interruption.WRAPPED);
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(3L, 4L, 8L, 9L, 10L);
    assertThat(read.complete()).isTrue();
  }

  @Test
  void readsOnceMoreALogThatChangedUnderIt() throws AccessException {
    logs.answerBytes(1);
    write(NOW.minusSeconds(9), NOW.minusSeconds(8), NOW.minusSeconds(7));
    reading = readingFrom(Optional.of(new EventCursor(1, NOW.minusSeconds(9))));
    logs.failOnce(SYSTEM, 2, FakeEventLog.FILE_CHANGED);
    LogRead read = system();
    assertThat(read.failure()).isEmpty();
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(2L, 3L);
    assertThat(logs.opened()).isZero();
  }

  @Test
  void readsALongLogInPieces() throws AccessException {
    for (int i = 0; i < 50_000; i++) {
      logs.write(SYSTEM, EventBytes.of("SMTPSVC", 4000).at(NOW.minusSeconds(50_000 - i)));
    }
    List<Long> records = new ArrayList<>();
    int pieces = 0;
    LogRead read;
    do {
      read = system();
      assertThat(read.events()).hasSizeLessThan(21_000);
      read.events().forEach(event -> records.add(event.record()));
      pieces++;
    } while (!read.complete());
    assertThat(pieces).isEqualTo(3);
    assertThat(records).hasSize(50_000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void longTextsMakeAPieceEndBeforeItsLastRecord() throws AccessException {
    String text = "x".repeat(30_000);
    for (int i = 0; i < 40; i++) {
      logs.write(SYSTEM, EventBytes.of("SMTPSVC", 4000).strings(text).at(NOW.minusSeconds(40 - i)));
    }
    reading = readingFrom(Optional.empty()).in(EventsReading.Piece.SMALL);

    LogRead read = system();
    assertThat(read.complete()).isFalse();
    assertThat(read.events()).hasSizeBetween(16, 19);
    while (!read.complete()) {
      read = system();
    }
    assertThat(read.events()).extracting(LoggedEvent::record).endsWith(40L);
  }

  @Test
  void takesAtLeastOneAnswerHoweverSlowTheHostIs() throws AccessException {
    logs.answerBytes(1);
    write(NOW.minusSeconds(30), NOW.minusSeconds(20), NOW.minusSeconds(10));
    logs.beforeRead(SYSTEM, () -> now = now.plusSeconds(60));
    List<Long> records = new ArrayList<>();
    LogRead read;
    int pieces = 0;
    do {
      read = system();
      read.events().forEach(event -> records.add(event.record()));
      pieces++;
    } while (!read.complete() && pieces < 20);
    assertThat(records).containsExactly(1L, 2L, 3L);
    assertThat(pieces).as("each search and each read is a piece").isBetween(3, 10);
  }

  @Test
  void aLogThatIsClosedToUsDoesNotHideTheOther() throws AccessException {
    write(NOW);
    logs.fail(APPLICATION, Optional.of(new CallFailed(DENIED)));
    Events events = reading.take(logs.host());
    assertThat(events.logs().get(0).events()).hasSize(1);
    assertThat(events.logs().get(1).failure())
        .contains(
            new Result.Failed<>(
                "OpenEventLog Application failed: Access is denied (5)", ErrorReason.RIGHTS));
    assertThat(events.logs().get(1).complete()).isTrue();
    assertThat(new Result.Ok<>(events).reason())
        .contains(
            "The log Application could not be read: OpenEventLog Application failed: Access is"
                + " denied (5)");
    assertThat(new Result.Ok<>(events).errorReason()).contains(ErrorReason.RIGHTS);

    logs.fail(APPLICATION, Optional.empty());
    logs.write(APPLICATION, EventBytes.of("SMTPSVC", 115).strings("1").at(NOW));
    events = reading.take(logs.host());
    assertThat(events.logs().get(1).events()).hasSize(1);
    assertThat(new Result.Ok<>(events).reason()).isEmpty();
    assertThat(new Result.Ok<>(events).errorReason()).isEmpty();
  }

  @Test
  void failsWhenNoLogCanBeReadAndHasNotMovedOn() throws AccessException {
    write(NOW.minusSeconds(10));
    system();
    write(NOW);
    logs.fail(SYSTEM, Optional.of(new CallFailed(DENIED)));
    logs.fail(APPLICATION, Optional.of(new CallFailed(DENIED)));
    assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> reading.take(logs.host()));
    logs.fail(SYSTEM, Optional.empty());
    assertThat(system().events()).extracting(LoggedEvent::record).containsExactly(2L);
  }

  @Test
  void whatWasReadBeforeAFailureCounts() throws AccessException {
    logs.answerBytes(1);
    write(NOW.minusSeconds(9), NOW.minusSeconds(8), NOW.minusSeconds(7));
    reading = readingFrom(Optional.of(new EventCursor(1, NOW.minusSeconds(9))));
    logs.failOnce(SYSTEM, 2, Win32Error.ACCESS_DENIED);
    LogRead read = system();
    assertThat(read.events()).extracting(LoggedEvent::record).containsExactly(2L);
    assertThat(read.failure()).isPresent();
    assertThat(system().events()).extracting(LoggedEvent::record).containsExactly(3L);
  }

  @Test
  void passesOverADamagedRecordWhereverItIs() throws AccessException {
    for (int damaged = 2; damaged <= 4; damaged++) {
      for (int field : new int[] {0, 4, 36, 40}) {
        FakeEventLog log = new FakeEventLog();
        EventBytes event = EventBytes.of("SMTPSVC", 115).strings("1").at(NOW);
        for (int i = 0; i < 4; i++) {
          log.write(SYSTEM, event);
        }
        byte[] bytes = event.number(damaged).toArray();
        bytes[field] = (byte) 0xFF;
        bytes[field + 1] = (byte) 0xFF;
        log.damage(SYSTEM, damaged, bytes);
        EventsReading fresh = readingFrom(Optional.empty());
        LogRead read = fresh.take(log.host()).logs().get(0);
        assertThat(read.events()).as("%d damaged at %d", damaged, field).hasSize(3);
        assertThat(read.damaged()).isEqualTo(1);
        assertThat(read.complete()).isTrue();
        LogRead again = fresh.take(log.host()).logs().get(0);
        assertThat(again.damaged()).as("counted once, in total").isEqualTo(1);
        assertThat(again.interruption()).isEmpty();
        log.write(SYSTEM, event);
        assertThat(fresh.take(log.host()).logs().get(0).events()).hasSize(1);
      }
    }
  }

  @Test
  void aDamagedNumberIsNoCursor() throws AccessException {
    write(NOW.minusSeconds(9), NOW.minusSeconds(8));
    logs.damage(SYSTEM, 2, EventBytes.of("EventLog", 6005).number(4_000_000_000L).toArray());
    LogRead read = system();
    assertThat(read.cursor()).contains(new EventCursor(1, NOW.minusSeconds(9)));
    assertThat(read.damaged()).isEqualTo(1);
  }

  @Test
  void damagedRecordsAreCountedSinceTheStartAndReported() throws AccessException {
    damage(1);
    Events first = reading.take(logs.host());
    damage(2);
    damage(3);
    assertThat(reading.take(logs.host()).logs().get(1).damaged()).isEqualTo(3);
    Events last = reading.take(logs.host());

    assertThat(first.logs().get(1).damaged()).isEqualTo(1);
    assertThat(new Result.Ok<>(first).reason())
        .contains("The log Application has 1 damaged record, which was passed over");
    assertThat(last.logs().get(1).damaged()).isEqualTo(3);
    assertThat(new Result.Ok<>(last).reason())
        .contains("The log Application has 3 damaged records, which were passed over");
    assertThat(new Result.Ok<>(last).errorReason()).as("nothing to repair here").isEmpty();
  }

  private void damage(int record) {
    EventBytes event = EventBytes.of("SMTPSVC", 115).strings("1").at(NOW);
    logs.write(APPLICATION, event);
    byte[] bytes = event.number(record).toArray();
    bytes[36] = (byte) 0xFF;
    bytes[37] = (byte) 0xFF;
    logs.damage(APPLICATION, record, bytes);
  }

  private void write(Instant... times) {
    for (Instant time : times) {
      logs.write(SYSTEM, EventBytes.of("EventLog", 6005).at(time));
    }
  }

  private LogRead system() throws AccessException {
    return reading.take(logs.host()).logs().get(0);
  }

  private EventsReading readingFrom(Optional<EventCursor> cursor) {
    return new EventsReading(
        EventsReading.LOGS,
        log -> log.equals(SYSTEM) ? cursor : Optional.empty(),
        new EventDecoders(
            Module.DEFAULT.events().providers(), RoutineUpdates.SHIPPED, ServiceWords.NONE),
        Module.DEFAULT.events().lookback(),
        () -> now);
  }
}
