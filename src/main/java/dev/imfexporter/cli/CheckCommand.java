package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.HostFactory;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.fleet.WatchedHost;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Runs every collector of a host once. */
@Command(
    name = "check",
    header = "Connects to the host and prints for each collector whether it works.",
    description = {
      "",
      "Names the right, the service or the port that is missing. It changes nothing, and may run"
          + " beside the exporter. It says whether the host can be read; diagnose says whether it is"
          + " well.",
      ""
    },
    exitCodeList = {
      " 0:every collector works that this access supports and this host has, and SMTP answers if it should run",
      " 1:some collectors fail, or SMTPSVC is down or paused or does not answer, and the host can be watched all the"
          + " same",
      " 2:the host cannot be watched, or the command line or the configuration is wrong",
      " 3:the output could not be written"
    })
final class CheckCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int UNWATCHABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Mixin private final HostArgument host = new HostArgument();

  CheckCommand(PrintStream out, PrintStream err, boolean colour) {
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  @Override
  public Integer call() {
    Logging.start(LogLevel.ERROR, LogFormat.LOGFMT, err);
    try {
      HostConfig config = options.host(host.name());
      err.println(Options.reading(config));
      HostSnapshot snapshot;
      List<String> cautions;
      try (WatchedHost watched = HostFactory.onDemand(config, FactStore.none())) {
        snapshot = read(watched);
        cautions = watched.access().cautions();
      }
      TerminalText.print(out, new CheckText(colour).of(snapshot, config.access(), cautions));
      if (!snapshot.up()) {
        return UNWATCHABLE;
      }
      return CheckText.succeeded(snapshot) ? Main.OK : Main.FAILED;
    } catch (UsageException | ConfigException e) {
      Main.explain(e, err);
      return UNWATCHABLE;
    }
  }

  private static HostSnapshot read(WatchedHost watched) {
    // The counters are read only once the services have been: SMTPSVC must run.
    watched.watcher().scrape(DEADLINE).join();
    return watched.watcher().scrape(DEADLINE).join();
  }
}
