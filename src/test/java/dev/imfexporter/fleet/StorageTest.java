package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.watch.clock.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  private static final TimeSource TIME = TimeSource.system();
  private static final ConfigFiles NO_FILE = new ConfigFiles(List.of());

  @TempDir private Path folder;

  @Test
  void demoIsNotMixedWithAnEarlierOne() throws Exception {
    Config demo = Config.demo(Duration.ZERO);
    Path history = folder.resolve("history");
    try (Storage first = Storage.open(history, NO_FILE, demo, TIME)) {
      assertThat(first.describe(0)).contains(history.toString());
    }
    Files.writeString(history.resolve("host-demo.jsonl"), "");

    assertThatThrownBy(() -> Storage.open(history, NO_FILE, demo, TIME))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            history + ": the history of an earlier demo is here, and the story");
    Journal.open(history, TIME).close();
  }

  /** A host of a file goes on with what is kept of it, as every host does. */
  @Test
  void demoOfAConfigurationFileKeepsItsHistory() throws Exception {
    Path file = Files.writeString(folder.resolve("imf.yml"), "hosts: { demo: { access: demo } }");
    ConfigFiles files = ConfigFiles.of(file);
    Files.writeString(folder.resolve("host-demo.jsonl"), "");

    Storage.open(folder, files, Configuration.read(files, null), TIME).close();

    assertThat(folder.resolve("host-demo.jsonl")).exists();
  }
}
