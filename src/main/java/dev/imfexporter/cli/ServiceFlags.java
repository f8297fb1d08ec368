package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigFile;
import dev.imfexporter.config.DurationText;
import dev.imfexporter.fleet.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The exporter's flags behind {@code service install}, as they are read and handed on. */
final class ServiceFlags {
  private static final List<String> USELESS =
      List.of("--config.check", "--version", "--help", "--demo.start");

  private final Options options;

  private ServiceFlags(Options options) {
    this.options = options;
  }

  /**
   * Reads flags as those of imf-exporter itself are read.
   *
   * @param command what a wrong flag is blamed on
   */
  static ServiceFlags parse(List<String> flags, CommandLine command) {
    Options options = new Options(unused -> Main.FAILED);
    CommandLine.ParseResult parsed;
    try {
      parsed =
          Main.withConverters(new CommandLine(options)).parseArgs(flags.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
    for (OptionSpec flag : parsed.matchedOptions()) {
      if (USELESS.contains(flag.longestName())) {
        throw new ParameterException(command, "a service has no use for " + flag.longestName());
      }
    }
    return new ServiceFlags(options);
  }

  Options options() {
    return options;
  }

  /**
   * With absolute paths, since a service runs in System32, and with a place for history and log.
   */
  ServiceFlags withFolders() {
    options.configFile = options.configFile.stream().map(ConfigFile::absolute).toList();
    options.web.configFile = absolute(options.web.configFile);
    Path history = Objects.requireNonNullElseGet(options.storagePath, Storage::usual);
    options.storagePath = history.toAbsolutePath().normalize();
    options.logFile =
        options.logFile == null
            ? options.storagePath.resolve("log").resolve("imf-exporter.log")
            : absolute(options.logFile);
    return this;
  }

  private static @Nullable Path absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().normalize();
  }

  private static String word(String name, Object value) {
    return value.equals(true)
        ? name
        : name + "=" + (value instanceof Duration time ? DurationText.format(time) : value);
  }

  /**
   * As words of a command line that {@link #parse} reads; flags with their defaults are left out.
   */
  List<String> words() {
    CommandSpec defaults = new CommandLine(new Options(unused -> Main.FAILED)).getCommandSpec();
    List<String> words = new ArrayList<>();
    for (OptionSpec flag : new CommandLine(options).getCommandSpec().options()) {
      Object value = flag.getValue();
      Object usual = Objects.requireNonNull(defaults.findOption(flag.longestName())).getValue();
      if (value != null && !value.equals(usual)) {
        List<?> values = value instanceof List<?> several ? several : List.of(value);
        values.forEach(each -> words.add(word(flag.longestName(), each)));
      }
    }
    return words;
  }
}
