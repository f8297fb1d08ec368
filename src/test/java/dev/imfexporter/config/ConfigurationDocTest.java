package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.access.AccessKind;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps docs/configuration.md and the example file true to the grammar. */
class ConfigurationDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");
  private static final Module DEFAULT = Module.DEFAULT;

  @Test
  void everyKeyAndNoOtherIsDocumented() throws IOException {
    assertThat(documented("hosts"))
        .containsExactlyElementsOf(
            Stream.of("smb", "demo")
                .flatMap(
                    access -> known("hosts: { h: { access: %s, X: } }".formatted(access)).stream())
                .distinct()
                .toList());
    assertThat(documented("auths"))
        .containsExactlyElementsOf(known("auths: { a: { X: } }\nhosts: { h: { access: demo } }"));
    assertThat(documented("modules"))
        .containsExactlyElementsOf(known("modules: { m: { X: } }\nhosts: { h: { access: demo } }"));
    assertThat(documented("banner"))
        .containsExactlyElementsOf(
            known("modules: { m: { banner: { X: } } }\nhosts: { h: { access: demo } }"));
    assertThat(documented("dialogue"))
        .containsExactlyElementsOf(
            known("modules: { m: { dialogue: { X: } } }\nhosts: { h: { access: demo } }"));
    assertThat(documented("virtual_servers"))
        .containsExactlyElementsOf(
            known(
                "modules: { m: { dialogue: { virtual_servers: { s: { X: } } } } }\nhosts: { h: { access: demo } }"));
    assertThat(documented("service_words"))
        .containsExactlyElementsOf(
            known("modules: { m: { service_words: { X: } } }\nhosts: { h: { access: demo } }"));
    assertThat(sections())
        .containsExactlyInAnyOrderElementsOf(known("X:\nhosts: { h: { access: demo } }"));
  }

  @Test
  void defaultsAndRangesAreThoseOfTheCode() throws IOException {
    Map<String, Duration> durations =
        Map.ofEntries(
            Map.entry("definition_interval", DEFAULT.definition().interval()),
            Map.entry("volumes_interval", DEFAULT.smtp().volumes().interval()),
            Map.entry("events_interval", DEFAULT.events().interval()),
            Map.entry("events_lookback", DEFAULT.events().lookback()),
            Map.entry("slow_after", DEFAULT.limits().slow()),
            Map.entry("halted_after", DEFAULT.limits().halted()),
            Map.entry("slow_after_boot", DEFAULT.limits().slowAfterBoot()),
            Map.entry("halted_after_boot", DEFAULT.limits().haltedAfterBoot()),
            Map.entry("stuck_after", DEFAULT.limits().stuck()),
            Map.entry("retention_age", DEFAULT.retention().age()),
            Map.entry("reading_timeout", DEFAULT.readingTimeout()));
    for (Map.Entry<String, Duration> duration : durations.entrySet()) {
      String key = duration.getKey();
      Matcher range =
          found("expected a duration from (\\S+) to (\\S+) with", refused(module(key + ": x")));
      assertThat(row(key))
          .endsWith(
              "| `%s` | `%s` to `%s` |"
                  .formatted(
                      DurationText.format(duration.getValue()), range.group(1), range.group(2)));
    }
    assertThat(row("poll_interval"))
        .contains("| `1s`; `15s` with `access: smb` | `100ms` to `1h` |");
    assertThat(pollInterval(AccessKind.WIN32)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pollInterval(AccessKind.SMB)).isEqualTo(Duration.ofSeconds(15));
    assertThat(row("services")).contains("| `" + DEFAULT.services().names() + "` |");
    assertThat(row("event_providers")).contains("| `" + DEFAULT.events().providers() + "` |");
    for (String flag :
        List.of("definition", "smtp", "filter", "events", "folders", "volumes", "loaded_modules")) {
      assertThat(row(flag)).endsWith("| `true` | `true`, `false` |");
    }
    assertThat(row("retention_count"))
        .endsWith("| `%d` | 10 to 10000 |".formatted(DEFAULT.retention().count()));
    assertThat(row("enabled")).endsWith("| `true` | `true`, `false` |");
    assertThat(row("address")).contains("| `'" + DEFAULT.smtp().banner().address() + "'`");
    assertThat(row("port")).contains("| `" + DEFAULT.smtp().banner().port() + "` |");
    assertThat(row("ehlo_name")).contains("| `" + DEFAULT.smtp().banner().ehloName() + "` |");
    assertThat(row("timeout"))
        .endsWith(
            "| `"
                + DurationText.format(DEFAULT.smtp().banner().timeout())
                + "` | `100ms` to `1m` |");
    assertThat(row("access"))
        .contains(
            Arrays.stream(AccessKind.values()).map(access -> "`" + access.word() + "`").toList());
  }

  private static Duration pollInterval(AccessKind access) {
    return new HostConfig("h", access, DEFAULT).pollInterval();
  }

  @Test
  void everyYamlInItIsGood() throws IOException, ConfigException {
    Matcher yaml =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOC));
    int count = 0;
    while (yaml.find()) {
      assertThat(ConfigReader.read("configuration.md", yaml.group(1)).hosts().get(0).name())
          .isNotEmpty();
      count++;
    }
    assertThat(count).isEqualTo(6);
  }

  @Test
  void errorsInItAreReal() throws IOException {
    String text =
        "modules:\n  exchange2003:\n    pol_interval: 1s\nhosts:\n  mail01:\n    access: snmp\n";
    String errors = refused(text).replace("c.yml", "imf.yml");
    assertThat(Files.readString(DOC)).contains("```\n" + errors + "\n```");
  }

  @Test
  void exampleIsGood(@TempDir Path folder) throws IOException, ConfigException {
    Path example = folder.resolve("imf-exporter.yml");
    Files.copy(Path.of("docs/imf-exporter.example.yml"), example);
    Files.writeString(folder.resolve("mailadmin.pw"), "secret");

    HostConfig host = ConfigFiles.of(example).load().hosts().get(0);

    assertThat(host.access()).isEqualTo(AccessKind.SMB);
    assertThat(host.module().services())
        .extracting(Module.Services::names)
        .isEqualTo(DEFAULT.services().names());
    assertThat(host.module().definition().folder()).contains("\\\\{host}\\exchsrvr\\bin\\MSCFV2");
  }

  /** The keys of the grammar at the place of X. */
  private static List<String> known(String text) {
    Matcher keys =
        found("unknown key, expected one of (.*)", refused(text.replace("X", "xxxxxxxxxxxxxxxx")));
    return List.of(keys.group(1).split(", "));
  }

  private static List<String> documented(String section) throws IOException {
    Matcher part = found("###+ `" + section + "`\n(?s:(.*?))(?=\n##|\\z)", Files.readString(DOC));
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
