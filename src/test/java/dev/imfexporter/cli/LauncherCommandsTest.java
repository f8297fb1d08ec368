package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the list in bin/imf-exporter.cmd of what is no server true to the command line. */
class LauncherCommandsTest {
  private static final Pattern LIST = Pattern.compile("for %%w in \\(([^)]*)\\)");

  @Test
  void launcherListsEveryCommandAndEveryFlagThatEnds() throws IOException {
    Matcher list = LIST.matcher(Files.readString(Path.of("bin/imf-exporter.cmd")));
    assertThat(list.find()).isTrue();
    TreeSet<String> want =
        new TreeSet<>(new Main(System.out, System.err).commandLine().getSubcommands().keySet());
    want.addAll(List.of("-h", "--help", "--version", "--config.check"));

    assertThat(new TreeSet<>(List.of(list.group(1).split(" ")))).isEqualTo(want);
  }
}
