package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    assertThat(names("(?m)^\\| `(--[^`=]+)[^`]*` \\|", Files.readString(DOC)))
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

  @Test
  void everyCommandAndNoOtherIsDocumented() throws IOException {
    String doc = Files.readString(DOC);
    int table = doc.indexOf("\n| command |");
    String rows = doc.substring(table, doc.indexOf("\n\n", table));
    assertThat(names("(?m)^\\| `([a-z-]+)` \\|", rows))
        .containsExactlyInAnyOrderElementsOf(command().getSubcommands().keySet());
  }

  @Test
  void thoseThatTakeAHostAreNamed() throws IOException {
    String doc = Files.readString(DOC);
    int end = doc.indexOf(" take a host");
    List<String> named = names("`([a-z-]+)`", doc.substring(doc.lastIndexOf("\n\n", end), end));
    List<String> taking = new ArrayList<>();
    command()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getCommandSpec().findOption("--host") != null) {
                taking.add(name);
              }
            });
    assertThat(named).containsExactlyInAnyOrderElementsOf(taking);
  }

  private static List<String> names(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1)).toList();
  }

  private static CommandLine command() {
    return new Main(System.out, System.err).commandLine();
  }

  private static List<OptionSpec> options() {
    return command().getCommandSpec().options();
  }
}
