package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.imfexporter.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema of the configuration against every example, and against what is refused. */
class ConfigSchemaTest {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigSchema.json());

  /** A configuration and where it is. */
  record Example(String place, String text) {
    @Override
    public String toString() {
      return place;
    }
  }

  @Test
  void theOneThatIsShippedIsTheOneOfTheReaders() throws IOException {
    Golden.assertMatches(Path.of("docs/imf-exporter.schema.json"), ConfigSchema.json());
  }

  @Test
  void itIsASchema() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(ConfigSchema.json());
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(schema)).isEmpty();
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (Path root : List.of(Path.of("docs"), Path.of("src"), Path.of("README.md"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (file.toString().endsWith(".yml")) {
            examples.add(new Example(file.toString(), Files.readString(file)));
          } else if (file.toString().endsWith(".md")) {
            BLOCK
                .matcher(Files.readString(file))
                .results()
                .forEach(block -> examples.add(new Example(file.toString(), block.group(1))));
          }
        }
      }
    }
    return examples.stream().filter(example -> isConfiguration(example.text())).toList();
  }

  private static boolean isConfiguration(String text) {
    return Pattern.compile("(?m)^hosts:").matcher(text).find();
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(8);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesAreGood(Example example) throws IOException {
    assertThat(errors(example.text())).isEmpty();
  }

  /** What the readers call an unknown key, the schema does not take either. */
  @ParameterizedTest
  @MethodSource("unknownKeys")
  void unknownKeysAreErrors(BadConfigTest.Bad bad) throws IOException {
    assertThat(errors(bad.text())).isNotEmpty();
  }

  static List<BadConfigTest.Bad> unknownKeys() {
    return BadConfigTest.files().stream()
        .filter(bad -> bad.errors().stream().allMatch(error -> error.contains("unknown key")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosts: { a: { access: snmp } }",
        "hosts: { a: {} }",
        "hosts: { a: { access: demo, auth: x } }",
        "hosts: { a: { access: smb, auth: x, demo_start: 1m } }",
        "hosts: { a: { access: local, demo_start: 1m } }",
        "hosts: { a: { access: smb } }",
        "hosts: { a: { access: smb, auth: x, smb_port: 70000 } }",
        "hosts: { a: { access: smb, auth: x, encryption: 'yes' } }",
        "hosts: [ a ]",
        "auths: { a: { password_file: x } }",
        "modules: { m: { poll_interval: 5 } }",
        "modules: { m: { poll_interval: '' } }",
        "modules: { m: { poll_interval: 5s1m } }",
        "modules: { m: { services: SMTPSVC } }",
        "modules: { m: { services: [] } }",
        "modules: { m: { services: [ SMTPSVC, SMTPSVC ] } }",
        "modules: { m: { banner: { port: 0 } } }",
        "modules: { m: { dialogue: { virtual_servers: { SMTP 1: { starttls: 1 } } } } }",
        "modules: { m: { mailroots: { SMTP 1: 5 } } }",
      })
  void wrongTypesAndRangesAreErrors(String text) throws IOException {
    assertThat(errors(text)).isNotEmpty();
  }

  /** As one file of several may be, and as an editor sees one that is begun. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "modules: { m: }",
        "hosts:",
        "auths: { a: { username: x, password_env: P } }",
      })
  void partsAreGood(String text) throws IOException {
    assertThat(errors(text)).isEmpty();
  }

  private static List<Error> errors(String yaml) throws IOException {
    return SCHEMA.validate(new YAMLMapper().readTree(yaml));
  }
}
