package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.fact.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T03:17:20Z"));

  @TempDir private Path folder;
  private final FailingDisk disk = new FailingDisk();
  private final LogCapture log = LogCapture.of(JournalFile.class);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void factsAreThereAgain() throws IOException {
    try (JournalFile file = file()) {
      assertThat(file.recover().facts()).isEmpty();
      file.append(Facts.outages(0, 2));
      file.append(Facts.outages(2, 3));
    }
    assertThat(facts()).isEqualTo(Facts.outages(0, 3));
    assertThat(names()).containsExactly("host-mail01.jsonl");
  }

  @Test
  void aTornLineGoesBeforeTheNextIsWritten() throws IOException {
    Files.write(path(), JournalLines.write(Facts.NIGHT, Facts.outages(0, 2)));
    Files.writeString(path(), "{\"writ\0\0", StandardOpenOption.APPEND);

    try (JournalFile file = file()) {
      assertThat(file.recover().torn()).isTrue();
      file.append(Facts.outages(2, 3));
    }

    assertThat(recover()).isEqualTo(new Recovered(Facts.outages(0, 3), 0, 0, false, 0, 0));
    assertThat(names()).containsExactly("host-mail01.jsonl");
  }

  @Test
  void aDamagedFileIsSetAsideAndItsGoodLinesAreUsed() throws IOException {
    Files.write(path(), damaged());

    try (JournalFile file = file()) {
      assertThat(file.recover().facts()).isEqualTo(Facts.outages(0, 4));
      file.append(Facts.outages(4, 5));
    }

    assertThat(recover()).isEqualTo(new Recovered(Facts.outages(0, 5), 0, 0, false, 0, 0));
    assertThat(names())
        .containsExactly("host-mail01.jsonl", "host-mail01.jsonl.damaged-20261122T031720Z");
    assertThat(folder.resolve("host-mail01.jsonl.damaged-20261122T031720Z"))
        .hasBinaryContent(damaged());
  }

  @Test
  void aRewriteSetsADamagedFileAsideToo() throws IOException {
    Files.write(path(), damaged());
    try (JournalFile file = file()) {
      file.recover();
      file.rewrite(Facts.outages(9, 10));
    }
    assertThat(facts()).isEqualTo(Facts.outages(9, 10));
    assertThat(names()).hasSize(2);
  }

  @Test
  void aFailedAppendLeavesNothingOnceTheDiskWorks() throws IOException {
    try (JournalFile file = file()) {
      file.append(Facts.outages(0, 1));
      for (int steps = 0; steps < 2; steps++) {
        disk.dieAfter(steps);
        assertThatThrownBy(() -> file.append(Facts.outages(1, 2))).isInstanceOf(IOException.class);
      }
      disk.heal();
      file.append(Facts.outages(2, 3));
    }
    assertThat(recover())
        .isEqualTo(new Recovered(List.of(Facts.outage(0), Facts.outage(2)), 0, 0, false, 0, 0));
  }

  /** Killed at every step of a rewrite: either the old facts are there or the new ones. */
  @Test
  void aRewriteIsSeenInFullOrNotAtAll() throws IOException {
    List<Fact> old = Facts.outages(0, 3);
    List<Fact> fresh = Facts.outages(7, 8);
    int last = -1;
    for (int steps = 0; last < 0; steps++) {
      Files.write(path(), JournalLines.write(Facts.NIGHT, old));
      JournalFile file = file();
      file.recover();
      file.open();
      disk.dieAfter(steps);
      try {
        file.rewrite(fresh);
        last = steps;
      } catch (IOException killed) {
        assertThat(facts()).isIn(old, fresh);
      }
      file.close();
      disk.heal();
      try (JournalFile next = file()) {
        List<Fact> before = next.recover().facts();
        next.append(Facts.outages(8, 9));
        assertThat(facts()).startsWith(before.toArray(Fact[]::new)).endsWith(Facts.outage(8));
      }
    }
    assertThat(last).isGreaterThan(4);
  }

  /** Killed at every step of a repair: the good lines are there, and so is the damaged file. */
  @Test
  void aRepairIsSafeAtEveryStep() throws IOException {
    int last = -1;
    for (int steps = 0; last < 0; steps++) {
      Files.write(path(), damaged());
      JournalFile file = file();
      file.recover();
      disk.dieAfter(steps);
      try {
        file.open();
        last = steps;
      } catch (IOException killed) {
        assertThat(facts()).isEqualTo(Facts.outages(0, 4));
      }
      file.close();
      disk.heal();
      try (JournalFile next = file()) {
        next.recover();
        next.open();
      }
      assertThat(recover()).isEqualTo(new Recovered(Facts.outages(0, 4), 0, 0, false, 0, 0));
      Path aside = folder.resolve("host-mail01.jsonl.damaged-20261122T031720Z");
      assertThat(aside).hasBinaryContent(damaged());
      Files.delete(aside);
    }
    assertThat(last).isGreaterThan(6);
  }

  @Test
  void aFileIsLargeWhenARewriteMayHelp() throws IOException {
    try (JournalFile file = file()) {
      file.append(Facts.outages(0, 4000));
      assertThat(Files.size(path())).isBetween(1024L * 1024, 1500L * 1024);
      assertThat(file.large()).isTrue();
      file.rewrite(Facts.outages(0, 3500));
      assertThat(file.large()).isFalse();
      file.append(Facts.outages(4000, 7400));
      assertThat(file.large()).isFalse();
      file.append(Facts.outages(7400, 7700));
      assertThat(file.large()).isTrue();
    }
  }

  @Test
  void aFileThatWasDeletedIsMissed() throws IOException {
    try (JournalFile file = file()) {
      file.append(Facts.outages(0, 1));
      Files.delete(path());
      assertThatThrownBy(() -> file.append(Facts.outages(1, 2)))
          .hasMessageContaining("host-mail01.jsonl");
      file.rewrite(Facts.outages(0, 2));
    }
    assertThat(facts()).isEqualTo(Facts.outages(0, 2));
  }

  /** Design: at most 1 KiB for each outage. */
  @Test
  void anOutageIsShort() {
    assertThat(JournalLines.write(Facts.NIGHT, Facts.outages(0, 1)).length).isLessThan(512);
  }

  private byte[] damaged() {
    byte[] bytes = JournalLines.write(Facts.NIGHT, Facts.outages(0, 5));
    int line = bytes.length / 5;
    // The fifth line, now in the middle, loses its beginning.
    byte[] all = new byte[bytes.length];
    System.arraycopy(bytes, 0, all, 0, 2 * line);
    System.arraycopy(bytes, 4 * line, all, 2 * line, line);
    Arrays.fill(all, 2 * line, 2 * line + 20, (byte) 0xFF);
    System.arraycopy(bytes, 2 * line, all, 3 * line, 2 * line);
    return all;
  }

  private JournalFile file() {
    return new JournalFile(disk, folder, "mail01", CLOCK);
  }

  private Path path() {
    return folder.resolve("host-mail01.jsonl");
  }

  private List<Fact> facts() throws IOException {
    return recover().facts();
  }

  private Recovered recover() throws IOException {
    return JournalReader.read(folder, "mail01").orElseThrow();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
