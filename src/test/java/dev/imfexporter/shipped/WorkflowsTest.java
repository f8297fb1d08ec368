package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows, which run elsewhere, and the form for faults. */
class WorkflowsTest {
  private static final Path FOLDER = Path.of(".github");
  private static final Pattern SCRIPT = Pattern.compile("\\bbin/[a-z-]+");
  private static final Pattern ACTION = Pattern.compile("actions/[a-z-]+@v\\d+");

  @Test
  void workflowsCallTheScriptsThatDevelopersCall() throws IOException {
    List<String> called = new ArrayList<>();
    for (Path file : files("workflows")) {
      JsonNode workflow = new YAMLMapper().readTree(file.toFile());
      assertThat(workflow.path("permissions").path("contents").asText())
          .as("%s", file)
          .isNotEmpty();
      for (JsonNode job : workflow.path("jobs")) {
        assertThat(job.path("timeout-minutes").asInt()).as("%s", file).isPositive();
        for (JsonNode step : job.path("steps")) {
          String action = step.path("uses").asText();
          assertThat(step.has("run") || ACTION.matcher(action).matches())
              .as("%s: %s", file, step)
              .isTrue();
          Matcher script = SCRIPT.matcher(step.path("run").asText());
          while (script.find()) {
            called.add(script.group());
            assertThat(Files.isExecutable(Path.of(script.group()))).as(script.group()).isTrue();
          }
        }
      }
    }
    assertThat(called).contains("bin/test", "bin/package");
  }

  @Test
  void aFaultIsReportedWithWhatCheckPrints() throws IOException {
    List<Path> forms = files("ISSUE_TEMPLATE");
    assertThat(forms).hasSize(1);
    JsonNode form = new YAMLMapper().readTree(forms.get(0).toFile());
    List<String> required = new ArrayList<>();
    for (JsonNode part : form.path("body")) {
      if (part.at("/validations/required").asBoolean()) {
        required.add(part.path("id").asText());
      }
    }
    assertThat(required).contains("check", "version");
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".yml")).toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
