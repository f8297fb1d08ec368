package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of MAIL01 from before host names in file names were in lower case. */
class FormerNamesTest {
  private static final TimeSource TIME = TimeSource.system();

  @TempDir private Path folder;
  private final LogCapture log = LogCapture.of(FormerNames.class);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void aJournalIsRenamedWithALogLineAndGoesOn() throws Exception {
    write("host-mail01~f.jsonl", 0, 2, 1);
    try (Journal journal = Journal.open(folder, TIME);
        FactStore store = journal.store("MAIL01")) {
      assertThat(store.recovered()).isEqualTo(Facts.outages(0, 2));
      store.keep(Facts.outages(2, 3));
    }

    assertThat(names()).containsExactly("host-mail01.jsonl");
    assertThat(JournalReader.read(folder, "mail01").orElseThrow().facts())
        .isEqualTo(Facts.outages(0, 3));
    assertThat(log.from(Level.INFO))
        .containsExactly(
            folder.resolve("host-mail01~f.jsonl") + " is called host-mail01.jsonl now");
  }

  @Test
  void ofTwoTheNewestIsUsedAndTheOtherIsKeptAndLogged() throws Exception {
    write("host-mail01~1.jsonl", 0, 1, 1);
    write("host-mail01~f.jsonl", 1, 2, 2);
    try (Journal journal = Journal.openFirst(folder, folder, TIME);
        FactStore store = journal.store("Mail01")) {
      assertThat(store.recovered()).isEqualTo(Facts.outages(1, 2));
    }

    assertThat(names()).containsExactly("host-mail01.jsonl", "host-mail01~1.jsonl");
    assertThat(log.from(Level.WARNING))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("host-mail01~1.jsonl") + " is not read: ")
        .contains(folder.resolve("host-mail01.jsonl") + " is another history of the same host");
  }

  @Test
  void aJournalIsReadBeforeAnExporterRenamesIt() throws IOException {
    write("host-mail01~f.jsonl", 0, 2, 1);
    write("host-mail02.jsonl", 0, 1, 1);

    assertThat(JournalReader.hosts(folder)).containsExactly("mail01", "mail02");
    for (String host : List.of("MAIL01", "mail01")) {
      assertThat(JournalReader.read(folder, host).orElseThrow().facts())
          .isEqualTo(Facts.outages(0, 2));
    }
    assertThat(JournalReader.read(folder, "mail0")).isEmpty();
    assertThat(names()).containsExactly("host-mail01~f.jsonl", "host-mail02.jsonl");
  }

  @Test
  void aJournalThatCannotBeRenamedIsLogged() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder)) {
      Files.write(
          disk.folder().resolve("host-mail01~f.jsonl"),
          JournalLines.write(Facts.NIGHT, Facts.outages(0, 2)));
      disk.remount("ro");
      Journal.open(disk.folder(), TIME).close();
    }
    assertThat(log.from(Level.WARNING))
        .singleElement()
        .asString()
        .contains("host-mail01~f.jsonl is not read: it cannot be renamed to host-mail01.jsonl: ")
        .contains("Read-only file system");
  }

  private void write(String name, int from, int to, int secondsAfterEpoch) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, JournalLines.write(Facts.NIGHT, Facts.outages(from, to)));
    Files.setLastModifiedTime(file, FileTime.fromMillis(secondsAfterEpoch * 1_000L));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FolderLock.NAME))
          .sorted()
          .toList();
    }
  }
}
