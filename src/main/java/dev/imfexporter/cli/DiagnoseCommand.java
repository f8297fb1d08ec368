package dev.imfexporter.cli;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.SmtpAddress;
import dev.imfexporter.fleet.HostFactory;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.fleet.WatchedHost;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.journal.Recovered;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.poll.CallThreads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Reads a host now and prints what is wrong with it, question by question. */
@Command(
    name = "diagnose",
    header = "Reads the host now and prints what is wrong, the evidence, and what to do next.",
    description = {
      "",
      "Asks what the administrator on call has to ask: is IIS Admin up, what happened last, was"
          + " there an update, who started it again, does mail flow, what else is loaded. It changes"
          + " nothing, and may run beside the exporter, whose history it reads.",
      ""
    },
    exitCodeList = {
      " 0:healthy",
      " 1:mail is halted, stalled, stuck or bounces, something that should run does not, or a service crashed, keeps"
          + " stopping or will not start at the next boot",
      " 2:the host could not be read, or the command line or the configuration is wrong"
    })
final class DiagnoseCommand implements Callable<Integer> {
  /** For all readings together. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** For reading the event logs to their end, which takes several readings. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  /** Two readings this far apart show whether messages leave. */
  static final Duration BETWEEN = Duration.ofSeconds(5);

  private static final int UNREADABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final Duration between;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The host in the configuration. Default: the only one that it has.")
  private @Nullable String host;

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
      HostConfig config = options.host(host);
      err.println(Options.reading(config));
      Diagnosis diagnosis = diagnose(config);
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

  private Diagnosis diagnose(HostConfig config) throws UsageException, InterruptedException {
    TimeSource time = TimeSource.system();
    Module.Banner banner = config.module().smtp().banner();
    SmtpAddress smtp = new SmtpAddress(banner.address(), banner.port());
    try (WatchedHost watched = HostFactory.onDemand(config, earlier(config.name()))) {
      HostSnapshot snapshot = read(watched.watcher(), time);
      if (!snapshot.up()) {
        return Diagnosis.of(snapshot, List.of(), smtp, time.now().wall());
      }
      TimeUnit.MILLISECONDS.sleep(between.toMillis());
      snapshot = read(watched.watcher(), time);
      return Diagnosis.of(snapshot, events(watched), smtp, time.now().wall());
    }
  }

  /** Reads until the event logs are read to their end, or for {@link #CATCH_UP}. */
  private static HostSnapshot read(HostWatcher watcher, TimeSource time) {
    Moment end = time.now().plus(CATCH_UP);
    HostSnapshot snapshot = watcher.scrape(DEADLINE).join();
    while (watcher.catchingUp() && time.now().since(end).isNegative()) {
      snapshot = watcher.scrape(DEADLINE).join();
    }
    return snapshot;
  }

  private static List<LoggedEvent> events(WatchedHost watched) throws InterruptedException {
    Future<List<LoggedEvent>> events =
        CallThreads.atMost(1).submit(() -> watched.eventsOfLastDay());
    try {
      return events.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return List.of(); // The snapshot has the reason, as the result of the reading "events".
    }
  }

  /** What an exporter has kept of this host; nothing is added to it. */
  private FactStore earlier(String name) throws UsageException {
    for (Path place : Storage.places(options.storagePath, options.configFile)) {
      try {
        Optional<Recovered> recovered = JournalReader.read(place, name);
        if (recovered.isPresent()) {
          return FactStore.readOnly(recovered.get().facts());
        }
      } catch (IOException e) {
        throw HistoryCommand.unreadable(place, e);
      }
    }
    return FactStore.none();
  }
}
