package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HttpConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags that say where a command gets what it prints of a host. */
final class ExporterOption {
  private static final String NONE = "none";

  @Option(
      names = "--exporter",
      paramLabel = "URL",
      converter = ChoiceConverter.class,
      description =
          "Ask this exporter, such as "
              + ListenAddress.DEFAULT_URL
              + "; none reads the host from here."
              + " Default: the exporter that runs and keeps its history in the same folder, or none.")
  private @Nullable Choice choice;

  @Option(
      names = "--http.config.file",
      paramLabel = "FILE",
      converter = Options.NameConverter.class,
      description =
          "How to reach an exporter with TLS or users: basic_auth and tls_config, as Prometheus'"
              + " http_config has them. Default: no log-in, and the authorities that Java trusts.")
  private @Nullable Path httpConfigFile;

  /**
   * Reads the file of {@code --http.config.file}.
   *
   * @param err gets its warnings, and what is asked
   */
  ExporterOrHost read(PrintStream err) throws ConfigException {
    HttpAccess access = HttpAccess.PLAIN;
    if (httpConfigFile != null) {
      HttpConfig config = HttpConfig.load(httpConfigFile);
      config.warnings().forEach(warning -> err.println("warning: " + warning));
      access = new HttpAccess(config.security(), Optional.of(httpConfigFile));
    }
    return new ExporterOrHost(Optional.ofNullable(choice), access, err);
  }

  /**
   * The exporter to ask.
   *
   * @param url empty for {@code none}
   */
  record Choice(Optional<ExporterUrl> url) {}

  /** Made by picocli. */
  static final class ChoiceConverter implements ITypeConverter<Choice> {
    @Override
    public Choice convert(String text) {
      if (text.equals(NONE)) {
        return new Choice(Optional.empty());
      }
      try {
        return new Choice(Optional.of(ExporterUrl.parse(text)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
