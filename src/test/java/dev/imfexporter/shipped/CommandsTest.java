package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands that messages, documents and alerts name. */
class CommandsTest {
  /** In PowerShell, {@code sc} is another name of Set-Content, which writes a file. */
  private static final Pattern ALIAS =
      Pattern.compile("(?<![\\w.])sc (config|query|qc|sd\\w+|q?failure|start|stop|continue)\\b");

  @Test
  void commandsOfTheServiceControlManagerWorkInPowerShell() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String place : List.of("README.md", "docs", "alerts", "src/main")) {
      try (Stream<Path> files = Files.walk(Path.of(place))) {
        for (Path file : files.filter(CommandsTest::isText).toList()) {
          Files.readAllLines(file).stream()
              .filter(line -> ALIAS.matcher(line).find())
              .forEach(line -> wrong.add(file + ": " + line.strip()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isText(Path file) {
    return file.toString().matches(".*\\.(md|yml|java)");
  }
}
