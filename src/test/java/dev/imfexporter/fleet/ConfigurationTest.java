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
    assertThat(Configuration.usual(folder).isEmpty()).isTrue();

    Path file = Files.writeString(folder.resolve("imf-exporter.yml"), "hosts: {}");
    assertThat(Configuration.usual(folder)).hasToString(file.toString());
  }
}
