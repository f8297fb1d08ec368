package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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

  @Test
  void flagsOfHistoryAreDocumented() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/journal.md"));
    CommandLine history =
        Objects.requireNonNull(command().getSubcommands().get("history"), "history");
    for (OptionSpec option : history.getCommandSpec().options()) {
      if (!option.inherited()) {
        assertThat(lines).anyMatch(line -> line.startsWith("| `" + option.longestName() + "="));
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
