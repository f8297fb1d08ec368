package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.rules.Limit;
import dev.imfexporter.rules.RulesFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutOptionsPrintsTheShippedFile() throws IOException {
    assertThat(run("rules")).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(Files.readString(Path.of("alerts/imf-exporter.rules.yml")));
  }

  @Test
  void writesAFileThatNamesTheOptions() throws IOException {
    Path file = folder.resolve("rules.yml");

    assertThat(
            run(
                "rules",
                "--label=team=mail",
                "--label=tier=1",
                "--selector",
                "job=\"imf\"",
                "--output=" + file))
        .isZero();

    assertThat(err.toString(UTF_8)).startsWith(file + ": written; check it with promtool");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(Files.readString(file))
        .startsWith(
            """
            # Written by imf-exporter development. Do not edit it: run the command again, with --output=FILE.
            #   imf-exporter rules --label=team=mail --label=tier=1 --selector='job="imf"'
            """)
        .contains("{ severity: critical, incident_rank: \"1\", team: 'mail', tier: '1' }")
        .contains("up{job=\"imf\"} == 0");
  }

  /** A name of the old file still has the old content, so it was not written into. */
  @Test
  void replacesTheFileAndDoesNotWriteIntoIt() throws IOException {
    Path file = Files.writeString(folder.resolve("imf.rules.yml"), "groups: [old]");
    Path old = Files.createLink(folder.resolve("old.yml"), file);

    assertThat(run("rules", "--output=" + file)).isZero();

    assertThat(old).hasContent("groups: [old]");
    assertThat(file).content().contains("groups:").doesNotContain("[old]");
  }

  @Test
  void saysWhereItCannotWrite() {
    Path file = folder.resolve("missing").resolve("rules.yml");
    assertThat(run("rules", "--output=" + file)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: %s cannot be written: there is no folder %s\n"
                .formatted(file, file.getParent()));
  }

  /** A host with its own exporter has TLS as well, where the site has it. */
  @Test
  void pagesOfExportersWithTlsAreLinkedByHttps() {
    String url = "--exporter-url=https://imf.example.net:10747";
    assertThat(run("rules", url, "--instance-scheme=https")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("https://{{ $labels.instance }}/{{ else }}https://imf.example.net:10747/hosts/")
        .contains(
            "https://{{ $labels.instance }}/{{ else }}https://imf.example.net:10747/{{ end }}runbooks/")
        .doesNotContain("http://{{ $labels.instance }}");
    out.reset();
    assertThat(run("rules", url)).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("https://{{ $labels.instance }}");
    assertThat(run("rules", url, "--instance-scheme=ftp")).isEqualTo(2);
  }

  @Test
  void helpNamesEveryLimit() {
    assertThat(run("rules", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains(Limit.of(RulesFile.shipped()).keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "--label=team @ want NAME=VALUE such as team=mail, the name of letters, digits and _, not 'team'",
        "--label=te-am=x @ want NAME=VALUE such as team=mail, the name of letters, digits and _, not 'te-am=x'",
        "--label=severity=page @ severity: the alerts have a label of this name already; choose another",
        "--label=exporter=x @ exporter: the alerts have a label of this name already; choose another",
        "--label=name=x @ name: the alerts have a label of this name already; choose another",
        "--label=__x=y @ __x: Prometheus keeps names that begin with __ for itself",
        "--label=team= @ team: want a text without line breaks and without {{ }}, not ''",
        "--label=team={{x}} @ team: want a text without line breaks and without {{ }}, not '{{x}}'",
        "--selector=job @ want matchers of labels such as job=\"imf\" or job=~\"imf|imf-hosts\",site!=\"test\", without braces, not 'job'",
        "--selector={job=\"a\"} @ want matchers of labels such as job=\"imf\" or job=~\"imf|imf-hosts\",site!=\"test\", without braces, not '{job=\"a\"}'",
        "--selector=job=\"a\", @ want matchers of labels such as job=\"imf\" or job=~\"imf|imf-hosts\",site!=\"test\", without braces, not 'job=\"a\",'",
        "--selector=job=~\"a(\" @ 'a(' is no regular expression of Prometheus: missing closing ): a(",
        "--selector=job=~\"(?=x)\" @ '(?=x)' is no regular expression of Prometheus: invalid or unsupported Perl syntax: (?=",
        "--selector=job!~\"(a)\\\\1\" @ '(a)\\1' is no regular expression of Prometheus: invalid escape sequence: \\1",
        "--selector=job=~\"a++\" @ 'a++' is no regular expression of Prometheus: invalid nested repetition operator: ++",
        "--selector=job=~\"a{1,2000}\" @ 'a{1,2000}' is no regular expression of Prometheus: invalid repeat count: {1,2000}",
        "--selector=job=~\"a\\\\h\" @ 'a\\h' is no regular expression of Prometheus: invalid escape sequence: \\h",
        "--selector=name=\"SMTPSVC\" @ name is a label of the exporter's metrics, which no target has: the rules would find nothing",
        "--selector=__name__=\"up\" @ __name__ would select metrics; want labels of targets",
        "--limit=queue_messages @ want NAME=NUMBER such as queue_messages=2000, not 'queue_messages'",
        "--limit=queue_messages=-1 @ want NAME=NUMBER such as queue_messages=2000, not 'queue_messages=-1'",
        "--limit=queue=1 @ there is no limit queue in the rules, but categorizer_messages, certificate_expires_seconds, clock_offset_seconds, mail_available_share, queue_messages, reboot_pending_seconds, stuck_messages, volume_free_share, volume_full_seconds",
        "--limit=queue_messages=0 @ queue_messages: want a number above 0, such as 1000, not 0",
        "--limit=mail_available_share=0.0 @ mail_available_share: want a number between 0 and 1, such as 0.999, not 0.0",
        "--limit=mail_available_share=1.0 @ mail_available_share: want a number between 0 and 1, such as 0.999, not 1.0",
        "--limit=mail_available_share=99.9 @ mail_available_share: want a number between 0 and 1, such as 0.999, not 99.9",
        "--runbook-url=wiki/{alert} @ want an address that begins with http:// or https://, such as https://wiki.example.net/imf/{alert}, not 'wiki/{alert}'",
        "--runbook-url=https://wiki @ want {alert} where the alert's name belongs, such as https://wiki.example.net/imf/{alert}, not 'https://wiki'",
        "--grafana-url=grafana:3000 @ want an address that begins with http:// or https://, such as https://grafana.example.net, not 'grafana:3000'",
        "--exporter-url=http://a b @ want an address that begins with http:// or https://, such as http://imf.example.net:10747, not 'http://a b'",
        "--exporter-url=http://a/?b @ want an address without ? and #, such as http://imf.example.net:10747, not 'http://a/?b'",
      })
  void explainsWhatIsWrong(String option, String sentence) {
    assertThat(run("rules", option)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "imf-exporter: Invalid value for option '%s': %s\nTry imf-exporter rules --help\n"
                .formatted(option.substring(0, option.indexOf('=')), sentence));
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--label, team, a, b", "--limit, queue_messages, 1, 2"})
  void nameCannotBeGivenTwice(String option, String name, String one, String other) {
    assertThat(run("rules", option + "=" + name + "=" + one, option + "=" + name + "=" + other))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(name + " is given twice");
  }

  @Test
  void takesTheExpressionsOfPrometheus() {
    assertThat(run("rules", "--selector=job=~\"(?P<n>x)\"")).isZero();
  }

  /** A line break in a comment would end it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"job=\"a\",\nsite=\"b\"", "job=\"a\"\n", "job=\"\u0085\"", "job=\"\u2028\""})
  void selectorHasNoLineBreak(String selector) {
    assertThat(run("rules", "--selector=" + selector)).isEqualTo(2);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(60)
  void shellTakesTheCommandOfTheFirstLines() throws IOException {
    assertThat(
            run(
                "rules",
                "--selector=job=~\"imf|imf-hosts\",site!=\"it's $HOME `x`\"",
                "--label=t=a b",
                "--label=u=it's",
                "--limit=queue_messages=3000",
                "--limit=stuck_messages=20",
                "--runbook-url=https://wiki.example.net/{alert}?a&b"))
        .isZero();
    String text = out.toString(UTF_8);
    String command = text.lines().skip(1).findFirst().orElseThrow();
    Process shell =
        new ProcessBuilder("sh", "-c", command.replace("#   imf-exporter", "printf '%s\\n'"))
            .redirectErrorStream(true)
            .start();
    String[] arguments =
        new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toArray(String[]::new);

    out.reset();
    assertThat(run(arguments)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(text);
  }

  private int run(String... args) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
