package dev.imfexporter.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test is the writer's thread, and turns the clock. */
class HostStoreTest {
  @TempDir private Path folder;
  private final FailingDisk disk = new FailingDisk();
  private final List<Fact> all = new ArrayList<>();
  private final LogCapture log = LogCapture.of(HostStore.class);
  private final LogCapture fileLog = LogCapture.of(JournalFile.class);
  private Duration now = Duration.ofHours(1);

  @SuppressWarnings("NullAway.Init") // by openStore
  private HostStore store;

  @SuppressWarnings("NullAway.Init") // by openStore
  private FactStore facts;

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeLog() {
    store.work();
    log.close();
    fileLog.close();
  }

  @Test
  void aBatchIsOneWriteAndOneSync() throws IOException {
    int before = disk.taken();
    keep(0, 3);
    keep(3, 5);
    assertThat(kept()).isEmpty();

    assertThat(work()).isEmpty();

    assertThat(kept()).isEqualTo(Facts.outages(0, 5));
    assertThat(disk.taken() - before).isEqualTo(2);
    assertThat(store.writable()).isTrue();
    work();
    assertThat(disk.taken() - before).isEqualTo(2);
  }

  @Test
  void whatFailsWithoutASummaryIsWrittenLater() throws IOException {
    keep(0, 1);
    work();
    disk.dieAfter(1);
    keep(1, 2);

    assertThat(work()).contains(Duration.ofSeconds(1));
    assertThat(store.writable()).isFalse();

    disk.heal();
    keep(2, 3);
    assertThat(work()).contains(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(work()).isEmpty();
    assertThat(store.writable()).isTrue();
    assertThat(kept()).isEqualTo(Facts.outages(0, 3));
  }

  @Test
  void whatFailsWithASummaryIsWrittenAsASummary() throws IOException {
    facts.summary(() -> List.copyOf(all));
    keep(0, 1);
    work();
    disk.dieAfter(1);
    keep(1, 2);
    work();
    keep(2, 3);
    disk.heal();
    pass(Duration.ofSeconds(1));

    work();

    assertThat(store.writable()).isTrue();
    assertThat(kept()).isEqualTo(Facts.outages(0, 3));
    keep(3, 4);
    work();
    assertThat(kept()).isEqualTo(Facts.outages(0, 4));
  }

  @Test
  void aDeadDiskIsTriedEverMoreSeldom() {
    disk.dieAfter(0);
    keep(0, 1);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Duration pause = work().orElseThrow();
      int taken = disk.taken();
      pass(pause.minusMillis(1));
      assertThat(work()).contains(Duration.ofMillis(1));
      assertThat(disk.taken()).isEqualTo(taken);
      pass(Duration.ofMillis(1));
      pauses.add(pause.toSeconds());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void eachChangeIsToldOnce() {
    facts.summary(() -> List.copyOf(all));
    disk.dieAfter(0);
    keep(0, 1);
    work();
    pass(Duration.ofSeconds(1));
    work();
    disk.heal();
    pass(Duration.ofSeconds(2));
    work();
    work();

    assertThat(log.from(Level.INFO))
        .containsExactly(
            "the history of mail01 is kept in memory only, since it cannot be written to "
                + file()
                + ": the disk is full, free some space. It is tried again until it works; metrics"
                + " are not affected",
            "the history of mail01 is written again to " + file());
  }

  @Test
  void factsThatWaitForADeadDiskTakeNoMemory() throws IOException {
    facts.summary(() -> Facts.outages(0, 2));
    disk.dieAfter(0);
    for (int i = 0; i < 200; i++) {
      keep(0, 100);
      assertThat(store.waiting()).isLessThanOrEqualTo(FactQueue.MAX_WAITING);
    }
    work();
    keep(0, 100);
    assertThat(store.waiting()).isZero();
    disk.heal();
    pass(Duration.ofSeconds(1));
    work();
    assertThat(kept()).isEqualTo(Facts.outages(0, 2));
  }

  /** Neither lost nor twice there, whenever it is told. */
  @Test
  void aFactThatIsToldWhileTheSummaryIsMade() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    facts.summary(
        () -> {
          List<Fact> before = List.copyOf(all);
          if (asked.getAndIncrement() < 3) {
            keep(all.size(), all.size() + 1);
          }
          return before;
        });
    disk.dieAfter(0);
    keep(0, 1);
    work();
    disk.heal();
    pass(Duration.ofSeconds(1));
    work();
    work();

    assertThat(kept()).isEqualTo(Facts.outages(0, 4));
  }

  @Test
  void factsThatNeverPauseAreNoReasonToHang() {
    facts.summary(
        () -> {
          keep(0, 1);
          return List.of();
        });
    disk.dieAfter(0);
    keep(0, 1);
    work();
    disk.heal();
    pass(Duration.ofSeconds(1));

    assertThat(work()).isPresent();
    assertThat(store.writable()).isFalse();
  }

  @Test
  void aSummaryThatFailsIsAskedForAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    facts.summary(
        () -> {
          if (asked.getAndIncrement() == 0) {
            throw new IllegalStateException("broken");
          }
          return List.copyOf(all);
        });
    disk.dieAfter(0);
    keep(0, 1);
    work();
    disk.heal();
    pass(Duration.ofSeconds(1));
    assertThat(work()).isPresent();
    pass(Duration.ofSeconds(2));
    assertThat(work()).isEmpty();
    assertThat(kept()).isEqualTo(Facts.outages(0, 1));
  }

