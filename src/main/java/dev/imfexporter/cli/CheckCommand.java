package dev.imfexporter.cli;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.fact.FactStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tries every reading of a host once. */
@Command(
    name = "check",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    header = "Connects to the host and tells, reading by reading, what works and what does not.",
    description = {
      "",
      "Names the right, the service or the port that is missing. It changes nothing, and may run"
          + " beside the exporter.",
      ""
    },
    parameterListHeading = "Parameters:%n",
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:every reading works that this access knows and this host has",
      " 1:some readings fail, and the host can be watched without them",
      " 2:the host cannot be watched, or the command line or the configuration is wrong"
    })
final class CheckCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final int UNWATCHABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      description = "The host in the configuration. Default: the only one that it has.")
  private @Nullable String host;

  CheckCommand(PrintStream out, PrintStream err, boolean colour) {
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  @Override
  public Integer call() {
    Logging.start(LogLevel.ERROR, LogFormat.LOGFMT, err);
    try {
      HostConfig config = HostSetup.named(options.configFile, host);
      err.println("Reading " + config.name() + " by access " + config.access().word() + " ...");
      HostSnapshot snapshot = look(config);
      byte[] bytes =
          new CheckText(colour).of(snapshot, config.access()).getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, bytes.length);
      out.flush();
      if (!snapshot.up()) {
        return UNWATCHABLE;
      }
      return snapshot.readings().all().stream().anyMatch(CheckText::failed) ? Main.FAILED : Main.OK;
    } catch (CannotStart e) {
      err.println("imf-exporter: " + e.getMessage());
    } catch (ConfigException e) {
      e.errors().forEach(err::println);
    }
    return UNWATCHABLE;
  }

  private static HostSnapshot look(HostConfig config) throws CannotStart {
    try (HostAccess access = HostSetup.open(config, new LoginGates());
        HostWatcher watcher =
            HostSetup.looker(config, access, FactStore.none(), HostSetup.calls())) {
      // The first look learns whether SMTPSVC runs, without which its counters are not asked for.
      watcher.observe(LOOK).join();
      return watcher.observe(LOOK).join();
    }
  }
}
