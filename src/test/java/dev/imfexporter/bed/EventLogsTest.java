package dev.imfexporter.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.bed.EventLogs.Crash;
import dev.imfexporter.bed.EventLogs.Style;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the stand-in services write. Runs inside the Windows JVM and from Linux alike. */
@Tag("windows")
class EventLogsTest {
  private static final String SYSTEM = "System";
  private static final String SMTP = "Simple Mail Transfer Protocol (SMTP)";
  private static final List<String> SERVICES = List.of("IISADMIN", "SMTPSVC", "RESvc");
  private static final int ROUNDS = 5;

  private final WindowsBed bed = WindowsBed.open();
  private final EventLogs logs = bed.eventLogs();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    bed.reset();
  }

  @Test
  void aRestartOfAVistaStandsInTheLogWithNameAndState() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    bed.stop("SMTPSVC");
    bed.start("SMTPSVC");

    List<RecordedEvent> events = logs.read(SYSTEM);
    assertThat(events)
        .extracting(
            RecordedEvent::number,
            RecordedEvent::provider,
            RecordedEvent::id,
            RecordedEvent::strings,
            RecordedEvent::text)
        .containsExactly(
            tuple(1L, "Service Control Manager", 7036, List.of(SMTP, "stopped"), "SMTPSVC/1"),
            tuple(2L, "Service Control Manager", 7036, List.of(SMTP, "running"), "SMTPSVC/4"));
    assertThat(events)
        .allSatisfy(event -> assertThat(event.time()).isBetween(begin, Instant.now()));
  }

  @Test
  void aGerman2003HasWordsOnlyAndTellsWhatWasAsked() {
    logs.style(Style.WINDOWS_2003);
    logs.words("ausgef\u00fchrt", "beendet");
    bed.stop("SMTPSVC");
    bed.start("SMTPSVC");

    assertThat(logs.read(SYSTEM))
        .extracting(RecordedEvent::id, RecordedEvent::strings, RecordedEvent::text)
        .containsExactlyInAnyOrder(
            tuple(7035, List.of(SMTP, "stop"), ""),
            tuple(7036, List.of(SMTP, "beendet"), ""),
            tuple(7035, List.of(SMTP, "start"), ""),
            tuple(7036, List.of(SMTP, "ausgef\u00fchrt"), ""));
  }

  @Test
  void whatWentWrong() {
    bed.crash("SMTPSVC");
    logs.crash(Crash.RECOVERED);
    bed.crash("IISADMIN");
    bed.startMode("SMTPSVC", StartMode.MANUAL);

    assertThat(logs.read(SYSTEM))
        .extracting(RecordedEvent::id, event -> event.strings().size(), RecordedEvent::text)
        .containsExactly(
            tuple(7034, 2, "SMTPSVC"),
            tuple(7036, 2, "SMTPSVC/1"),
            tuple(7031, 5, "IISADMIN"),
            tuple(7036, 2, "IISADMIN/1"),
            tuple(7040, 4, ""));
  }

  @Test
  void nothingWhenDisabled() {
    logs.enabled(false);
    bed.stop("SMTPSVC");

    assertThat(logs.read(SYSTEM)).isEmpty();
  }

  @Test
  void resetEmptiesTheLogs() {
    bed.stop("SMTPSVC");
    logs.append("Application", BedEvent.error("SMTPSVC", 115));
    bed.reset();

    assertThat(logs.read(SYSTEM)).isEmpty();
    assertThat(logs.read("Application")).isEmpty();
  }

  @Test
  void ownEventsAClearAndAWrap() {
    logs.append(SYSTEM, BedEvent.information("EventLog", 6005).before(Duration.ofHours(1)), 3);
    logs.wrap(SYSTEM, 2);
    assertThat(logs.read(SYSTEM)).extracting(RecordedEvent::number).containsExactly(3L);
    assertThat(logs.read(SYSTEM).get(0).time())
        .isBetween(Instant.now().minusSeconds(3_660), Instant.now().minusSeconds(3_600));

    logs.clearAndGoOn(SYSTEM);
    logs.append(SYSTEM, BedEvent.information("A", 1).strings("x", "", "y z").dataText("d"));
    assertThat(logs.read(SYSTEM))
        .extracting(RecordedEvent::number, RecordedEvent::strings, RecordedEvent::text)
        .containsExactly(tuple(4L, List.of("x", "", "y z"), "d"));

    logs.clear(SYSTEM);
    logs.append(SYSTEM, BedEvent.information("A", 1));
    assertThat(logs.read(SYSTEM)).extracting(RecordedEvent::number).containsExactly(1L);
  }

  @Test
  void servicesThatWriteAtOnceLoseNothing() throws Exception {
    bed.start("RESvc");
    ExecutorService pool = Executors.newFixedThreadPool(SERVICES.size());
    try {
      List<Future<?>> restarts = new ArrayList<>();
      for (String service : SERVICES) {
        restarts.add(pool.submit(() -> restart(service)));
      }
      for (Future<?> restart : restarts) {
        restart.get();
      }
    } finally {
      pool.shutdownNow();
    }

    List<RecordedEvent> events = logs.read(SYSTEM);
    Map<String, Integer> logged = new HashMap<>();
    for (LoggedStatus status : bed.serviceLog()) {
      if (status.state() == ServiceState.RUNNING || status.state() == ServiceState.STOPPED) {
        int number = status.state() == ServiceState.RUNNING ? 4 : 1;
        logged.merge(status.service() + "/" + number, 1, Integer::sum);
      }
    }
    Map<String, Integer> recorded = new HashMap<>();
    events.forEach(event -> recorded.merge(event.text(), 1, Integer::sum));
    assertThat(recorded).isEqualTo(logged).hasSize(2 * SERVICES.size());
    assertThat(events)
        .extracting(RecordedEvent::number)
        .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  private void restart(String service) {
    for (int round = 0; round < ROUNDS; round++) {
      bed.stop(service);
      bed.start(service);
    }
  }
}
