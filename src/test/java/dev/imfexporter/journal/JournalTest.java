package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real threads and disks. */
class JournalTest {
  private static final TimeSource TIME = TimeSource.system();

  @TempDir private Path temporary;
  private final LogCapture log = LogCapture.of(HostStore.class);
  private final LogCapture journalLog = LogCapture.of(Journal.class);

  @AfterEach
  void closeLogs() {
    log.close();
    journalLog.close();
  }

  @Test
  void aLockThatIsDeletedIsTakenAgain() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("locked"));
    try (FolderLock first = new FolderLock(folder);
        FolderLock second = new FolderLock(folder)) {
      first.take();
      Files.delete(folder.resolve(FolderLock.NAME));
      first.take();

      assertThat(Files.exists(folder.resolve(FolderLock.NAME))).isTrue();
      assertThatThrownBy(second::take).isInstanceOf(StorageException.class);
    }
  }

  /** Opening a named pipe that no process reads hangs, like a file on a disk that hangs. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLockThatHangsDoesNotHoldUpTheEnd() throws Exception {
    Path lock = temporary.resolve(FolderLock.NAME);
    Journal journal = Journal.open(temporary, TIME);
    FactStore mail01 = journal.store("mail01");
    mail01.keep(Facts.outages(0, 1));
    await().untilAsserted(() -> assertThat(facts(temporary, "mail01")).hasSize(1));
    Path pipe = temporary.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.move(pipe, lock, StandardCopyOption.REPLACE_EXISTING);
    mail01.keep(Facts.outages(1, 2));
    await().until(() -> !takingALock().isEmpty());
    List<Thread> hanging = takingALock();
    try {
      assertTimeoutPreemptively(Duration.ofSeconds(20), journal::close);
    } finally {
      try (FileChannel reader =
          FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        assertThat(reader.isOpen()).as("the one who opens for writing goes on").isTrue();
        for (Thread thread : hanging) {
          thread.join(20_000);
        }
      }
    }
  }

  private static List<Thread> takingALock() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Stream.of(thread.getValue())
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals(FolderLock.class.getName())
                                && frame.getMethodName().equals("take")))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheAccountReadsItsHistory() throws Exception {
    Path folder = temporary.resolve("own");
    try (Journal journal = Journal.open(folder, TIME);
        FactStore mail01 = journal.store("mail01")) {
      mail01.keep(Facts.outages(0, 1));
      await().untilAsserted(() -> assertThat(facts(folder, "mail01")).hasSize(1));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(2)
          .allMatch(
              file -> {
                try {
                  return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                      .equals("rw-------");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  @Test
  void factsOutlastTheProgram() throws Exception {
    Path folder = temporary.resolve("a/b");
    try (Journal journal = Journal.open(folder, TIME);
        FactStore mail01 = journal.store("mail01");
        FactStore mail02 = journal.store("mail02")) {
      assertThat(mail01.recovered()).isEmpty();
      mail01.keep(Facts.outages(0, 2));
      mail02.keep(Facts.outages(2, 3));
      mail01.keep(Facts.outages(3, 4));
      await().untilAsserted(() -> assertThat(facts(folder, "mail01")).hasSize(3));
      mail01.keep(Facts.outages(4, 5));
    }
    try (Journal journal = Journal.open(folder, TIME);
        FactStore mail01 = journal.store("mail01");
        FactStore mail02 = journal.store("mail02")) {
      assertThat(mail01.recovered())
          .containsExactly(Facts.outage(0), Facts.outage(1), Facts.outage(3), Facts.outage(4));
      assertThat(mail02.recovered()).isEqualTo(Facts.outages(2, 3));
    }
    assertThat(JournalReader.hosts(folder)).containsExactly("mail01", "mail02");
    assertThat(JournalReader.read(folder, "mail03")).isEmpty();
  }

  @Test
  void aSecondExporterIsToldWhoIsThere() throws Exception {
    try (Journal first = Journal.open(temporary, TIME)) {
      assertThatThrownBy(() -> Journal.open(first.folder(), TIME))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              temporary
                  + ": another imf-exporter (process "
                  + ProcessHandle.current().pid()
                  + ") keeps its history here. Stop it, or give this one another folder by"
                  + " --storage.path=DIR");
      assertThatThrownBy(() -> Journal.openFirst(temporary, temporary.resolve("b"), TIME))
          .isInstanceOf(StorageException.class);
    }
    Journal.open(temporary, TIME).close();
  }

  @Test
  void anotherProcessCannotTakeTheLock() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")));
    try (Journal journal = Journal.open(temporary, TIME)) {
      Process other =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  "-c",
                  "import fcntl,sys; f=open(sys.argv[1],'r+');"
                      + " fcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB,1,2**63-2)",
                  journal.folder().resolve(FolderLock.NAME).toString())
              .redirectErrorStream(true)
              .start();
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(other.exitValue()).isEqualTo(1);
    }
  }

  @Test
  void aFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> Journal.open(file, TIME))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            file
                + ": cannot be made: it is a file, not a folder. Make the folder, or name another"
                + " by --storage.path=DIR");
    assertThatThrownBy(() -> Journal.open(file.resolve("below"), TIME))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be made");
  }

  @Test
  void theFirstFolderThatCanBeWritten() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    Path second = temporary.resolve("second");
    try (Journal journal = Journal.openFirst(file.resolve("x"), second, TIME)) {
      assertThat(journal.folder()).isEqualTo(second);
      assertThat(journalLog.from(Level.INFO))
          .singleElement()
          .asString()
          .startsWith("history is kept in " + second + ", since it cannot be in ");
    }
    Path first = temporary.resolve("first");
    try (Journal journal = Journal.openFirst(first, second, TIME)) {
      assertThat(journal.folder()).isEqualTo(first);
    }
  }

  @Test
  void hostIsWatchedWithoutAFolder() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    try (Journal journal = Journal.openFirst(file.resolve("x"), file.resolve("y"), TIME);
        FactStore store = journal.store("mail01")) {
      assertThat(store.writable()).isFalse();
      store.keep(Facts.outages(0, 1));
      assertThat(store.recovered()).isEmpty();
    }
  }

  @Test
  void hostsThatAreGoneDoNotPileUpWhileTheDiskFails() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    try (Journal journal = Journal.openFirst(file.resolve("x"), file.resolve("y"), TIME)) {
      for (int i = 0; i < Journal.MOST_RELEASED + 10; i++) {
        FactStore gone = journal.store("gone" + i);
        gone.summary(() -> Facts.outages(0, 1));
        gone.keep(Facts.outages(0, 1));
        gone.close();
      }
      journal.store("mail01").close();
      assertThat(log.from(Level.WARNING).stream().filter(line -> line.contains(" is lost: ")))
          .hasSize(10);
    }
  }

  @Test
  void aReadOnlyFolderIsReadAndSaysSo() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temporary)) {
      try (Journal journal = Journal.open(disk.folder(), TIME);
          FactStore store = journal.store("mail01")) {
        store.keep(Facts.outages(0, 2));
      }
      disk.remount("ro");
      try (Journal journal = Journal.open(disk.folder(), TIME);
          FactStore store = journal.store("mail01")) {
        List<Fact> all = new ArrayList<>(store.recovered());
        assertThat(all).isEqualTo(Facts.outages(0, 2));
        assertThat(store.writable()).isFalse();
        store.summary(() -> List.copyOf(all));
        all.addAll(Facts.outages(2, 3));
        store.keep(Facts.outages(2, 3));

        disk.remount("rw");
        await().until(store::writable);
      }
      assertThat(facts(disk.folder(), "mail01")).isEqualTo(Facts.outages(0, 3));
      assertThat(log.from(Level.WARNING))
          .singleElement()
          .asString()
          .contains("Read-only file system");
    }
  }

  @Test
  void aFullDiskLosesNothingOnceThereIsSpace() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temporary)) {
      try (Journal journal = Journal.open(disk.folder(), TIME);
          FactStore store = journal.store("mail01")) {
        List<Fact> all = new ArrayList<>();
        store.summary(
            () -> {
              synchronized (all) {
                return List.copyOf(all);
              }
            });
        Files.write(disk.folder().resolve("filler"), new byte[48 * 1024]);
        int told = 0;
        while (store.writable() && told < 1000) {
          List<Fact> next = Facts.outages(told, told + 1);
          synchronized (all) {
            all.addAll(next);
            store.keep(next);
          }
          told++;
          Thread.onSpinWait();
        }
        await().until(() -> !store.writable());
        assertThat(all).startsWith(facts(disk.folder(), "mail01").toArray(Fact[]::new));

        Files.delete(disk.folder().resolve("filler"));
        synchronized (all) {
          all.subList(0, Math.max(0, all.size() - 60)).clear();
        }
        await().until(store::writable);
        assertThat(facts(disk.folder(), "mail01")).isEqualTo(all);
      }
      assertThat(log.from(Level.INFO)).hasSize(2);
      assertThat(log.from(Level.INFO).get(0)).contains("the disk is full, free some space");
    }
  }

  private static List<Fact> facts(Path folder, String host) throws IOException {
    return JournalReader.read(folder, host).orElseThrow().facts();
  }
}
