package dev.imfexporter.watch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events.Interruption;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.model.BindFailureCount;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.EventHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventCounterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");

  private final EventCounter ledger = new EventCounter();

  @Test
  void countsByProviderIdAndLevelWhatIsToBeCounted() {
    read(event(1, "SMTPSVC", 4000), event(2, "SMTPSVC", 4000), event(3, "Other", 4000));

    assertThat(ledger.history().events())
        .containsExactly(new EventHistory.Events("System", "SMTPSVC", 4000, Level.WARNING, 2));
    assertThat(ledger.cursor("System")).contains(new EventCursor(3, NOW.plusSeconds(3)));
    assertThat(ledger.cursor("Application")).isEmpty();
  }

  @Test
  void failuresCountForWatchedServicesOnly() {
    Meaning admin = new Meaning.Failed(new Named("IIS Admin Service", false), Failure.TERMINATED);
    Meaning other = new Meaning.Failed(new Named("Spooler", true), Failure.TERMINATED);
    read(event(1, 7031, admin), event(2, 7031, admin), event(3, 7034, other));

    assertThat(ledger.history().failures())
        .containsExactly(new EventHistory.Failures("IISADMIN", 7031, 2));
  }

  @Test
  void bindFailuresCountByVirtualServer() {
    read(event(1, 115, new Meaning.BindFailed("SMTP 1")));

    assertThat(ledger.history().bindFailures()).containsExactly(new BindFailureCount("SMTP 1", 1));
  }

  @Test
  void virtualServersThatCouldNotBindAreBoundedAlsoInAReplay() {
    for (int i = 0; i < 300; i++) {
      read(event(i + 1, 115, new Meaning.BindFailed("vsi " + i)));
    }

    EventCounter replayed = new EventCounter();
    ledger.snapshot().forEach(fact -> replayed.replay((EventFact.LogRead) fact));

    assertThat(ledger.history().bindFailures())
        .hasSize(65)
        .contains(new BindFailureCount("other", 300 - 64), new BindFailureCount("vsi 63", 1));
    assertThat(replayed.history()).isEqualTo(ledger.history());
  }

  @Test
  void lossesAreCountedWithTheTimeTheyWereFound() {
    LogRead cleared =
        new LogRead("System", Optional.empty(), Optional.of(Interruption.CLEARED), true, List.of());
    ledger.observe(cleared, e -> true, n -> Optional.empty(), 0, NOW);
    ledger.observe(cleared, e -> true, n -> Optional.empty(), 2, NOW.plusSeconds(9));

    assertThat(ledger.history().logs())
        .containsExactly(new EventHistory.Log("System", 2, Optional.of(NOW.plusSeconds(9)), 2));
  }

  @Test
  void whatBringsNothingIsNoFact() {
    read(event(1, "SMTPSVC", 4000));
    LogRead nothing =
        new LogRead(
            "System",
            Optional.of(new EventCursor(1, NOW.plusSeconds(1))),
            Optional.empty(),
            true,
            List.of());

    assertThat(ledger.observe(nothing, e -> true, n -> Optional.empty(), 0, NOW)).isEmpty();
  }

  @Test
  void kindsBeyondTheBoundAreCountedTogether() {
    List<LoggedEvent> many = new ArrayList<>();
    for (int id = 0; id < 400; id++) {
      many.add(event(id, "SMTPSVC", id));
    }
    read(many.toArray(LoggedEvent[]::new));

    assertThat(ledger.history().events()).hasSize(301);
    assertThat(ledger.history().events())
        .contains(
            new EventHistory.Events("System", "SMTPSVC", EventHistory.OTHER, Level.WARNING, 100));
  }

  @Test
  void theNewestClueOfAKindIsKept() {
    clue(event(1, 4006, new Meaning.ClueGiven(Clue.DNS_FAILED, "a.example", "An old one")));
    clue(event(2, 4006, new Meaning.ClueGiven(Clue.LOGIN_REFUSED, "b.example", "AUTH")));
    clue(event(3, 4000, new Meaning.ClueGiven(Clue.DNS_FAILED, "c.example", "A new one")));
    clue(event(4, 115, new Meaning.BindFailed("SMTP 1")));
    clue(event(5, 429, new Meaning.BindFailed("SMTP 2")));

    assertThat(ledger.history().clues())
        .containsExactly(
            seen(Clue.LOGIN_REFUSED, "SMTPSVC 4006", "b.example", "AUTH", 2),
            seen(Clue.DNS_FAILED, "SMTPSVC 4000", "c.example", "A new one", 3),
            seen(Clue.PORT_TAKEN, "SMTPSVC 115", "SMTP 1", "", 4));
    EventCounter summed = new EventCounter();
    ledger.snapshot().forEach(fact -> summed.replay((EventFact.LogRead) fact));
    assertThat(summed.history()).isEqualTo(ledger.history());
  }

  private void clue(LoggedEvent event) {
    ledger.clue(event, event.written());
    assertThat(read(event).clues()).hasSizeLessThanOrEqualTo(1);
  }

  private static ClueSeen seen(Clue clue, String event, String about, String reason, long at) {
    return new ClueSeen(clue, event, about, reason, NOW.plusSeconds(at));
  }

  @Test
  void factsAndTheirSummaryMakeTheSameLedger() {
    List<EventFact.LogRead> facts = new ArrayList<>();
    facts.add(read(event(1, "SMTPSVC", 4000), event(2, 115, new Meaning.BindFailed("SMTP 1"))));
    facts.add(
        read(
            event(
                3,
                7031,
                new Meaning.Failed(new Named("IIS Admin Service", false), Failure.TERMINATED))));

    EventCounter again = new EventCounter();
    facts.forEach(again::replay);
    facts.forEach(again::replay);
    EventCounter summed = new EventCounter();
    ledger.snapshot().forEach(fact -> summed.replay((EventFact.LogRead) fact));

    assertThat(again.history()).isEqualTo(ledger.history());
    assertThat(summed.history()).isEqualTo(ledger.history());
    assertThat(summed.cursor("System")).isEqualTo(ledger.cursor("System"));
  }

  private EventFact.LogRead read(LoggedEvent... events) {
    LoggedEvent last = events[events.length - 1];
    LogRead read =
        new LogRead(
            "System",
            Optional.of(new EventCursor(last.record(), last.written())),
            Optional.empty(),
            true,
            List.of(events));
    return ledger
        .observe(
            read,
            event -> event.provider().equals("SMTPSVC"),
            named ->
                named.name().equals("IIS Admin Service")
                    ? Optional.of("IISADMIN")
                    : Optional.empty(),
            0,
            NOW)
        .orElseThrow();
  }

  private static LoggedEvent event(long record, String provider, int id) {
    return new LoggedEvent(
        "System",
        record,
        NOW.plusSeconds(record),
        provider,
        id,
        Level.WARNING,
        new Meaning.Counted());
  }

  private static LoggedEvent event(long record, int id, Meaning meaning) {
    return new LoggedEvent(
        "System",
        record,
        NOW.plusSeconds(record),
        id < 7000 ? "SMTPSVC" : "Service Control Manager",
        id,
        Level.ERROR,
        meaning);
  }
}
