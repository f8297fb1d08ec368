package dev.imfexporter.bench;

import dev.imfexporter.access.FakeEventLog;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.collector.event.RoutineUpdates;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.Module;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.watch.Observation;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long a start takes that has much to catch up: 100,000 records of an event log, and a journal
 * of 10,000 outages. Run by {@code bin/bench --catch-up}; each number is told as a ratio to the
 * mere decoding or reading of the same bytes.
 */
public final class CatchUp {
  private static final int RECORDS = 100_000;
  private static final int OUTAGES = 10_000;
  private static final int ROUNDS = 5;

  private CatchUp() {}

  public static void main(String[] args) throws Exception {
    FakeEventLog log = log();
    List<byte[]> bytes = bytes();
    for (int round = 1; round <= ROUNDS; round++) {
      long decoding = nanos(() -> decode(bytes));
      long events = nanos(() -> catchUp(log.host()));
      Path folder = Files.createTempDirectory("catch-up");
      List<Fact> facts = facts();
      long writing = nanos(() -> keep(folder, facts));
      long reading = nanos(() -> JournalReader.read(folder, "mail01"));
      long size = size(folder);
      long replaying = nanos(() -> replay(folder));
      System.out.println(
          String.format(
              Locale.ROOT,
              "round %d: %,d records %,d ms (%.1f x decoding, %,d ms); journal of %,d outages: read"
                  + " and replayed %,d ms (%.1f x reading, %,d ms), written %,d ms, %d bytes each",
              round,
              RECORDS,
              events / 1_000_000,
              (double) events / decoding,
              decoding / 1_000_000,
              OUTAGES,
              replaying / 1_000_000,
              (double) replaying / reading,
              reading / 1_000_000,
              writing / 1_000_000,
              size / OUTAGES));
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static long nanos(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return System.nanoTime() - begin;
  }

  private static void decode(List<byte[]> all) throws Exception {
    for (byte[] each : all) {
      EventBytes.parse(each);
    }
  }

  /** A restart of SMTP at every tenth record; the rest is the noise of other services. */
  private static EventBytes record(int i, Instant begin) {
    Instant at = begin.plusSeconds(i * 5L);
    if (i % 10 == 0) {
      boolean stop = i % 20 == 0;
      return EventBytes.entered2022(
              "Simple Mail Transfer Protocol (SMTP)",
              stop ? "stopped" : "running",
              "SMTPSVC/" + (stop ? 1 : 4))
          .at(at);
    }
    return EventBytes.entered2022("Windows Update", "running", "wuauserv/4").at(at);
  }

  private static Instant begin() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(RECORDS * 5L + 60);
  }

  private static FakeEventLog log() {
    FakeEventLog log = new FakeEventLog();
    Instant begin = begin();
    for (int i = 0; i < RECORDS; i++) {
      log.write("System", record(i, begin));
    }
    return log;
  }

  private static List<byte[]> bytes() {
    List<byte[]> all = new ArrayList<>();
    Instant begin = begin();
    for (int i = 0; i < RECORDS; i++) {
      all.add(record(i, begin).number(i + 1L).toArray());
    }
    return all;
  }

  private static void catchUp(HostAccess host) throws Exception {
    ObservedState state = ObservedState.begin(true, new ArrayList<>(), now());
    ServiceStatus running = new ServiceStatus(ServiceState.RUNNING, 0, 0, 1);
    Services services =
        new Services(List.of(new Service("SMTPSVC", Optional.of(running), Optional.empty())));
    state.step(new Observation.Polled(services, now(), now(), Set.of()));
    EventsReading reading =
        new EventsReading(
            EventsReading.LOGS,
            name -> Optional.empty(),
            new EventDecoders(
                Module.DEFAULT.events().providers(), RoutineUpdates.SHIPPED, ServiceWords.NONE),
            Duration.ofDays(30),
            InstantSource.system());
    do {
      state.step(new Observation.EventsRead(reading.take(host), now(), now()));
    } while (state.state().isCatchingUp());
    long restarts = state.service("SMTPSVC", now()).totals().restarts();
    if (restarts < RECORDS / 20 - 1) {
      throw new IllegalStateException("only " + restarts + " restarts were found");
    }
  }

  private static Moment now() {
    return TimeSource.system().now();
  }

  private static List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < OUTAGES; i++) {
      at = at.plusSeconds(600);
      facts.add(
          new ServiceFact.OutageSettled(
              new Outage(
                  "SMTPSVC",
                  i + 1,
                  at,
                  Optional.of(at.plusSeconds(12)),
                  Map.of(Phase.STOP, Duration.ofSeconds(2), Phase.START, Duration.ofSeconds(3)),
                  Set.of(Source.EVENT, Source.NOTIFICATION),
                  false,
                  false,
                  Optional.of(StartedBy.UNATTRIBUTED))));
    }
    return facts;
  }

  private static void keep(Path folder, List<Fact> facts) throws Exception {
    try (Journal journal = Journal.open(folder, TimeSource.system());
        FactStore store = journal.store("mail01")) {
      store.summary(() -> facts);
      store.keep(facts);
    }
  }

  private static void replay(Path folder) throws Exception {
    try (Journal journal = Journal.open(folder, TimeSource.system());
        FactStore store = journal.store("mail01")) {
      if (store.recovered().size() < OUTAGES) {
        throw new IllegalStateException("only " + store.recovered().size() + " facts were kept");
      }
      ObservedState state = ObservedState.begin(true, new ArrayList<>(store.recovered()), now());
      state.step(new Observation.Polled(new Services(List.of()), now(), now(), Set.of()));
    }
  }

  private static long size(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
