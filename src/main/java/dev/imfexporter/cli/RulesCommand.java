package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.rules.AlertLabel;
import dev.imfexporter.rules.Change;
import dev.imfexporter.rules.Limit;
import dev.imfexporter.rules.Link;
import dev.imfexporter.rules.RulesFile;
import dev.imfexporter.rules.RunbookUrl;
import dev.imfexporter.rules.Scheme;
import dev.imfexporter.rules.TargetSelector;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the alert rules, changed for a site. */
@Command(
    name = "rules",
    header = "Prints the alert rules for Prometheus, changed for your site.",
    description = {
      "",
      "The rules of this version as they ship, with what the options change. Without an option it is"
          + " the file alerts/imf-exporter.rules.yml. Run it again after an update of imf-exporter"
          + " instead of editing what it prints.",
      ""
    },
    exitCodeList = {" 0:printed", " 1:the file cannot be written", " 2:the command line is wrong"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter rules --label team=mail --limit queue_messages=3000",
      "      with a label for Alertmanager's routes, and for a busy relay",
      "  imf-exporter rules --selector 'job=~\"imf|imf-hosts\"' --output imf.rules.yml",
      "      only about targets of these jobs",
    })
final class RulesCommand implements Callable<Integer> {
  private static final Pattern PLAIN_FOR_SHELL = Pattern.compile("[\\w.,:/@%+=-]+");

  private final PrintStream out;
  private final PrintStream err;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--selector",
      paramLabel = "MATCHERS",
      description =
          "Only targets of Prometheus with such labels, such as job=\"imf\". All jobs that scrape"
              + " imf-exporter must match, or their hosts have no alerts. Default: every target"
              + " that is an imf-exporter.")
  private @Nullable String selector;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label that all alerts get, such as team=mail. May be given again.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "NAME=NUMBER",
      description =
          "One of queue_messages, categorizer_messages, stuck_messages, mail_available_share,"
              + " clock_offset_seconds, certificate_expires_seconds, volume_free_share,"
              + " volume_full_seconds, reboot_pending_seconds. May be given again. All other limits are keys of the"
              + " exporter's configuration.")
  private List<String> limits = new ArrayList<>();

  @Option(
      names = "--runbook-url",
      paramLabel = "URL",
      description =
          "Where your runbooks are, with {alert} for the alert's name and, if you want,"
              + " {instance} for the host. Default: those of the exporter with --exporter-url, or else"
              + " the project's.")
  private @Nullable String runbookUrl;

  @Option(
      names = "--grafana-url",
      paramLabel = "URL",
      description =
          "Your Grafana: alerts get a link to the board of what they are about, dashboard_url.")
  private @Nullable String grafanaUrl;

  @Option(
      names = "--exporter-url",
      paramLabel = "URL",
      description =
          "Your imf-exporter: alerts get a link to its page of what they are about, page_url, and"
              + " link its own runbooks.")
  private @Nullable String exporterUrl;

  @Option(
      names = "--instance-scheme",
      paramLabel = "SCHEME",
      defaultValue = "http",
      description =
          "With --exporter-url: how browsers reach an exporter whose label instance has a port. One of"
              + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Scheme instanceScheme = Scheme.HTTP;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      converter = Options.NameConverter.class,
      description = "The file to write, which is replaced. Default: standard output.")
  private @Nullable Path output;

  RulesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException {
    RulesFile rules = RulesFile.shipped();
    for (Change change : changes()) {
      rules = rules.with(change);
    }
    String text = origin() + rules.text();
    if (output == null) {
      TerminalText.print(out, text);
    } else {
      OutputFile.replace(output, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
      err.println(
          "%s: written; check it with promtool check rules, then let Prometheus read it again"
              .formatted(output));
    }
    return Main.OK;
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    changes.addAll(readEach("--limit", limits, Limit::parse, Limit::name));
    changes.addAll(readEach("--label", labels, AlertLabel::parse, AlertLabel::name));
    if (selector != null) {
      changes.add(read("--selector", selector, TargetSelector::parse));
    }
    if (runbookUrl != null) {
      changes.add(read("--runbook-url", runbookUrl, RunbookUrl::parse));
    } else if (exporterUrl != null) {
      changes.add(
          read("--exporter-url", exporterUrl, url -> RunbookUrl.ofExporter(url, instanceScheme)));
    }
    if (grafanaUrl != null) {
      changes.add(read("--grafana-url", grafanaUrl, Link::dashboard));
    }
    if (exporterUrl != null) {
      changes.add(read("--exporter-url", exporterUrl, url -> Link.page(url, instanceScheme)));
    }
    return changes;
  }

  private <T> List<T> readEach(
      String option, List<String> texts, Function<String, T> parse, Function<T, String> name) {
    Map<String, T> values = new LinkedHashMap<>();
    for (String text : texts) {
      T value = read(option, text, parse);
      if (values.put(name.apply(value), value) != null) {
        throw wrong(option, name.apply(value) + " is given twice", null);
      }
    }
    return List.copyOf(values.values());
  }

  private <T> T read(String option, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option, e.getMessage(), e);
    }
  }

  private ParameterException wrong(
      String option, @Nullable String sentence, @Nullable Exception cause) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '%s': %s".formatted(option, sentence), cause);
  }

  /** A comment with the command line that makes this text, unless it changes nothing. */
  private String origin() {
    String options =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .distinct()
            .filter(option -> !option.longestName().equals("--output"))
            .flatMap(
                option ->
                    option.originalStringValues().stream()
                        .map(value -> " " + option.longestName() + "=" + forShell(value)))
            .collect(Collectors.joining());
    return options.isEmpty()
        ? ""
        : "# Written by imf-exporter %s. Do not edit it: run the command again, with --output=FILE.\n"
                .formatted(Version.current())
            + "#   imf-exporter rules%s\n".formatted(options);
  }

  private static String forShell(String value) {
    return PLAIN_FOR_SHELL.matcher(value).matches()
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }
}
