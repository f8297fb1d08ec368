package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallHeapTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  Path folder;

  /** The heap is the launcher's. */
  @Test
  void hostsThatSendTooMuchAllFailWithTheirSentence() throws Exception {
    Path out = folder.resolve("out");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostileHosts.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(child.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
    } finally {
      child.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(out);

    assertThat(lines).filteredOn(line -> line.contains("OutOfMemoryError")).isEmpty();
    assertThat(lines).contains("alive");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("announced: "))
        .hasSize(10)
        .allMatch(line -> line.contains("PROTOCOL") && line.contains("16777215 bytes"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("endless: "))
        .hasSize(10)
        .allMatch(
            line ->
                line.contains("sent an answer of more than")
                    || line.contains("while other hosts send large answers too"));
  }
}
