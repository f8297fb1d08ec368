package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerberosSettingsTest {

  /** Half a surrogate has no bytes, so that it cannot be written, as nothing can to a full disk. */
  @Test
  void aFileThatCannotBeWrittenIsNotLeftBehind(@TempDir Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "krb5", ".conf");

    assertThatIOException().isThrownBy(() -> KerberosSettings.write(file, "\ud800"));
    assertThat(folder).isEmptyDirectory();
  }
}