  @Test
  void aLargeFileIsRewritten() throws IOException {
    keep(0, 4000);
    work();
    assertThat(Files.size(file())).isGreaterThan(1024 * 1024);

    store = open();
    facts.summary(() -> Facts.outages(0, 3));
    work();

    assertThat(kept()).isEqualTo(Facts.outages(0, 3));
    keep(3, 4);
    work();
    assertThat(kept()).isEqualTo(Facts.outages(0, 4));
  }

  @Test
  void aRewriteThatFailsLosesNothing() throws IOException {
    facts.summary(() -> List.copyOf(all));
    keep(0, 4000);
    disk.dieAfter(3);
    work();
    assertThat(store.writable()).isFalse();
    assertThat(kept()).isEqualTo(all);
    keep(4000, 4001);
    disk.heal();
    pass(Duration.ofSeconds(1));
    work();
    assertThat(kept()).isEqualTo(all);
  }

  @Test
  void aFolderThatMayNotBeWrittenIsSeenAtOnce() {
    HostStore denied =
        HostStore.open(
            "mail01",
            new JournalFile(disk, folder, "mail01", InstantSource.system()),
            () -> {
              throw new IOException("Read-only file system");
            },
            () -> {},
            () -> now);
    assertThat(denied.writable()).isFalse();
    assertThat(denied.work()).contains(Duration.ofSeconds(1));
  }

  @Test
  void theLastLineOfTheLogSaysWhatToDoAboutAFolderThatMayNotBeWritten() {
    HostStore denied =
        HostStore.open(
            "mail01",
            new JournalFile(disk, folder, "mail01", InstantSource.system()),
            () -> {
              throw new AccessDeniedException(folder.resolve("lock").toString());
            },
            () -> {},
            () -> now);
    denied.lend().orElseThrow().keep(Facts.outages(0, 1));
    String why =
        "the account %s, which runs imf-exporter, has no right to write there; give it the right"
            .formatted(System.getProperty("user.name"));
    try (LogCapture last = LogCapture.of(Writer.class)) {
      try (Writer writer = Writer.start()) {
        writer.add(denied);
      }
      assertThat(last.from(Level.WARNING))
          .containsExactly(
              "the newest history of mail01 is not written to %s: %s".formatted(folder, why));
    }
    assertThat(log.from(Level.WARNING)).singleElement().asString().contains(why);
  }

