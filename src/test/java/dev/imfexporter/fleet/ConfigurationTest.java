package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void withoutTheFlagTheUsualFileIsReadWhereItIs() throws IOException {
    Path file = folder.resolve("imf-exporter.yml");
    assertThat(Configuration.orNone(file).isEmpty()).isTrue();

    Files.writeString(file, "hosts: {}");
    assertThat(Configuration.orNone(file)).hasToString(file.toString());
  }
}
