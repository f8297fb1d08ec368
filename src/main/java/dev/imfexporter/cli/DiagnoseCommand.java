package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.report.DiagnosisReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Reads a host now and prints what is wrong with it, question by question. */
@Command(
    name = "diagnose",
    header = "Reads the host now and prints what is wrong, the evidence, and what to do next.",
    description = {
      "",
      "Asks what the administrator on call has to ask: is IIS Admin up, what happened last, was"
          + " there an update, who started it again, does mail flow, what else is loaded. It changes"
          + " nothing. If an exporter watches the host, it is asked instead, so that both say the"
          + " same.",
      ""
    },
    exitCodeList = {
      " 0:healthy, or everything runs and an update is under way or is still being verified, as the first line says",
      " 1:mail is halted, stalled, stuck or bounces, something that should run does not, a service crashed, keeps"
          + " stopping or will not start at the next boot, a virtual server is gone, a disk fills, or what SMTP"
          + " answers is at fault: its certificate, its own address, an open relay",
      " 2:the host could not be read, or the command line or the configuration is wrong",
      " 3:the output could not be written"
    })
final class DiagnoseCommand implements Callable<Integer> {
  private static final int UNREADABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final Duration between;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Mixin private final HostArgument host = new HostArgument();

  @Mixin private final ExporterOption exporter = new ExporterOption();

  @Mixin private final ZoneOption zone = new ZoneOption();

  /**
   * @param between the pause between two readings, in which messages can leave
   */
  DiagnoseCommand(PrintStream out, PrintStream err, boolean colour, Duration between) {
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.between = between;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(LogLevel.ERROR, LogFormat.LOGFMT, err);
    try {
      DiagnosisReport diagnosis = diagnose();
      TerminalText.print(out, new DiagnosisText(colour).of(diagnosis));
      return switch (diagnosis.verdict()) {
        case HEALTHY -> Main.OK;
        case AT_RISK, FAILING -> Main.FAILED;
        case UNREADABLE -> UNREADABLE;
      };
    } catch (UsageException | ConfigException e) {
      Main.explain(e, err);
      return UNREADABLE;
    }
  }

  private DiagnosisReport diagnose() throws ConfigException, UsageException, InterruptedException {
    String name = host.name();
    ExporterOrHost source = exporter.read(err);
    if (source.isNamed()) {
      return source.ask(name == null ? options.host(null).name() : name, this::ask);
    }
    HostReader reader = new HostReader(options, between);
    return source.of(
        options.host(name),
        options,
        this::ask,
        config -> DiagnosisReport.of(reader.readWithEvents(config).diagnosis(zone.orHere())));
  }

  private DiagnosisReport ask(RunningExporter running, String name) throws UsageException {
    return running.diagnosis(name, zone);
  }
}
