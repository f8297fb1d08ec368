package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HttpConfig;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
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
      converter = UrlConverter.class,
      description =
          "Ask this exporter, such as http://localhost:10747; none reads the host from here."
              + " Default: the exporter that runs and keeps its history in the same folder, or none.")
  private @Nullable URI url;

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
    return new ExporterOrHost(Optional.ofNullable(url), access, err);
  }

  static boolean isNone(URI url) {
    return url.toString().equals(NONE);
  }

  /** Made by picocli. */
  static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI url = new URI(text);
        if (url.getRawUserInfo() != null) {
          throw new TypeConversionException(
              "want the address without a user and a password: name a file that has them by"
                  + " --http.config.file");
        }
        if (isNone(url) || (isHttp(url) && url.getHost() != null)) {
          return url;
        }
      } catch (URISyntaxException wrong) {
        // The sentence below says what is wanted.
      }
      throw new TypeConversionException(
          "want the address of an exporter, such as http://localhost:10747, or none, not '"
              + text
              + "'");
    }

    private static boolean isHttp(URI url) {
      return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }
  }
}
