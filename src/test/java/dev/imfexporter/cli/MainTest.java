package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.imfexporter.RestoredLog;
import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.journal.Journal;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RestoredLog.class)
class MainTest {
  private static final String HINT = "Try imf-exporter --help\n";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void version() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8))
        .matches("imf-exporter, version \\S+ \\(revision \\S+, built \\S+, Java .+\\)\\R");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void helpShowsDefaultsExamplesAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Default: :10747", "Default: info", "Default: logfmt", "debug, info, warn, error")
        .contains("Exit codes:", "Examples:");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpIsACommandToo() {
    assertThat(run("help")).isZero();
    assertThat(out.toString(UTF_8)).contains("--web.listen-address").contains("Exit codes:");

    out.reset();
    assertThat(run("help", "check")).isZero();
    assertThat(out.toString(UTF_8)).contains("imf-exporter check");
  }

  @Test
  void hostWithoutAnyConfiguration() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    assertThat(run("check", "mail01.example.net")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: there is no host mail01.example.net: without --config.file, demo is the"
                + " only one\n");
  }

  @Test
  void unknownFlagGetsItsNearest() {
    assertThat(run("--config.fiel=x")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: Unknown option: '--config.fiel=x'\n"
                + "Possible solutions: --config.file, --config.check, --config.auto-reload,"
                + " --config.auto-reload-interval\n"
                + HINT);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void wrongValuesOfFlags() {
    assertWrong(
        "Invalid value for option '--web.listen-address' (HOST:PORT): want host:port, [ipv6]:port or"
            + " :port, such as :10747, not '10747'",
        "--web.listen-address=10747");
    assertWrong(
        "Invalid value for option '--web.telemetry-path': want a path such as /metrics, not 'm'",
        "--web.telemetry-path=m");
    assertWrong(
        "Invalid value for option '--web.telemetry-path': there is another page at /hosts/m",
        "--web.telemetry-path=/hosts/m");
    assertWrong(
        "Invalid value for option '--web.route-prefix': want a path such as /imf, or /, not 'imf'",
        "--web.route-prefix=imf");
    assertWrong(
        "Invalid value for option '--web.external-url': want an address such as"
            + " https://monitor.example.net/imf/, not 'https://u:p@monitor/?x'",
        "--web.external-url=https://u:p@monitor/?x");
    assertWrong(
        "Invalid value for option '--web.max-connections': want a whole number from 16 to 65536, not"
            + " '5'",
        "--web.max-connections=5");
    for (String number : List.of("99999999999999999999", "0", "-1", "x")) {
      err.reset();
      assertThat(run("evidence", "--episode=" + number)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .startsWith(
              "imf-exporter: Invalid value for option '--episode': want the number of an episode, such as 3, as history and the page of the host list them, not '%s'\n"
                  .formatted(number));
    }
    assertWrong(
        "Invalid value for option '--log.level': expected debug, info, warn or error, found"
            + " \"loud\"",
        "--log.level=loud");
    assertWrong("Missing required parameter for option '--config.file' (FILE)", "--config.file");
    assertWrong(
        "option '--storage.path' (DIR) should be specified only once",
        "--storage.path=a",
        "--storage.path=b");
    assertWrong(
        "--config.check needs --config.file=FILE: the usual file, %s, is not there"
            .formatted(Configuration.usualFile()),
        "--config.check");
    assertWrong("Unmatched argument at index 0: '@journal.txt'", "@journal.txt");
  }

  /** Whether it is said behind the command or in front of it, and whether the file is good. */
  @Test
  void theBeginningOfTheDemoBesideAFileIsAWrongCommandLine() throws IOException {
    Path file = Files.writeString(folder.resolve("imf.yml"), "hosts: { a: { access: demo } }");
    String sentence =
        "--demo.start is for the demo without --config.file; give a host of %s with access: demo the key demo_start"
            .formatted(file);
    assertWrong(sentence, "--demo.start=1h", "--config.file=" + file);
    assertWrong(sentence, "--demo.start=1h", "--config.file=" + file, "--config.check");
    assertWrong(sentence, "check", "--demo.start=1h", "--config.file=" + file);
  }

  @Test
  void aLogFileThatCannotBeWrittenIsSaidInPlainWords() {
    Path file = folder.resolve("missing").resolve("x.log");
    assertThat(run("--log.file=" + file)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains(
            "--log.file=%s cannot be written: there is no folder %s; name a file in"
                .formatted(file, file.getParent()));
  }

  @Test
  void aWebConfigurationIsCheckedBesideTheOther() throws IOException {
    Path file = Files.writeString(folder.resolve("imf.yml"), "hosts: { mail01: { access: demo } }");
    Path web = Files.writeString(folder.resolve("web.yml"), "rate_limit: { interval: 0 }");
    assertThat(run("--config.file=" + file, "--web.config.file=" + web, "--config.check")).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(web + ": ok\n" + file + ": ok, watches mail01 by access demo\n");
    assertThat(err.toString(UTF_8))
        .startsWith("warning: " + web + ": has neither TLS nor users: everyone who reaches");

    err.reset();
    Files.writeString(web, "users: {}");
    assertThat(run("--web.config.file=" + web, "--config.check")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith(web + ":1: users: unknown key, expected one of ");
  }

  @Test
  void goodConfiguration() throws IOException {
    Path file = Files.writeString(folder.resolve("imf.yml"), "hosts: { mail01: { access: demo } }");
    assertThat(run("--config.file=" + file, "--config.check")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(file + ": ok, watches mail01 by access demo\n");

    out.reset();
    Files.writeString(file, "hosts: { a: { access: demo }, b: { access: demo } }");
    assertThat(run("--config.file=" + file, "--config.check")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(file + ": ok, watches 2 hosts\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void checkOfAConfigurationRefusesWhatCannotStartOnThisSystem() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("imf.yml"),
            "hosts: { a: { access: local }, b: { access: win32 }, c: { access: demo } }");

    assertThat(run("--config.file=" + file, "--config.check")).isEqualTo(1);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(
            line -> line.endsWith("Run imf-exporter on a Windows machine, or use access: smb"))
        .anyMatch(line -> line.startsWith(file + ": hosts.a.access: local makes Win32 calls"))
        .anyMatch(line -> line.startsWith(file + ": hosts.b.access: win32 makes Win32 calls"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void passwordThatEveryAccountCanReadIsAWarning() throws IOException {
    Files.writeString(folder.resolve("mail.pw"), "hunter2");
    Files.setPosixFilePermissions(
        folder.resolve("mail.pw"), PosixFilePermissions.fromString("rw-r--r--"));
    Path file =
        Files.writeString(
            folder.resolve("imf.yml"),
            """
            auths: { a: { username: x, password_file: mail.pw } }
            hosts: { m: { access: smb, auth: a } }
            """);

    assertThat(run("--config.file=" + file, "--config.check")).isZero();

    assertThat(out.toString(UTF_8)).isEqualTo(file + ": ok, watches m by access smb\n");
    assertThat(err.toString(UTF_8))
        .startsWith("warning: " + file + ":1: auths.a.password_file: every account")
        .doesNotContain("hunter2");
  }

  @Test
  void schemaIsPrintedOrWritten() throws IOException {
    assertThat(run("schema")).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(Files.readString(Path.of("docs/imf-exporter.schema.json")));
    Path file = folder.resolve("schema.json");
    assertThat(run("schema", "--output=" + file)).isZero();
    assertThat(file).hasSameTextualContentAs(Path.of("docs/imf-exporter.schema.json"));
    assertThat(run("schema", "--output=" + folder.resolve("none/schema.json"))).isEqualTo(1);
  }

  @Test
  void emptyNameOfAFileOrFolder() {
    String wrong = "Invalid value for option %s: want a name, found nothing";
    assertWrong(wrong.formatted("'--config.file' (FILE)"), "--config.file=");
    assertWrong(wrong.formatted("'--storage.path'"), "--storage.path=");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("imf.yml"), "hosts: { a: { access: demo } }");
    List<String[]> commands =
        List.of(
            new String[] {"--version"},
            new String[] {"--help"},
            new String[] {"--config.check", "--config.file=" + file},
            new String[] {"check", "--config.file=" + file},
            new String[] {"diagnose", "a", "--config.file=" + file},
            new String[] {"preflight", "--all", "--config.file=" + file},
            new String[] {"history", "--storage.path=" + folder});
    for (String[] command : commands) {
      err.reset();
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("No space left on device");
            }
          };
      Main main = new Main(new PrintStream(full, true, UTF_8), new PrintStream(err, true, UTF_8));

      assertThat(main.run(command)).as(command[0]).isEqualTo(3);
      assertThat(err.toString(UTF_8))
          .endsWith(
              "imf-exporter: the output could not be written: is the disk full, or did its reader end?\n");
    }
  }

  @Test
  void everyErrorOfTheConfigurationIsPrinted() throws IOException {
    Path file =
        Files.writeString(folder.resolve("imf.yml"), "host: {}\nhosts: { a: { access: x } }");
    String first = file + ":1: host: unknown key, did you mean hosts?";
    String second = file + ":2: hosts.a.access: expected local, win32, smb or demo, found \"x\"";

    assertThat(run("--config.check", "--config.file", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo(first + "\n" + second + "\n");

    err.reset();
    assertThat(run("--config.file", file.toString(), "--log.format=json")).isEqualTo(1);
    assertThat(err.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"ts\":"))
        .allMatch(line -> line.contains("\"level\":\"error\""))
        .last()
        .asString()
        .contains("\"msg\":\"" + second.replace("\"", "\\\"") + "\"");
  }

  @Test
  void anotherExporterOnTheSameFolder() throws StorageException {
    try (Journal first = Journal.open(folder, TimeSource.system())) {
      assertThat(run("--storage.path=" + first.folder(), "--web.listen-address=127.0.0.1:0"))
          .isEqualTo(1);
    }
    assertThat(err.toString(UTF_8))
        .contains("level=error")
        .contains("(process " + ProcessHandle.current().pid() + ") keeps its history here")
        .doesNotContain("listening");
  }

  @Test
  void aFileAsStorageFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("--storage.path=" + file, "--web.listen-address=127.0.0.1:0")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains(file + ": cannot be made: it is a file, not a folder");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void folderInWhichNothingCanBeWrittenIsNotSaidToKeepTheHistory() throws Exception {
    // Also root cannot make a file here.
    Path unwritable = Path.of("/proc/self");
    Thread server =
        new Thread(() -> run("--storage.path=" + unwritable, "--web.listen-address=127.0.0.1:0"));
    server.setDaemon(true);
    server.start();
    while (!err.toString(UTF_8).contains("listening on") && server.isAlive()) {
      Thread.onSpinWait();
    }
    server.interrupt();
    server.join();

    assertThat(err.toString(UTF_8))
        .contains("the history of demo is kept in memory only")
        .doesNotContain("history is in");
  }

  private void assertWrong(String message, String... args) {
    err.reset();
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("imf-exporter: " + message + "\n" + HINT);
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
