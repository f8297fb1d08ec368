package dev.imfexporter.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewestEventsTest {
  private static final Instant DAY = Instant.parse("2026-11-22T03:00:00Z");

  private final NewestEvents newest = new NewestEvents();

  @Test
  void ofAFloodTheNewestAreKeptAndNoOtherEventIsLost() {
    newest.add(event("System", 7, "Service Control Manager", new Meaning.Counted()));
    for (int i = 1; i <= 5_000; i++) {
      newest.add(event("Application", i, "SMTPSVC", new Meaning.Counted()));
    }

    DayEvents.Read read = newest.read();
    assertThat(read.leftOut()).isEqualTo(3_001);
    assertThat(read.events()).hasSize(2_000);
    assertThat(read.events()).extracting(LoggedEvent::provider).contains("Service Control Manager");
    assertThat(read.events().get(1_999).record()).isEqualTo(5_000);
    assertThat(read.events()).extracting(LoggedEvent::written).isSorted();
  }

  @Test
  void longTextsTakeNoMoreRoomThanShortOnes() {
    Meaning announced =
        new Meaning.UpdatesAnnounced(
            Collections.nCopies(50, new Meaning.Announced(Optional.empty(), "x".repeat(500))));
    for (int i = 1; i <= 500; i++) {
      newest.add(event("System", i, "SMTPSVC", announced));
    }
    Meaning monster =
        new Meaning.Failed(
            new Meaning.Named("x".repeat(2_000_000), false), Meaning.Failure.TERMINATED);
    newest.add(event("System", 501, "Service Control Manager", monster));

    DayEvents.Read read = newest.read();
    assertThat(read.leftOut()).isEqualTo(501L - read.events().size());
    assertThat(read.events()).extracting(LoggedEvent::record).endsWith(500L);
    assertThat(read.events().stream().mapToLong(event -> event.toString().length()).sum())
        .isBetween(1_000_000L, 1L << 20);
  }

  @Test
  void anOrdinaryDayIsKeptWhole() {
    List<LoggedEvent> day =
        List.of(
            event("System", 1, "SMTPSVC", new Meaning.Counted()),
            event("System", 2, "SMTPSVC", new Meaning.Booted()));
    day.forEach(newest::add);

    assertThat(newest.read()).isEqualTo(new DayEvents.Read(day));
  }

  private static LoggedEvent event(String log, int number, String provider, Meaning meaning) {
    return new LoggedEvent(
        log, number, DAY.plusSeconds(number), provider, 4006, LoggedEvent.Level.WARNING, meaning);
  }
}
