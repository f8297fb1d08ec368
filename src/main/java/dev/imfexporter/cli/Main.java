package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.logging.LastingLogManager;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.rules.Scheme;
import dev.imfexporter.winservice.ServiceException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: its commands, and how they end. */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_COMMAND_LINE = 2;

  /** Whatever a command found: nobody may have read it. */
  static final int OUTPUT_LOST = 3;

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

  /** Runs a command to its end, or the exporter until a signal stops it; returns the exit code. */
  int run(String... args) {
    // What is printed is English, and programs read it: no digits of another script.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int code = commandLine().execute(args);
    // A PrintStream does not throw when the disk is full, or when what reads its output has ended.
    if (out.checkError()) {
      err.println(
          "imf-exporter: the output could not be written: is the disk full, or did its reader end?");
      return OUTPUT_LOST;
    }
    return code;
  }

  /** Takes from a command an inherited flag that would have no effect on it. */
  private static void without(String flag, CommandLine command) {
    command.getCommandSpec().remove(command.getCommandSpec().findOption(flag));
  }

  /** All commands and flags. */
  CommandLine commandLine() {
    boolean colour = isTerminal();
    CommandLine check = new CommandLine(new CheckCommand(out, err, colour));
    CommandLine history = new CommandLine(new HistoryCommand(out, err, colour));
    CommandLine rules = new CommandLine(new RulesCommand(out, err));
    CommandLine schema = new CommandLine(new SchemaCommand(out));
    CommandLine service = new CommandLine(new ServiceCommand(out, err));
    CommandLine archive = new CommandLine(new ArchiveClassesCommand(out, err));
    CommandLine all =
        new CommandLine(new Options(this::serve))
            .addSubcommand(history)
            .addSubcommand(check)
            .addSubcommand(new DiagnoseCommand(out, err, colour, HostReader.BETWEEN))
            .addSubcommand(new PreflightCommand(out, err, colour, HostReader.BETWEEN))
            .addSubcommand(new EvidenceCommand(out, err, HostReader.BETWEEN))
            .addSubcommand(rules)
            .addSubcommand(schema)
            .addSubcommand(service)
            .addSubcommand(archive)
            .addSubcommand(new HelpCommand());
    without("--storage.path", check);
    without("--demo.start", history);
    for (String flag : List.of("--config.file", "--storage.path", "--demo.start")) {
      without(flag, rules);
      without(flag, schema);
      // It takes the exporter's flags, those that other commands have not as well.
      without(flag, service);
      without(flag, archive);
    }
    layOutHelp(all);
    all.getSubcommands().values().forEach(Main::layOutHelp);
    return withConverters(all)
        .registerConverter(
            HistoryCommand.Format.class, new WordConverter<>(HistoryCommand.Format.class))
        .registerConverter(
            PreflightCommand.Format.class, new WordConverter<>(PreflightCommand.Format.class))
        .registerConverter(Scheme.class, new WordConverter<>(Scheme.class))
        .registerConverter(
            ServiceCommand.Action.class, new WordConverter<>(ServiceCommand.Action.class))
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        // Or --storage.path=history would begin the command history.
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionStrategy(new RunCommand())
        .setParameterExceptionHandler((e, arguments) -> wrongCommandLine(e))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, err));
  }

  /** Reads the flags of the exporter as they are read without a command. */
  static CommandLine withConverters(CommandLine command) {
    return command
        .registerConverter(LogLevel.class, new WordConverter<>(LogLevel.class))
        .registerConverter(LogFormat.class, new WordConverter<>(LogFormat.class))
        // A file name may begin with an @.
        .setExpandAtFiles(false);
  }

  private static void layOutHelp(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .width(100)
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .parameterListHeading("Parameters:%n")
        .optionListHeading("Options:%n")
        .exitCodeListHeading("%nExit codes:%n");
  }

  /** The program without a command. */
  private int serve(Options options) throws ConfigException {
    return options.configCheck
        ? checkConfig(options)
        : Exporter.run(options, err, Shutdown.onSignal(), () -> {});
  }

  private int checkConfig(Options options) throws ConfigException {
    ConfigFiles files = options.configFiles();
    if (files.isEmpty() && options.web.configFile == null) {
      throw new ParameterException(
          commandLine(),
          "--config.check needs --config.file=FILE: the usual file, %s, is not there"
              .formatted(Configuration.usualFile()));
    }
    if (options.web.configFile != null) {
      CheckedConfig.loadWeb(options.web.configFile, err);
      out.println(options.web.configFile + ": ok");
    }
    if (files.isEmpty()) {
      return OK;
    }
    Optional<Config> config = CheckedConfig.load(files, err);
    if (config.isEmpty()) {
      return FAILED;
    }
    List<HostConfig> hosts = config.get().hosts();
    HostConfig first = hosts.get(0);
    String watched =
        hosts.size() > 1
            ? hosts.size() + " hosts"
            : first.name() + " by access " + first.access().word();
    out.println(files + ": ok, watches " + watched);
    return OK;
  }

  private int wrongCommandLine(ParameterException e) {
    err.println("imf-exporter: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, new PrintWriter(err, true, UTF_8));
    err.println("Try " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return WRONG_COMMAND_LINE;
  }

  /** Prints why a command failed; with a stack trace if that is a defect of the program. */
  static int explain(Exception e, PrintStream err) {
    if (e instanceof UsageException || e instanceof ServiceException) {
      err.println("imf-exporter: " + e.getMessage());
    } else if (e instanceof ConfigException wrong) {
      wrong.errors().forEach(err::println);
    } else {
      e.printStackTrace(err);
    }
    return FAILED;
  }

  /** On Windows, picocli alone takes any output for a terminal when TERM is set. */
  @SuppressWarnings("SystemConsoleNull") // from Java 22 on, picocli asks isTerminal() itself
  private static boolean isTerminal() {
    return System.console() != null && Ansi.AUTO.enabled();
  }
}
