package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tries every flag that the command line has, at every place where a user may write it. */
class FlagsTest {
  /** A good value of each flag that takes one; enums and durations have their own. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("--config.file", "missing.yml"),
          Map.entry("--config.auto-reload-interval", "1m"),
          Map.entry("--http.config.file", "missing.yml"),
          Map.entry("--storage.path", "missing"),
          Map.entry("--demo.start", "34m"),
          Map.entry("--web.listen-address", "127.0.0.1:0"),
          Map.entry("--web.config.file", "missing.yml"),
          Map.entry("--web.telemetry-path", "/telemetry"),
          Map.entry("--web.external-url", "https://mon.example.net/imf/"),
          Map.entry("--web.route-prefix", "/imf"),
          Map.entry("--web.max-connections", "100"),
          Map.entry("--log.file", "missing/log"),
          Map.entry("--host", "mail01"),
          Map.entry("--exporter", "none"),
          Map.entry("--since", "7d"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A flag and a command behind it, such as {@code --log.level=debug check}. */
  @TestFactory
  Stream<DynamicTest> flagBeforeACommandBelongsToItOrIsRefused() {
    return commands().values().stream()
        .filter(command -> !command.getCommandSpec().helpCommand())
        .flatMap(
            command ->
                flags(all())
                    .map(
                        flag ->
                            DynamicTest.dynamicTest(
                                flag.longestName() + " " + command.getCommandName(),
                                () -> tryBefore(flag, command.getCommandName()))));
  }

  private void tryBefore(OptionSpec flag, String command) {
    boolean taken = flags(command).anyMatch(own -> own.longestName().equals(flag.longestName()));
    // Or the command would read the host.
    boolean reads = flags(command).anyMatch(own -> own.longestName().equals("--config.file"));
    String missing =
        reads && !flag.longestName().equals("--config.file") ? "--config.file=missing.yml" : "";
    int code =
        run(
            Stream.of(missing, written(flag), command)
                .filter(arg -> !arg.isEmpty())
                .toArray(String[]::new));

    if (flag.usageHelp() || flag.versionHelp()) {
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8))
          .contains(flag.versionHelp() ? "imf-exporter, version" : "--web.listen-address");
    } else if (taken) {
      assertThat(err.toString(UTF_8)).doesNotContain("takes no").doesNotContain("Unknown");
    } else {
      String where =
          command.equals("service")
              ? "write it behind the action: imf-exporter service install " + flag.longestName()
              : "give it to imf-exporter without a command";
      assertThat(code).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .isEqualTo(
              "imf-exporter: %s takes no %s: %s\nTry imf-exporter %s --help\n"
                  .formatted(command, flag.longestName(), where, command));
      assertThat(out.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void flagThatACommandWouldIgnoreIsNoneOfIts() {
    assertThat(flags("check").map(OptionSpec::longestName))
        .containsExactlyInAnyOrder("--config.file", "--demo.start", "--help", "--host");
    assertThat(run("check", "--storage.path=x")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("imf-exporter: Unknown option: '--storage.path=x'");
  }

  @Test
  void helpOfACommandBehindAFlagThatItDoesNotTake() {
    assertThat(run("--log.level=debug", "check", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("imf-exporter check");
  }

  /** Words are listed as the help shows them and as they are written. */
  @TestFactory
  Stream<DynamicTest> wrongWordListsTheRightOnes() {
    List<DynamicTest> tests = new ArrayList<>();
    commands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(command -> tests.addAll(words(command)));
    tests.addAll(words(all()));
    assertThat(tests).as("--log.level, --log.format, --instance-scheme, --format twice").hasSize(5);
    return tests.stream();
  }

  private List<DynamicTest> words(CommandSpec command) {
    List<String> before = command.parent() == null ? List.of() : List.of(command.name());
    return flags(command)
        .filter(flag -> flag.type().isEnum())
        .map(flag -> DynamicTest.dynamicTest(flag.longestName(), () -> tryWords(before, flag)))
        .toList();
  }

  private void tryWords(List<String> command, OptionSpec flag) {
    List<String> words =
        Arrays.stream(flag.type().getEnumConstants()).map(Object::toString).toList();
    List<String> all = new ArrayList<>(command);
    all.add(flag.longestName() + "=Loud");

    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .startsWith(
            "imf-exporter: Invalid value for option '%s': expected %s or %s, found \"Loud\"\n"
                .formatted(
                    flag.longestName(),
                    String.join(", ", words.subList(0, words.size() - 1)),
                    words.get(words.size() - 1)));
    for (String word : words) {
      all.set(all.size() - 1, flag.longestName() + "=" + word.toUpperCase(Locale.ROOT));
      all.add("--help");
      assertThat(run(all.toArray(String[]::new))).as(word).isZero();
      all.remove(all.size() - 1);
    }
  }

  private static String written(OptionSpec flag) {
    if (flag.arity().max() == 0) {
      return flag.longestName();
    }
    String value =
        flag.type().isEnum()
            ? flag.type().getEnumConstants()[0].toString()
            : VALUES.get(flag.longestName());
    assertThat(value).as("a value of %s in this test", flag.longestName()).isNotNull();
    return flag.longestName() + "=" + value;
  }

  private static CommandSpec all() {
    return new Main(System.out, System.err).commandLine().getCommandSpec();
  }

  private static Map<String, CommandLine> commands() {
    return all().subcommands();
  }

  private static Stream<OptionSpec> flags(String command) {
    return flags(Objects.requireNonNull(commands().get(command)).getCommandSpec());
  }

  private static Stream<OptionSpec> flags(CommandSpec command) {
    return command.options().stream();
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
