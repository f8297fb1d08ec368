package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFile;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.text.Listing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line. */
@Command(
    name = "imf-exporter",
    description = {
      "",
      "Without a command, serves the state of IIS Admin and SMTP, their restarts, the definition of the Intelligent"
          + " Message Filter and the SMTP queues of Windows hosts to Prometheus.",
      ""
    },
    commandListHeading = "%nCommands, each with a --help of its own:%n",
    versionProvider = Version.class,
    exitCodeList = {
      " 0:stopped by Ctrl-C or SIGTERM; a good configuration; --help, --version",
      " 1:the configuration cannot be used, or the exporter cannot start, or another one keeps its"
          + " history in the same folder",
      " 2:the command line is wrong",
      " 3:the output could not be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter",
      "      watches what the usual file names; without it this machine (Windows) or a demo",
      "  imf-exporter --config.file=imf-exporter.yml --web.listen-address=127.0.0.1:10747",
      "      watches the hosts that the file names, reachable from this machine only",
      "  imf-exporter --config.file=imf-exporter.yml --config.check",
      "      shows every error of the file and ends",
      "  imf-exporter history --since 7d",
      "      prints the outages and updates of a week, also while imf-exporter runs",
    })
final class Options implements Callable<Integer> {
  private final Action action;

  /** The program without a command. */
  @FunctionalInterface
  interface Action {
    /** Returns the exit code. */
    int run(Options options) throws Exception;
  }

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      converter = ConfigFileConverter.class,
      scope = ScopeType.INHERIT,
      description =
          "What to watch, in YAML; a file, or all that match a glob such as 'conf.d/*.yml'. May be"
              + " given several times: the files are read as one. Default:"
              + " %%ProgramData%%\\imf-exporter\\imf-exporter.yml on Windows,"
              + " /etc/imf-exporter/imf-exporter.yml elsewhere; where that is not, this machine on"
              + " Windows, a demo elsewhere.")
  List<ConfigFile> configFile = new ArrayList<>();

  @Option(
      names = "--config.check",
      description =
          "Check the files of --config.file and --web.config.file, print the result and end.")
  boolean configCheck;

  @Option(
      names = "--config.auto-reload",
      description = "Reload the files of --config.file once they have changed.")
  boolean autoReload;

  @Option(
      names = "--config.auto-reload-interval",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationOption.ReloadInterval.class,
      description =
          "How often --config.auto-reload looks at the files, 1s to 1d. Default: ${DEFAULT-VALUE}")
  Duration autoReloadInterval = Duration.ofSeconds(30);

  @Option(
      names = "--storage.path",
      paramLabel = "DIR",
      converter = NameConverter.class,
      scope = ScopeType.INHERIT,
      description =
          "Where history is kept. Default: %%ProgramData%%\\imf-exporter on Windows,"
              + " /var/lib/imf-exporter elsewhere, or imf-exporter-data beside the configuration"
              + " file when that cannot be written. A demo keeps nothing by default.")
  @Nullable Path storagePath;

  @Option(
      names = "--demo.start",
      paramLabel = "DURATION",
      converter = DurationOption.DemoStart.class,
      scope = ScopeType.INHERIT,
      description =
          "Play the built-in demo, from that point of its story on, such as 36m: without"
              + " --config.file only.")
  @Nullable Duration demoStart;

  @Mixin final WebOptions web = new WebOptions();

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  LogLevel logLevel = LogLevel.INFO;

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      defaultValue = "logfmt",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  LogFormat logFormat = LogFormat.LOGFMT;

  @Option(
      names = "--log.file",
      paramLabel = "FILE",
      converter = NameConverter.class,
      description =
          "Log into FILE.0 instead of standard error, with four older files of at most 10 MB:"
              + " FILE.1 to FILE.4.")
  @Nullable Path logFile;

  @Option(names = "--version", versionHelp = true, description = "Print the version and end.")
  boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and end.")
  boolean help;

  /** All flags have their defaults. */
  Options(Action action) {
    this.action = action;
  }

  /** The configuration's files: those of the flag, or the one that is read without it. */
  ConfigFiles configFiles() {
    return configFile.isEmpty() && demoStart == null
        ? Configuration.usual()
        : new ConfigFiles(configFile);
  }

  /** Begins to log, as the flags say. */
  void startLogging(PrintStream err) throws UsageException {
    if (logFile == null) {
      Logging.start(logLevel, logFormat, err);
      return;
    }
    try {
      Logging.start(logLevel, logFormat, logFile);
    } catch (IOException e) {
      Logging.start(logLevel, logFormat, err);
      throw new UsageException(
          "--log.file=%s cannot be written: %s; name a file in a folder that exists, and that this"
                  .formatted(
                      logFile, OutputFile.place(logFile, e).orElse(String.valueOf(e.getMessage())))
              + " account may write");
    }
  }

  @Override
  public Integer call() throws Exception {
    return action.run(this);
  }

  /**
   * Reads the configuration and picks a host.
   *
   * @param name null for the only host of the configuration
   */
  HostConfig host(@Nullable String name) throws ConfigException, UsageException {
    List<HostConfig> hosts = hosts();
    if (name == null && hosts.size() > 1) {
      throw new UsageException(
          "the configuration has %d hosts: name one, such as %s"
              .formatted(hosts.size(), hosts.get(0).name()));
    }
    return hosts.stream()
        .filter(host -> name == null || name.equalsIgnoreCase(host.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    configFiles().isEmpty()
                        ? "there is no host %s: without --config.file, %s is the only one"
                            .formatted(name, some(hosts))
                        : "the configuration has no host %s, but %s".formatted(name, some(hosts))));
  }

  /** Reads the configuration: all its hosts. */
  List<HostConfig> hosts() throws ConfigException, UsageException {
    return Configuration.read(configFiles(), demoStart).hosts();
  }

  /** What a command tells that reads a host now. */
  static String reading(HostConfig host) {
    String reading = "Reading %s by access %s ...".formatted(host.name(), host.access().word());
    return host.access() == AccessKind.DEMO
        ? reading
            + System.lineSeparator()
            + "(This plays the demo anew, from its beginning or from --demo.start. An exporter that runs"
            + " shows another part of it; diagnose, preflight and evidence ask it by --exporter=URL,"
            + " with the address that its log names, by default "
            + ListenAddress.DEFAULT_URL
            + ")"
        : reading;
  }

  private static String some(List<HostConfig> hosts) {
    return Listing.some(hosts.stream().map(HostConfig::name).toList());
  }

  /** Made by picocli. */
  static final class ConfigFileConverter implements CommandLine.ITypeConverter<ConfigFile> {
    @Override
    public ConfigFile convert(String text) {
      try {
        return ConfigFile.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Made by picocli. An empty name, as of a variable that is not set, would be this folder. */
  static final class NameConverter implements CommandLine.ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("want a name, found nothing");
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("no file can have this name: " + e.getReason());
      }
    }
  }
}
