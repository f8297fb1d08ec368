package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyReadingHasItsLine() throws IOException {
    assertThat(run("hosts: { mail01: { access: demo } }", "check", "mail01")).isZero();

    assertThat(out.toString(UTF_8).lines())
        .hasSizeGreaterThan(9)
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.matches("ok +services +\\d+ ms"))
        .anyMatch(line -> line.equals("All that this access can read is read."));
  }

  /** In that part of its story SMTPSVC is stopped. */
  @Test
  void smtpThatIsStoppedEndsWithOne() throws IOException {
    assertThat(run("hosts: { mail01: { access: demo, demo_start: 4m } }", "check")).isEqualTo(1);

    assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
        .contains("SMTPSVC should run and does not (down): what it would answer was not tried.")
        .doesNotContain("All that this access can read is read.");
  }

  @Test
  void caseOfAHostNameIsIgnored() throws IOException {
    assertThat(run("hosts: { mail01: { access: demo } }", "check", "MAIL01")).isLessThan(2);

    assertThat(err.toString(UTF_8)).contains("Reading mail01 by access demo");
  }

  @Test
  void otherHostIsNotConfigured() throws IOException {
    assertThat(run("hosts: { mail01: { access: demo } }", "check", "mail02")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("no host mail02, but mail01");
  }

  private int run(String config, String... args) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yml"), config);
    CommandLine command =
        new CommandLine(new Options(options -> 0))
            .addSubcommand(
                new CheckCommand(
                    new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false));
    String[] all = new String[args.length + 1];
    all[0] = "--config.file=" + file;
    System.arraycopy(args, 0, all, 1, args.length);
    return command.execute(all);
  }
}
