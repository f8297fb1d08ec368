package dev.imfexporter.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line. */
@Command(
    name = "imf-exporter",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "",
      "Serves the state of IIS Admin and SMTP, their restarts, the definition of the Intelligent"
          + " Message Filter and the SMTP queues of a Windows host to Prometheus.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:stopped by Ctrl-C or SIGTERM; a good configuration; --help, --version",
      " 1:the configuration cannot be used, or the exporter cannot start",
      " 2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter",
      "      on Windows watches this machine, elsewhere plays a built-in demo",
      "  imf-exporter --config.file=imf-exporter.yml --web.listen-address=127.0.0.1:10747",
      "      watches the host that the file names, reachable from this machine only",
      "  imf-exporter --config.file=imf-exporter.yml --config.check",
      "      shows every error of the file and ends",
    })
final class Options {
  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description = "What to watch, in YAML. Default: this machine on Windows, a demo elsewhere.")
  @Nullable Path configFile;

  @Option(
      names = "--config.check",
      description = "Check the file of --config.file, print the result and end.")
  boolean configCheck;

  @Option(
      names = "--web.listen-address",
      paramLabel = "HOST:PORT",
      defaultValue = ":10747",
      converter = ListenAddressConverter.class,
      description = "Where to serve HTTP. Without HOST on every address. Default: ${DEFAULT-VALUE}")
  ListenAddress listenAddress = new ListenAddress("", 10747);

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

  @Option(names = "--version", versionHelp = true, description = "Print the version and end.")
  boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and end.")
  boolean help;

  /** The command line's parser, filling these options. */
  CommandLine commandLine() {
    return new CommandLine(this)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A file name may begin with an @.
        .setExpandAtFiles(false);
  }

  /** Made by picocli. */
  static final class ListenAddressConverter implements CommandLine.ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      try {
        return ListenAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
