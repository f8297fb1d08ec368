package dev.imfexporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what a test made with a file that people keep. {@code mvn test -Dgolden.update} writes
 * the files anew, to be looked at in the diff.
 */
public final class Golden {
  private Golden() {}

  public static void assertMatches(Path file, String actual) throws IOException {
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, actual);
    }
    assertThat(file).exists();
    assertThat(actual)
        .as("%s; after a wanted change: mvn test -Dgolden.update", file)
        .isEqualTo(Files.readString(file));
  }
}
