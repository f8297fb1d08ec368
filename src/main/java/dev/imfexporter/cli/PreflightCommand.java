package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.ReportJson;
import dev.imfexporter.text.TimeView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks whether mail will come back after the next update or reboot. */
@Command(
    name = "preflight",
    header = "Checks before an update or a reboot whether mail will come back after it.",
    description = {
      "",
      "Reads the host and its history: how services start, what is wrong already, what is loaded in"
          + " inetinfo.exe, how much lies in the queues, what is pending, and how earlier restarts"
          + " went. It changes nothing. If an exporter watches the host, it is asked instead, so"
          + " that both say the same.",
      ""
    },
    exitCodeList = {
      " 0:ready: no check found a problem or a warning; what is not known is listed",
      " 1:a check found a problem or a warning",
      " 2:a host could not be read, or the command line or the configuration is wrong",
      " 3:the output could not be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter preflight mail01",
      "      before the updates of one host are installed",
      "  imf-exporter preflight --all --format json | jq -r '.[] | select(.verdict == \"problem\").host'",
      "      the hosts that should not be updated tonight",
    })
final class PreflightCommand implements Callable<Integer> {
  private static final int UNREADABLE = 2;

  /** How many hosts are read side by side. */
  private static final int MOST_AT_ONCE = 16;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final Duration between;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  private CommandSpec spec;

  @Mixin private final HostArgument host = new HostArgument();

  @Mixin private final ExporterOption exporter = new ExporterOption();

  @Mixin private final ZoneOption zone = new ZoneOption();

  @Option(names = "--all", description = "Every host of the configuration.")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TEXT;

  /** How the checks are printed. */
  enum Format {
    /** For people, at most 100 columns wide. */
    TEXT,
    /** An array with an object for each host. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param between the pause between two readings, in which messages can leave
   */
  PreflightCommand(PrintStream out, PrintStream err, boolean colour, Duration between) {
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.between = between;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(LogLevel.ERROR, LogFormat.LOGFMT, err);
    try {
      List<Preflight> found = check();
      TerminalText.print(
          out,
          switch (format) {
            case TEXT -> new PreflightText(colour).of(found);
            case JSON -> ReportJson.of(found);
          });
      return found.stream().mapToInt(PreflightCommand::code).max().orElse(Main.OK);
    } catch (UsageException | ConfigException e) {
      Main.explain(e, err);
      return UNREADABLE;
    }
  }

  private static int code(Preflight host) {
    return switch (host.verdict()) {
      case OK -> Main.OK;
      case WARNING, PROBLEM -> Main.FAILED;
      case NOT_KNOWN -> UNREADABLE;
    };
  }

  private List<Preflight> check() throws ConfigException, UsageException, InterruptedException {
    String name = host.name();
    if (all && name != null) {
      throw new ParameterException(
          spec.commandLine(), "--all is every host: leave %s or --all out".formatted(name));
    }
    ExporterOrHost source = exporter.read(err);
    if (name != null && source.isNamed()) {
      return List.of(source.ask(name, this::ask));
    }
    return all ? check(source, options.hosts()) : List.of(check(source, options.host(name)));
  }

  private List<Preflight> check(ExporterOrHost source, List<HostConfig> hosts)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST_AT_ONCE, hosts.size()));
    try {
      List<Future<Preflight>> running = new ArrayList<>();
      for (HostConfig config : hosts) {
        running.add(threads.submit(() -> checkOrSayWhyNot(source, config)));
      }
      List<Preflight> found = new ArrayList<>();
      for (Future<Preflight> each : running) {
        found.add(each.get());
      }
      return found;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A host could not be checked", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What one host lacks must not lose what is found of the others. */
  private Preflight checkOrSayWhyNot(ExporterOrHost source, HostConfig config)
      throws InterruptedException {
    try {
      return check(source, config);
    } catch (UsageException e) {
      return Preflight.unreadable(config.name(), String.valueOf(e.getMessage()));
    }
  }

  private Preflight check(ExporterOrHost source, HostConfig config)
      throws UsageException, InterruptedException {
    return source.isNamed()
        ? source.ask(config.name(), this::ask)
        : source.of(
            config, options, this::ask, each -> check(new HostReader(options, between).read(each)));
  }

  private Preflight ask(RunningExporter running, String name) throws UsageException {
    return running.preflight(name, zone);
  }

  private Preflight check(FreshReading reading) {
    return Preflight.of(reading.snapshot(), new TimeView(reading.at(), zone.orHere()));
  }
}
