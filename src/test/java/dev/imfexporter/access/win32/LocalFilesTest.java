package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Files.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain files behave alike everywhere; the suite tagged windows lists them through Windows. */
class LocalFilesTest {
  @TempDir private Path folder;

  private final LocalFiles files = new LocalFiles(System::nanoTime);

  @Test
  void listsFilesAndFoldersButNotWhatIsInThem() throws Exception {
    Instant written = Instant.parse("2007-10-03T12:00:00Z");
    Files.createDirectories(folder.resolve("6.5.7936.0").resolve("deeper"));
    Path file = Files.writeString(folder.resolve("file"), "123");
    Files.setLastModifiedTime(file, FileTime.from(written));

    List<Entry> entries = files.list(folder.toString()).orElseThrow();

    assertThat(entries).extracting(Entry::name).containsExactlyInAnyOrder("6.5.7936.0", "file");
    for (Entry entry : entries) {
      assertThat(entry.folder()).isEqualTo(entry.name().equals("6.5.7936.0"));
      if (!entry.folder()) {
        assertThat(entry.bytes()).isEqualTo(3);
        assertThat(entry.modified()).isEqualTo(written);
      }
    }
  }

  private void writeFiles(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("NTFS_" + i + ".EML"), "mail");
    }
  }

  @Test
  void aSampleStopsAtSoManyEntries() throws Exception {
    writeFiles(10);

    Sample some = files.sample(folder.toString(), 9, Duration.ofMinutes(1)).orElseThrow();
    assertThat(some.complete()).isFalse();
    assertThat(some.entries()).hasSize(9).allMatch(entry -> entry.bytes() == 4);

    Sample all = files.sample(folder.toString(), 10, Duration.ofMinutes(1)).orElseThrow();
    assertThat(all.complete()).isTrue();
    assertThat(all.entries()).hasSize(10);
  }

  @Test
  void aSampleStopsWhenItsTimeIsOver() throws Exception {
    writeFiles(10);
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    LocalFiles slow = new LocalFiles(() -> nanos.getAndAdd(1_000_000));

    Sample some = slow.sample(folder.toString(), 1_000, Duration.ofMillis(3)).orElseThrow();

    assertThat(some.complete()).isFalse();
    assertThat(some.entries()).hasSize(3);
  }

  @Test
  void aSampleOfNoFolder() throws Exception {
    assertThat(files.sample(folder.resolve("none").toString(), 1, Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void nothingInside() throws Exception {
    assertThat(files.list(folder.toString()).orElseThrow()).isEmpty();
  }

  @Test
  void noSuchFolder() throws Exception {
    assertThat(files.list(folder.resolve("none").toString())).isEmpty();
    Path file = Files.writeString(folder.resolve("file"), "123");
    assertThat(files.list(file.toString())).isEmpty();
  }

  @Test
  void aNameThatNoFolderCanHave() {
    assertThatThrownBy(() -> files.list("a\0b"))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessageContaining("cannot be the name of a folder");
  }
}
