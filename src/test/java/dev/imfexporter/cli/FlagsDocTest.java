package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Keeps the flags in docs/configuration.md true to the command line. */
class FlagsDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");

  @Test
  void everyFlagAndNoOtherIsDocumented() throws IOException {
    List<String> documented =
        Pattern.compile("(?m)^\\| `(--[^`=]+)[^`]*` \\|")
            .matcher(Files.readString(DOC))
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(options().stream().map(OptionSpec::longestName).toList());
  }

  @Test
  void defaultsAreThoseOfTheCode() throws IOException {
    List<String> lines = Files.readAllLines(DOC);
    for (OptionSpec option : options()) {
      if (option.defaultValue() != null) {
        assertThat(lines)
            .filteredOn(line -> line.startsWith("| `" + option.longestName() + "="))
            .singleElement()
            .asString()
            .endsWith("| `" + option.defaultValue() + "` |");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"history, docs/journal.md", "rules, docs/alerts.md"})
  void flagsOfACommandAreDocumented(String name, Path doc) throws IOException {
    List<String> lines = Files.readAllLines(doc);
    CommandLine command = Objects.requireNonNull(command().getSubcommands().get(name), name);
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.inherited()) {
        String end = option.arity().max() == 0 ? "`" : "=";
        assertThat(lines).anyMatch(line -> line.startsWith("| `" + option.longestName() + end));
      }
    }
  }

  private static CommandLine command() {
    return new Main(System.out, System.err).commandLine();
  }

  private static List<OptionSpec> options() {
    return command().getCommandSpec().options();
  }
}
