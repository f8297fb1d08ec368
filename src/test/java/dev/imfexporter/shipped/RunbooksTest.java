package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Each alert has a runbook, and an administrator finds the same parts in each. */
class RunbooksTest {
  private static final Path FOLDER = Path.of("docs/runbooks");
  private static final Path RULES = Path.of("alerts/imf-exporter.rules.yml");
  private static final List<String> PARTS =
      List.of("## Impact", "## Confirm", "## Do", "## Do not conclude", "## Escalate");

  @Test
  void eachAlertHasOneAndNoOtherIsThere() throws IOException {
    List<String> alerts = new ArrayList<>();
    JsonNode rules = new ObjectMapper().valueToTree(new Yaml().load(Files.readString(RULES)));
    rules
        .path("groups")
        .forEach(
            group -> group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText())));
    alerts.removeIf(String::isEmpty);
    List<String> names =
        runbooks().stream().map(file -> file.getFileName().toString().replace(".md", "")).toList();
    assertThat(names).containsExactlyInAnyOrderElementsOf(new TreeSet<>(alerts));
  }

  @Test
  void eachHasItsPartsInTheirOrder() throws IOException {
    for (Path runbook : runbooks()) {
      List<String> lines = Files.readAllLines(runbook);
      assertThat(lines.get(0))
          .as(runbook.toString())
          .isEqualTo("# " + runbook.getFileName().toString().replace(".md", ""));
      List<String> parts =
          lines.stream()
              .filter(line -> line.startsWith("## "))
              .filter(line -> !line.equals("## Sources"))
              .toList();
      assertThat(parts).as(runbook.toString()).isEqualTo(PARTS);
      assertThat(lines.get(2)).as(runbook.toString()).isEqualTo(PARTS.get(0));
    }
  }

  /** PowerShell neither replaces %NAME% nor knows the switches of dir. */
  @Test
  void aCommandThatIsForCmdAloneSaysSo() throws IOException {
    Pattern forCmd =
        Pattern.compile("\\bdir\\s+/\\w|^(?:\\w+ .*%\\w+%)|`\\w+ [^`]*%\\w+%", Pattern.MULTILINE);
    for (Path runbook : runbooks()) {
      for (String paragraph : Files.readString(runbook).split("\n(?:\n|(?=\\d+\\. |##))", -1)) {
        if (forCmd.matcher(paragraph).find()) {
          assertThat(paragraph.replaceAll("\\s+", " "))
              .as(runbook.toString())
              .containsAnyOf("`cmd`", "command prompt");
        }
      }
    }
  }

  private static List<Path> runbooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("Imf"))
          .sorted()
          .toList();
    }
  }
}