  @Test
  void aFileThatCannotBeReadDoesNotKeepTheProgramFromStarting() throws IOException {
    Files.createDirectory(folder.resolve("host-mail02.jsonl"));
    HostStore broken =
        HostStore.open(
            "mail02",
            new JournalFile(disk, folder, "mail02", InstantSource.system()),
            () -> {},
            () -> {},
            () -> now);
    assertThat(broken.lend().orElseThrow().recovered()).isEmpty();
    assertThat(broken.writable()).isTrue();
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .anyMatch(name -> name.startsWith("host-mail02.jsonl.unread-"));
    }
  }

  @Test
  void aFileThatCannotBeReadIsNeitherRewrittenNorLost() throws IOException {
    keep(0, 51);
    work();
    byte[] before = Files.readAllBytes(file());
    disk.failReads(true);
    store = open();
    assertThat(log.from(Level.WARNING))
        .singleElement()
        .asString()
        .contains("cannot be read, so it begins anew: the account ", ", has no right to read it;");
    facts.summary(() -> Facts.outages(60, 62));
    facts.keep(Facts.outages(61, 62));
    work();
    disk.failReads(false);

    assertThat(kept()).isEqualTo(Facts.outages(61, 62));
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.filter(name -> name.toString().contains(".unread-")))
          .singleElement()
          .satisfies(name -> assertThat(Files.readAllBytes(name)).isEqualTo(before));
    }
  }

  /** A folder that is renamed takes the open file along; a copy in its place gets the summary. */
  @Test
  void aFileThatIsReplacedIsNoticed() throws IOException {
    facts.summary(() -> List.copyOf(all));
    keep(0, 3);
    work();
    Path copy = Files.copy(file(), folder.resolve("copy"));
    Files.move(file(), folder.resolve("renamed"));
    Files.move(copy, file());
    keep(3, 4);
    assertThat(work()).contains(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    work();

    assertThat(kept()).isEqualTo(Facts.outages(0, 4));
  }

  @Test
  void anErrorIsReportedAndTriedAgain() throws IOException {
    keep(0, 1);
    disk.dieOf(new StackOverflowError());
    assertThat(work()).contains(Duration.ofSeconds(1));
    assertThat(store.writable()).isFalse();
    assertThat(log.from(Level.WARNING)).singleElement().asString().contains("StackOverflowError");

    disk.heal();
    pass(Duration.ofSeconds(1));
    assertThat(work()).isEmpty();
    assertThat(store.writable()).isTrue();
    assertThat(kept()).isEqualTo(all);
  }

  @Test
  void aNewOwnerTakesTheFactsOverWithoutTheDisk() throws IOException {
    FactStore first = facts;
    first.summary(() -> List.copyOf(all));
    keep(0, 20);
    disk.dieAfter(0);
    FactStore second = store.lend().orElseThrow();
    assertThat(second.recovered()).isEqualTo(Facts.outages(0, 20));
    first.keep(Facts.outages(70, 80));
    first.close();
    all.addAll(Facts.outages(20, 25));
    second.summary(() -> List.copyOf(all));
    second.keep(Facts.outages(20, 25));
    work();
    disk.heal();
    pass(Duration.ofSeconds(1));
    work();

    assertThat(kept()).isEqualTo(Facts.outages(0, 25));
    second.close();
    work();
    assertThat(store.closed()).isTrue();
    assertThat(store.lend()).isEmpty();
  }

  @Test
  void anOwnerWhoseSuccessorDoesNotOpenGoesOn() throws IOException {
    FactStore first = facts;
    first.summary(() -> List.copyOf(all));
    keep(0, 2);
    work();
    FactStore second = store.lend().orElseThrow();
    keep(2, 3);
    second.close();
    keep(3, 4);
    work();

    assertThat(store.closed()).isFalse();
    assertThat(kept()).isEqualTo(Facts.outages(0, 4));
  }

  @Test
  void anOwnerWhoseSummaryFailsGoesOn() throws IOException {
    facts.summary(
        () -> {
          throw new ArithmeticException("long overflow");
        });
    assertThatThrownBy(() -> store.lend()).isInstanceOf(ArithmeticException.class);
    facts.summary(() -> List.copyOf(all));
    keep(0, 1);
    work();
    assertThat(kept()).isEqualTo(Facts.outages(0, 1));
  }

  /** The write is under way while the others ask. */
  @Test
  void aWriteThatDoesNotEndIsToldOnce() throws IOException {
    List<Boolean> writable = new ArrayList<>();
    disk.during(
        () -> {
          pass(Duration.ofMillis(9_999));
          writable.add(store.writable());
          pass(Duration.ofMillis(1));
          writable.add(store.writable());
          keep(1, 2);
          writable.add(store.writable());
        });
    keep(0, 1);
    work();

    assertThat(writable).containsExactly(true, false, false);
    assertThat(store.writable()).isTrue();
    work();
    assertThat(kept()).isEqualTo(Facts.outages(0, 2));
    assertThat(log.from(Level.INFO))
        .containsExactly(
            "the history of mail01 is kept in memory only: a write to "
                + file()
                + " has not ended for 10 s. Does the disk hang? Metrics are not affected",
            "the write to " + file() + " that took so long has ended");
  }

  @Test
  void whatIsDroppedIsTold() throws IOException {
    keep(0, 1);
    work();
    assertThat(store.drop()).isFalse();
    disk.dieAfter(0);
    keep(1, 2);
    work();
    facts.close();
    work();
    assertThat(store.closed()).isFalse();

    assertThat(store.drop()).isTrue();
    disk.heal();
    pass(Duration.ofSeconds(10));
    assertThat(work()).isEmpty();

    assertThat(store.drop()).isFalse();
    assertThat(store.closed()).isTrue();
    assertThat(store.waiting()).isZero();
    assertThat(store.lend()).isEmpty();
    assertThat(kept()).isEqualTo(Facts.outages(0, 1));
    assertThat(log.from(Level.WARNING))
        .last()
        .isEqualTo(
            "what was not written of the history of mail01, which is not watched any more, is"
                + " lost: too many such hosts wait for "
                + folder);
  }

  /** Another writer could have the file by then. */
  @Test
  void whatIsBeingWrittenIsNotDropped() throws Exception {
    AtomicInteger dropped = new AtomicInteger();
    disk.during(
        () -> CompletableFuture.runAsync(() -> dropped.addAndGet(store.drop() ? 1 : 0)).join());
    keep(0, 1);
    facts.close();
    work();

    assertThat(dropped).hasValue(0);
    assertThat(kept()).isEqualTo(Facts.outages(0, 1));
  }

  @Test
  void newerAndDamagedLinesAreTold() throws IOException {
    byte[] line = JournalLines.write(Facts.NIGHT, Facts.outages(0, 1));
    Files.write(file(), line);
    Files.writeString(
        file(),
        new String(line, UTF_8).replace("settled", "undone") + "rubbish\n{",
        StandardOpenOption.APPEND);

    store = open();

    assertThat(facts.recovered()).isEqualTo(Facts.outages(0, 1));
    assertThat(log.from(Level.WARNING))
        .containsExactly(
            file() + ": line 3 is damaged",
            file()
                + ": written by a newer version: 1 facts and 0 fields are not understood and left"
                + " out");
  }

  private HostStore open() {
    HostStore opened =
        HostStore.open(
            "mail01",
            new JournalFile(disk, folder, "mail01", InstantSource.system()),
            () -> {},
            () -> {},
            () -> now);
    facts = opened.lend().orElseThrow();
    return opened;
  }

  private Path file() {
    return folder.resolve("host-mail01.jsonl");
  }

  private void keep(int from, int to) {
    all.addAll(Facts.outages(from, to));
    facts.keep(Facts.outages(from, to));
  }

  private Optional<Duration> work() {
    return store.work();
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  private List<Fact> kept() throws IOException {
    return JournalReader.read(folder, "mail01").orElseThrow().facts();
  }
}
