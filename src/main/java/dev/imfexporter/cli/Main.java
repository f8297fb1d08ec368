package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.http.BindFailed;
import dev.imfexporter.http.Server;
import dev.imfexporter.journal.StorageException;
import dev.imfexporter.watch.clock.TimeSource;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the program. */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_COMMAND_LINE = 2;

  private final PrintStream out;
  private final PrintStream err;

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    System.setProperty(LastingLogManager.PROPERTY, LastingLogManager.class.getName());
    System.exit(new Main(System.out, System.err).run(args));
  }

  /** Runs until the program is asked to stop, or has done what it was asked for; the exit code. */
  int run(String... args) {
    return commandLine().execute(args);
  }

  /** Every command and flag. */
  CommandLine commandLine() {
    boolean colour = isTerminal();
    return new CommandLine(new Options(this::serve))
        .addSubcommand(new HistoryCommand(out, colour))
        .addSubcommand(new CheckCommand(out, err, colour))
        .addSubcommand(new DiagnoseCommand(out, err, colour, DiagnoseCommand.BETWEEN))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A file name may begin with an @.
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        // Or --storage.path=history would begin the command history.
        .setAllowSubcommandsAsOptionParameters(true)
        .setParameterExceptionHandler((e, arguments) -> wrongCommandLine(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
  }

  /** On Windows, picocli alone takes any output for a terminal when TERM is set. */
  @SuppressWarnings("SystemConsoleNull") // from Java 22 on, picocli asks isTerminal() itself
  private static boolean isTerminal() {
    return System.console() != null && Ansi.AUTO.enabled();
  }

  private int wrongCommandLine(ParameterException e) {
    err.println("imf-exporter: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, new PrintWriter(err, true, UTF_8));
    err.println("Try " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return WRONG_COMMAND_LINE;
  }

  private int failed(Exception e) {
    if (e instanceof CannotStart told) {
      err.println("imf-exporter: " + told.getMessage());
    } else if (e instanceof ConfigException wrong) {
      wrong.errors().forEach(err::println);
    } else {
      e.printStackTrace(err);
    }
    return FAILED;
  }

  private int serve(Options options) {
    if (options.configCheck) {
      return options.configFile == null
          ? wrongCommandLine(
              new ParameterException(commandLine(), "--config.check needs --config.file=FILE"))
          : check(options.configFile);
    }
    Logging.start(options.logLevel, options.logFormat, err);
    Logger log = System.getLogger(Main.class.getName());
    try {
      return serve(options, config(options.configFile, log), log);
    } catch (ConfigException e) {
      e.errors().forEach(error -> log.log(Level.ERROR, error.toString()));
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "imf-exporter failed unexpectedly", e);
      return FAILED;
    }
  }

  private int check(Path file) {
    try {
      List<HostConfig> hosts = Config.load(file).hosts();
      HostConfig first = hosts.get(0);
      out.println(
          file
              + ": ok, watches "
              + (hosts.size() > 1
                  ? hosts.size() + " hosts"
                  : first.name() + " by access " + first.access().word()));
      return OK;
    } catch (ConfigException e) {
      e.errors().forEach(err::println);
      return FAILED;
    }
  }

  private static Config config(@Nullable Path file, Logger log) throws ConfigException {
    if (file == null) {
      log.log(
          Level.INFO,
          HostSetup.onWindows()
              ? "no --config.file: watching this machine"
              : "no --config.file: playing a built-in demo; to watch a real host, start"
                  + " imf-exporter on Windows, there with --config.file for another machine");
    }
    return HostSetup.configured(file);
  }

  /** Watches the hosts and serves what is known of them, until the program is asked to stop. */
  private static int serve(Options options, Config config, Logger log) throws InterruptedException {
    String version = Version.current();
    TimeSource time = TimeSource.system();
    try (Shutdown shutdown = Shutdown.onSignal();
        SelfMetrics self = SelfMetrics.start(version);
        Storage storage = Storage.open(options, config, time);
        Fleet fleet = Fleet.start(options, config, storage, self, time);
        Server server =
            Server.start(
                options.listenAddress.socketAddress(),
                fleet,
                options.lifecycle,
                new MetricsPages(new Exposition(self)),
                (route, method, status, took) ->
                    self.request(route, method, status, Duration.ofNanos(took)),
                time,
                version)) {
      fleet.describe(self);
      storage.describe(fleet.recovered(), log);
      log.log(
          Level.INFO,
          "watching "
              + fleet.describe()
              + ", listening on "
              + options.listenAddress.url(server.port()));
      shutdown.await();
      return OK;
    } catch (BindFailed | CannotStart | StorageException e) {
      log.log(Level.ERROR, e.getMessage());
      return FAILED;
    }
  }
}
