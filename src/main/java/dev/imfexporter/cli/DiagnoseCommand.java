package dev.imfexporter.cli;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.journal.Recovered;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Reads a host now and says what is wrong with it, step by step. */
@Command(
    name = "diagnose",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    header = "Reads the host now and tells what is wrong, why we think so, and what to do next.",
    description = {
      "",
      "Asks what the administrator on call has to ask: is IIS Admin up, what happened last, was"
          + " there an update, who started it again, does mail flow, who else is loaded. It changes"
          + " nothing, and may run beside the exporter, whose history it reads.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:healthy",
      " 1:mail is halted or stalled, or something that should run does not",
      " 2:the host could not be read, or the command line or the configuration is wrong"
    })
final class DiagnoseCommand implements Callable<Integer> {
  /** For all that is read in one look. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  /** For reading the event logs to their end, piece by piece. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  /** Whether messages leave shows only in two looks. */
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
   * @param between the pause between two looks, in which messages can leave
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
      HostConfig config = HostSetup.named(options.configFile, host);
      err.println("Reading " + config.name() + " by access " + config.access().word() + " ...");
      Diagnosis diagnosis = diagnose(config);
      byte[] bytes = new DiagnosisText(colour).of(diagnosis).getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, bytes.length);
      out.flush();
      return switch (diagnosis.verdict()) {
        case HEALTHY -> Main.OK;
        case FAILING -> Main.FAILED;
        case UNREADABLE -> UNREADABLE;
      };
    } catch (CannotStart e) {
      err.println("imf-exporter: " + e.getMessage());
    } catch (ConfigException e) {
      e.errors().forEach(err::println);
    }
    return UNREADABLE;
  }

  private Diagnosis diagnose(HostConfig config) throws CannotStart, InterruptedException {
    TimeSource time = TimeSource.system();
    ExecutorService calls = HostSetup.calls();
    try (HostAccess access = HostSetup.open(config, new LoginGates());
        HostWatcher watcher = HostSetup.looker(config, access, earlier(config.name()), calls)) {
      HostSnapshot snapshot = look(watcher, time);
      if (snapshot.up()) {
        TimeUnit.MILLISECONDS.sleep(between.toMillis());
        snapshot = look(watcher, time);
      }
      List<LoggedEvent> events = snapshot.up() ? events(config, access, calls) : List.of();
      return Diagnosis.of(snapshot, events, time.now().wall());
    }
  }

  /** Until the event logs are read to their end. */
  private static HostSnapshot look(HostWatcher watcher, TimeSource time) {
    Moment end = time.now().plus(CATCH_UP);
    HostSnapshot snapshot = watcher.observe(LOOK).join();
    while (watcher.catchingUp() && time.now().since(end).isNegative()) {
      snapshot = watcher.observe(LOOK).join();
    }
    return snapshot;
  }

  private static List<LoggedEvent> events(
      HostConfig config, HostAccess access, ExecutorService calls) throws InterruptedException {
    Future<List<LoggedEvent>> events = calls.submit(() -> HostSetup.lastDay(config, access));
    try {
      return events.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return List.of(); // Why they cannot be read stands among the readings.
    }
  }

  /** What the exporter has kept of this host; nothing is added to it. */
  private FactStore earlier(String name) throws CannotStart {
    for (Path place : Storage.places(options)) {
      try {
        Optional<Recovered> recovered = JournalReader.read(place, name);
        if (recovered.isPresent()) {
          return FactStore.readOnly(recovered.get().facts());
        }
      } catch (IOException e) {
        throw new CannotStart(place + " cannot be read: " + e.getMessage());
      }
    }
    return FactStore.none();
  }
}
