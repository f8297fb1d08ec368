package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Windows on which JNA's own library cannot be loaded; each in a JVM of its own, as JNA loads
 * once.
 */
@Timeout(60)
class Win32LibraryTest {
  private static final String PROPERTY = "-Djna.tmpdir=";

  @TempDir private Path folder;

  @Test
  void folderForTemporaryFilesInWhichNothingCanBeWritten() throws Exception {
    Path file = Files.createFile(folder.resolve("a file"));

    String said = check("win32", PROPERTY + file);

    assertThat(said)
        .startsWith("imf-exporter: hosts.mail01.access: win32 makes Win32 calls through JNA, which")
        .contains(file.toString())
        .contains("JAVA_OPTS=-Djna.tmpdir=FOLDER");
  }

  /** As with AppLocker; here because Linux has no such library. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void systemThatRefusesToLoadTheLibrary() throws Exception {
    String said = check("local", PROPERTY + folder);

    assertThat(said)
        .startsWith("imf-exporter: hosts.mail01.access: local makes Win32 calls through JNA, which")
        .contains("kernel32")
        .contains("JAVA_OPTS=-Djna.tmpdir=FOLDER");
  }

  /** What {@code check} says of a host; it must be one line, and the exit code 2. */
  private String check(String access, String property) throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("c.yml"), "hosts: { mail01: { access: %s } }".formatted(access));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", property));
    if (!OS.WINDOWS.isCurrentOs()) {
      command.addAll(List.of("-Dos.name=Windows 10", "-Djna.prefix=" + Platform.RESOURCE_PREFIX));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("--config.file=" + config, "check"));
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      List<String> lines =
          new String(program.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertThat(program.waitFor()).as("%s", lines).isEqualTo(2);
      assertThat(lines).hasSize(2).first().asString().startsWith("Reading mail01");
      return lines.get(1);
    } finally {
      program.destroyForcibly();
    }
  }
}
