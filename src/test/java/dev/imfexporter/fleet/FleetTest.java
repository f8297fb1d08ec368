package dev.imfexporter.fleet;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.http.Watched.Target;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ObservedHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final String MODULE = "modules: { m: { retention_count: 20 } }\n";

  @TempDir private Path folder;
  private Path configFile;
  private Storage storage;
  private Fleet fleet;

  private final Map<String, String> unwritable = new ConcurrentHashMap<>();
  private final Set<String> unusable = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch disk = new CountDownLatch(1);
  private volatile boolean hangs;

  @BeforeEach
  void start() throws Exception {
    configFile = folder.resolve("imf.yml");
    configure("hosts: { a: { access: demo }, b: { access: demo, module: m } }");
    Config config = Configuration.read(ConfigFiles.of(configFile), null);
    TimeSource time = TimeSource.system();
    storage = Storage.open(folder.resolve("history"), ConfigFiles.of(configFile), config, time);
    fleet = Fleet.start(ConfigFiles.of(configFile), config, storage, run -> {}, time);
    fleet.open(() -> false);
  }

  @AfterEach
  void close() {
    fleet.close();
    storage.close();
  }

  @Test
  void hostsAreFoundByNameAndForPrometheus() {
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("a", "b");
    assertThat(fleet.host("b")).isPresent();
    assertThat(fleet.host("B")).isEqualTo(fleet.host("b"));
    assertThat(fleet.host("c")).isEmpty();
    assertThat(fleet.here()).isEmpty();
    assertThat(fleet.targets())
        .containsExactly(
            new Target("a", Map.of("access", "demo")),
            new Target("b", Map.of("access", "demo", "module", "m")));
    assertThat(fleet.host("a").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();
  }

  @Test
  void aReloadLeavesHostsAloneThatDidNotChange() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    ObservedHost b = fleet.host("b").orElseThrow();
    configure("hosts: { c: { access: demo }, b: { access: demo }, a: { access: demo } }");

    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("c", "b", "a");
    assertThat(fleet.host("a")).containsSame(a);
    assertThat(fleet.host("b").orElseThrow()).isNotSameAs(b);
    assertThat(fleet.host("b").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();

    configure("hosts: { a: { access: demo } }");
    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.here()).containsSame(a);
    assertThat(fleet.targets()).isEmpty();
    assertThat(fleet.host("c")).isEmpty();
  }

  /** Both names have one journal, so the first host has to be closed before the second opens. */
  @Test
  void aNameThatChangesItsCaseIsTheSameHost() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    assertThat(a.scrape(Duration.ofSeconds(20)).join().up()).isTrue();
    assertThat(fleet.recovered()).isZero();
    configure("hosts: { A: { access: demo }, b: { access: demo, module: m } }");

    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("A", "b");
    assertThat(fleet.host("a").orElseThrow()).isNotSameAs(a);
    assertThat(fleet.host("a").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();
    assertThat(fleet.recovered()).isPositive();
    assertThat(folder.resolve("history")).isDirectoryContaining("glob:**/host-a.jsonl");
    assertThat(folder.resolve("history")).isDirectoryNotContaining("glob:**/*~*");
  }

  @Test
  void whatIsWrongChangesNothing() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    String before = fleet.configuration();
    configure("hosts: { a: { access: demo }, c: { access: nowhere } }");
    assertThat(fleet.reload())
        .containsExactly(
            configFile
                + ":2: hosts.c.access: expected local, win32, smb or demo, found \"nowhere\"");
    assertThat(fleet.host("a")).containsSame(a);
    assertThat(fleet.configuration()).isEqualTo(before);

    configure("hosts: { a: { access: demo }, b: { access: demo, module: m } }");
    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.host("a")).containsSame(a);
  }

  @Test
  void saysOnceForEachReasonWhoseHistoryIsNotWritten() throws Exception {
    try (Fleet started = open()) {
      assertThat(started.unwritten()).isEmpty();
      assertThat(started.writable()).isTrue();

      unwritable.put("a", "/history: the disk is full, free some space");
      unwritable.put("b", "/history: the disk is full, free some space");

      assertThat(started.writable()).isFalse();
      assertThat(started.unwritten())
          .containsExactly(
              "The history of a, b is in memory only and is lost when imf-exporter ends, as it cannot"
                  + " be written to /history: the disk is full, free some space.");
    }
  }

  @Test
  void aHostThatADefectKeepsFromOpeningKeepsNoOtherFromIt() throws Exception {
    broken.add("b");
    try (LogCapture log = LogCapture.of(Fleet.class);
        Fleet started = open()) {
      assertThat(log.from(Level.SEVERE)).singleElement().asString().startsWith("hosts.b cannot");
      ObservedHost b = started.host("b").orElseThrow();
      HostSnapshot snapshot = b.scrape(Duration.ofSeconds(20)).join();
      assertThat(snapshot.up()).isFalse();
      assertThat(snapshot.collected().get(CollectorKey.SERVICES).result().reason())
          .contains(
              "hosts.b cannot be opened: java.lang.ArithmeticException: long overflow. Please"
                  + " report it, with the log");
      assertThat(started.hosts()).extracting(ObservedHost::name).containsExactly("a", "b");
      assertThat(scrape(started, "a").up()).isTrue();

      configure(
          "hosts: { a: { access: demo }, b: { access: demo, module: m }, c: { access: demo } }");
      assertThat(started.reload()).isEmpty();
      assertThat(scrape(started, "b").up()).isFalse();
      assertThat(scrape(started, "c").up()).isTrue();

      broken.clear();
      assertThat(started.reload()).isEmpty();
      assertThat(scrape(started, "b").up()).isTrue();
    }
  }

  @Test
  void aReloadThatFailsHalfWayLosesNoHost() throws Exception {
    SelfMetrics self = SelfMetrics.start(Build.of("1"));
    try (self;
        LogCapture log = LogCapture.of(Fleet.class);
        Fleet started = open()) {
      started.register(self);
      ObservedHost a = started.host("a").orElseThrow();
      ObservedHost b = started.host("b").orElseThrow();
      configure(
          "hosts: { a: { access: demo, module: m }, c: { access: demo }, b: { access: demo } }");
      broken.add("c");

      assertThat(started.reload())
          .containsExactly(
              "hosts.c cannot be opened: java.lang.ArithmeticException: long overflow. Please"
                  + " report it, with the log");
      assertThat(started.hosts()).containsExactly(a, b);
      assertThat(lastReload(self)).isEqualTo("0.0");
      assertThat(log.from(Level.SEVERE)).hasSize(2).allMatch(line -> line.contains("hosts.c"));
      assertThat(scrape(started, "a").up()).isTrue();
      assertThat(scrape(started, "b").up()).isTrue();

      broken.clear();
      assertThat(started.reload()).isEmpty();
      assertThat(started.hosts()).extracting(ObservedHost::name).containsExactly("a", "c", "b");
      assertThat(lastReload(self)).isEqualTo("1.0");
      assertThat(scrape(started, "a").up()).isTrue();
    }
  }

  /** The history of the new host is on a disk that hangs. */
  @Test
  @Timeout(60)
  void closingWaitsForNoReloadThatHangs() throws Exception {
    Fleet started = open();
    configure("hosts: { a: { access: demo }, c: { access: demo } }");
    hangs = true;
    CompletableFuture<List<String>> reload = CompletableFuture.supplyAsync(started::reload);
    hanging.await();

    started.close();

    assertThat(reload).isNotDone();
    disk.countDown();
    assertThat(reload.get()).containsExactly("the exporter is stopping");
    assertThat(closed).contains("c");
    assertThat(started.hosts()).extracting(ObservedHost::name).containsExactly("a", "b");
  }

  /** The reload under way has read the file as it was before. */
  @Test
  @Timeout(60)
  void aSignalDuringAReloadIsNotLost() throws Exception {
    try (Fleet started = open()) {
      configure("hosts: { a: { access: demo }, c: { access: demo } }");
      hangs = true;
      CompletableFuture<List<String>> reload = CompletableFuture.supplyAsync(started::reload);
      hanging.await();
      configure("hosts: { a: { access: demo }, d: { access: demo } }");
      List<Thread> signals =
          List.of(new Thread(started::reloadAfterOthers), new Thread(started::reloadAfterOthers));
      signals.forEach(Thread::start);
      await()
          .until(
              () ->
                  signals.stream()
                      .map(Thread::getState)
                      .collect(toSet())
                      .equals(Set.of(Thread.State.WAITING, Thread.State.TERMINATED)));
      assertThat(started.reload()).singleElement().asString().contains("another reload");

      disk.countDown();
      for (Thread signal : signals) {
        signal.join();
      }
      assertThat(reload.get()).isEmpty();
      assertThat(started.hosts()).extracting(ObservedHost::name).containsExactly("a", "d");
    }
  }

  /** The history of the first host is on a disk that hangs for a while. */
  @Test
  @Timeout(60)
  void hostsAreKnownBeforeTheyAreOpenAndAScrapeWaitsForThat() throws Exception {
    hangs = true;
    try (Fleet started = unopened()) {
      CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> open(started));
      hanging.await();
      assertThat(started.hosts()).extracting(ObservedHost::name).containsExactly("a", "b");
      ObservedHost b = started.host("b").orElseThrow();
      HostSnapshot late = b.scrape(Duration.ofMillis(1)).join();
      assertThat(late.up()).isFalse();
      assertThat(late.collected().get(CollectorKey.SERVICES).result().reason())
          .contains("Not read yet");
      CompletableFuture<HostSnapshot> waiting = b.scrape(Duration.ofSeconds(20));
      assertThat(waiting).isNotDone();

      disk.countDown();
      opening.get();
      assertThat(waiting.get().up()).isTrue();
      assertThat(scrape(started, "a").up()).isTrue();
      assertThat(started.host("b").orElseThrow()).isNotSameAs(b);
    }
  }

  @Test
  @Timeout(60)
  void hostsThatOpenWhileTheFleetIsClosedAreClosedToo() throws Exception {
    hangs = true;
    Fleet started = unopened();
    CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> open(started));
    hanging.await();

    started.close();
    disk.countDown();
    opening.get();

    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void hostsThatWereOpenedBeforeOneThatCannotBeAreClosed() throws Exception {
    configure(
        IntStream.range(0, 40)
            .mapToObj("h%d: { access: demo }"::formatted)
            .collect(Collectors.joining(", ", "hosts: { ", " }")));
    unusable.add("h1");
    try (Fleet started = unopened()) {
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> started.open(() -> false))
          .withMessageContaining(configFile.toString());
      assertThat(closed).containsExactly("h0");
    }
  }

  @Test
  void aHostIsLeftOutByWhichItIsAndNotByWhatItIs() throws Exception {
    HostConfig config = Configuration.read(ConfigFiles.of(configFile), null).hosts().get(0);
    Instant since = Instant.parse("2026-11-22T03:20:00Z");
    FleetHost kept = FleetHost.unopened(config, "broken", since);
    FleetHost other = new FleetHost(config, kept.opened(), kept.observed());

    assertThat(FleetState.without(List.of(kept, other), List.of(kept))).containsExactly(other);
    assertThat(other).isEqualTo(kept);
  }

  @Test
  void stoppingOpensNoFurtherHost() throws Exception {
    try (Fleet started = unopened()) {
      started.open(() -> true);
      assertThat(started.host("a").orElseThrow().scrape(Duration.ofMillis(1)).join().up())
          .isFalse();
    }
    assertThat(closed).isEmpty();
  }

  private Fleet open() throws Exception {
    Fleet opened = unopened();
    opened.open(() -> false);
    return opened;
  }

  private static void open(Fleet fleet) {
    try {
      fleet.open(() -> false);
    } catch (UsageException e) {
      throw new IllegalStateException(e);
    }
  }

  private Fleet unopened() throws Exception {
    Config config = Configuration.read(ConfigFiles.of(configFile), null);
    return new Fleet(
        ConfigFiles.of(configFile), config, this::history, run -> {}, TimeSource.system());
  }

  private FactStore history(HostConfig host) throws StorageException {
    if (unusable.contains(host.name())) {
      // A file, where no folder can be made.
      Journal.open(configFile, TimeSource.system()).close();
    }
    if (hangs) {
      hanging.countDown();
      try {
        disk.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return new History(host.name());
  }

  /** Its facts of earlier runs show a defect while the host is broken. */
  private final class History implements FactStore {
    private final String host;

    History(String host) {
      this.host = host;
    }

    @Override
    public List<Fact> recovered() {
      if (broken.contains(host)) {
        throw new ArithmeticException("long overflow");
      }
      return List.of();
    }

    @Override
    public void keep(List<Fact> facts) {}

    @Override
    public void summary(Supplier<List<Fact>> facts) {}

    @Override
    public Optional<String> failure() {
      return Optional.ofNullable(unwritable.get(host));
    }

    @Override
    public void close() {
      closed.add(host);
    }
  }

  private static HostSnapshot scrape(Fleet fleet, String host) {
    return fleet.host(host).orElseThrow().scrape(Duration.ofSeconds(20)).join();
  }

  private static String lastReload(SelfMetrics self) {
    String page =
        new String(
            new Exposition(self).page(Format.TEXT, Optional.empty()).body(),
            StandardCharsets.UTF_8);
    String name = "imf_exporter_config_last_reload_successful ";
    return page.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }

  private void configure(String hosts) throws IOException {
    Files.writeString(configFile, MODULE + hosts + "\n");
  }
}
