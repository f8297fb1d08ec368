package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.Files;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.bed.WindowsBed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class LocalFoldersTest {
  private static final String FOLDERS = "C:\\Program Files\\Exchsrvr\\bin\\MSCFV2";

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final Files files = host.files();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    bed.reset();
    host.close();
  }

  @Test
  void versionFoldersWithTheirTimes() throws Exception {
    Instant begin = Instant.now();
    bed.versionFolder("6.5.7960.0");

    List<Entry> entries = files.list(FOLDERS.toLowerCase(Locale.ROOT)).orElseThrow();

    assertThat(entries)
        .extracting(Entry::name)
        .containsExactlyInAnyOrder("6.5.7936.0", "6.5.7960.0");
    assertThat(entries)
        .filteredOn(entry -> entry.name().equals("6.5.7960.0"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.folder()).isTrue();
              assertThat(entry.created())
                  .isBetween(begin.minusSeconds(2), Instant.now().plusSeconds(2));
            });
  }

  @Test
  void noFilter() throws Exception {
    bed.deleteVersionFolders();

    assertThat(files.list(FOLDERS)).isEmpty();
    assertThat(files.list("Q:\\no such drive")).isEmpty();
  }
}
