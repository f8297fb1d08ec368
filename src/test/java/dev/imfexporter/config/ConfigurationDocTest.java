package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/configuration.md and the example file true to the grammar. */
class ConfigurationDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");

  @Test
  void everyKeyAndNoOtherIsDocumented() throws IOException {
    assertThat(documented("hosts"))
        .containsExactlyElementsOf(known("hosts: { h: { access: demo, X: } }"));
    assertThat(documented("modules"))
        .containsExactlyElementsOf(known("modules: { m: { X: } }\nhosts: { h: { access: demo } }"));
    assertThat(sections())
        .containsExactlyInAnyOrderElementsOf(known("X:\nhosts: { h: { access: demo } }"));
  }

  @Test
  void defaultsAndRangesAreThoseOfTheCode() throws IOException {
    Map<String, Duration> durations =
        Map.of(
            "poll_interval", Module.DEFAULT.pollInterval(),
            "definition_interval", Module.DEFAULT.definitionInterval(),
            "reading_timeout", Module.DEFAULT.readingTimeout());
    for (Map.Entry<String, Duration> duration : durations.entrySet()) {
      String key = duration.getKey();
      Matcher range =
          found("want a duration from (\\S+) to (\\S+) with", refused(module(key + ": x")));
      assertThat(row(key))
          .endsWith(
              "| `%s` | `%s` to `%s` |"
                  .formatted(
                      DurationText.format(duration.getValue()), range.group(1), range.group(2)));
    }
    assertThat(row("services")).contains("| `" + Module.DEFAULT.services() + "` |");
    assertThat(row("definition")).contains("| `" + Module.DEFAULT.definition() + "` |");
    assertThat(row("smtp")).contains("| `" + Module.DEFAULT.smtp() + "` |");
    assertThat(row("access"))
        .contains(Arrays.stream(Access.values()).map(access -> "`" + access.word() + "`").toList());
  }

  @Test
  void everyYamlInItIsGood() throws IOException, ConfigException {
    Matcher yaml =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOC));
    int count = 0;
    while (yaml.find()) {
      assertThat(ConfigReader.read("configuration.md", yaml.group(1)).host().name()).isNotEmpty();
      count++;
    }
    assertThat(count).isEqualTo(4);
  }

  @Test
  void errorsInItAreReal() throws IOException {
    String text =
        "modules:\n  exchange2003:\n    pol_interval: 1s\nhosts:\n  mail01:\n    access: smb\n";
    String told = refused(text).replace("c.yml", "imf.yml");
    assertThat(Files.readString(DOC)).contains("```\n" + told + "\n```");
  }

  @Test
  void exampleIsGood() throws ConfigException {
    HostConfig host = Config.load(Path.of("docs/imf-exporter.example.yml")).host();
    assertThat(host.access()).isEqualTo(Access.WINDOWS);
    assertThat(host.module().services()).isEqualTo(Module.DEFAULT.services());
    assertThat(host.module().definitionFolder()).contains("\\\\mail01\\exchsrvr\\bin\\MSCFV2");
  }

  /** The keys that the grammar knows where the text has the unknown key X. */
  private static List<String> known(String text) {
    Matcher keys =
        found("unknown key, want one of (.*)", refused(text.replace("X", "xxxxxxxxxxxxxxxx")));
    return List.of(keys.group(1).split(", "));
  }

  private static List<String> documented(String section) throws IOException {
    Matcher part = found("### `" + section + "`\n(?s:(.*?))(?=\n##|\\z)", Files.readString(DOC));
    return Pattern.compile("(?m)^\\| `(\\w+)` \\|")
        .matcher(part.group(1))
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  private static List<String> sections() throws IOException {
    return Pattern.compile("(?m)^### `(\\w+)`$")
        .matcher(Files.readString(DOC))
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  private static String row(String key) throws IOException {
    return found("(?m)^\\| `" + key + "` \\|.*$", Files.readString(DOC)).group();
  }

  private static Matcher found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher;
  }

  private static String module(String line) {
    return "modules: { m: { " + line + " } }\nhosts: { h: { access: demo } }";
  }

  private static String refused(String text) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigReader.read("c.yml", text))
        .errors()
        .stream()
        .map(ConfigError::toString)
        .collect(Collectors.joining("\n"));
  }
}
