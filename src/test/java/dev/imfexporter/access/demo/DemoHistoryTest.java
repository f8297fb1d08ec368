package dev.imfexporter.access.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.EventLogReader;
import dev.imfexporter.access.EventLogReader.Direction;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.DialogueReading;
import dev.imfexporter.collector.DialogueTarget;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.collector.event.RoutineUpdates;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the demo host leaves behind: records, files, modules, and its answers on port 25. */
class DemoHistoryTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T03:00:00Z");
  private static final String QUEUE = "C:\\Program Files\\Exchsrvr\\Mailroot\\vsi 1\\Queue";

  private final Clock clock = new Clock();
  private final HostAccess host = DemoHost.play(clock, Duration.ZERO);

  private static final class Clock implements InstantSource {
    private Instant now = BEGAN;

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void recordsAreWholeNumberedAndTheSameAtAnyTime() throws Exception {
    at(9, 0);
    List<EventRecord> once = records();
    at(19, 0);
    List<EventRecord> later = records();

    assertThat(once.stream().map(EventRecord::number))
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, once.size()).boxed().toList());
    assertThat(later.subList(0, once.size())).isEqualTo(once);
    assertThat(later.size()).isGreaterThan(once.size());
    assertThat(once.stream().map(EventRecord::written)).isSorted();
  }

  @Test
  void theHaltIsToldWithItsControlsItsFailureAndTheUpdate() throws Exception {
    at(10, 0);
    List<LoggedEvent> events = events();

    assertThat(events.stream().map(LoggedEvent::meaning))
        .anyMatch(m -> m instanceof Meaning.Entered entered && entered.word().equals("stopped"))
        .anyMatch(m -> m instanceof Meaning.Failed f && f.failure() == Meaning.Failure.TERMINATED)
        .anyMatch(
            m ->
                m instanceof Meaning.Controlled c
                    && c.control().equals(Optional.of(Meaning.Control.START))
                    && c.user().orElse("").startsWith("S-1-5-21-"))
        .anyMatch(m -> m instanceof Meaning.UpdateStep)
        .anyMatch(m -> m instanceof Meaning.Booted);
  }

  @Test
  void messagesWaitInTheQueueFolderWhileSmtpIsDown() throws Exception {
    at(0, 10);
    int before = queue().size();
    at(3, 0);

    assertThat(queue()).hasSizeGreaterThan(before + 20);
    assertThat(queue().get(0).modified()).isBefore(clock.now);
  }

  @Test
  void smtpGreetsWhileItRunsAndRefusesOtherwise() throws Exception {
    at(0, 10);
    try (Tcp.Connection open = host.tcp().connect("", 25, Duration.ofSeconds(1))) {
      byte[] greeting = new byte[512];
      int read = open.in().read(greeting);
      assertThat(new String(greeting, 0, read, StandardCharsets.US_ASCII)).startsWith("220 exch01");
    }
    at(3, 0);
    assertThatThrownBy(() -> host.tcp().connect("", 25, Duration.ofSeconds(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("Connection refused");
  }

  @Test
  void smtpTakesMailOfItsOwnDomainAndRelaysForNoOther() throws Exception {
    at(0, 10);
    DialogueTarget target =
        new DialogueTarget(
            "SMTP 1",
            "",
            25,
            true,
            Map.of(Recipient.OWN, "info@example.net", Recipient.FOREIGN, "a@example.org"));

    Dialogue dialogue =
        new DialogueReading(
                List.of(target),
                new DialogueReading.Client("exch01", "mon", "", Duration.ofSeconds(5)),
                System::nanoTime)
            .take(host)
            .all()
            .get(0);

    assertThat(dialogue.failure()).isEmpty();
    assertThat(dialogue.verdict(Recipient.OWN)).contains(Verdict.ACCEPTED);
    assertThat(dialogue.verdict(Recipient.FOREIGN)).contains(Verdict.REFUSED);
    assertThat(dialogue.tls().map(SmtpTls::state)).contains(SmtpTls.State.ESTABLISHED);
    assertThat(dialogue.tls().flatMap(SmtpTls::certificate).orElseThrow().faults(BEGAN)).isEmpty();
    assertThat(dialogue.extensions()).contains("X-LINK2STATE", "STARTTLS").doesNotContain("OK");
  }

  @Test
  void thePlugInIsLoadedByTheProcessThatRuns() throws Exception {
    at(0, 10);
    long processId = host.services().status("IISADMIN").orElseThrow().processId();

    assertThat(host.modules().of(processId).stream().map(Modules.Module::path))
        .anyMatch(path -> path.endsWith("inetinfo.exe"))
        .anyMatch(path -> path.contains("Contoso"));
    assertThat(host.modules().of(processId + 4)).isEmpty();
  }

  private void at(int minutes, int seconds) {
    clock.now = BEGAN.plusSeconds(60L * minutes + seconds);
  }

  private List<Entry> queue() throws Exception {
    return host.files().sample(QUEUE, 10_000, Duration.ofSeconds(1)).orElseThrow().entries();
  }

  private List<EventRecord> records() throws Exception {
    List<EventRecord> records = new ArrayList<>();
    try (EventLogReader log = host.eventLog().open("System")) {
      long next = 1;
      byte[] answer = log.read(next, Direction.NEWER);
      while (answer.length > 0) {
        records.addAll(EventBytes.parse(answer));
        next = records.get(records.size() - 1).number() + 1;
        answer = log.read(next, Direction.NEWER);
      }
    }
    return records;
  }

  private List<LoggedEvent> events() throws Exception {
    EventsReading reading =
        new EventsReading(
            EventsReading.LOGS,
            log -> Optional.empty(),
            new EventDecoders(
                Module.DEFAULT.events().providers(), RoutineUpdates.SHIPPED, ServiceWords.NONE),
            Duration.ofDays(60),
            clock);
    Events read = reading.take(host);
    return read.logs().stream().flatMap(log -> log.events().stream()).toList();
  }
}
