package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.WebConfig;
import dev.imfexporter.http.Server;
import dev.imfexporter.http.WebSettings;
import dev.imfexporter.page.Site;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of the HTTP server, by the names that Prometheus and its exporters have for them. */
final class WebOptions {
  private static final System.Logger LOG = System.getLogger(WebOptions.class.getName());

  @Option(
      names = "--web.listen-address",
      paramLabel = "HOST:PORT",
      defaultValue = ListenAddress.DEFAULT,
      converter = ListenAddressConverter.class,
      description =
          "Where to serve HTTP; may be given several times. Without HOST on every address."
              + " Default: ${DEFAULT-VALUE}")
  List<ListenAddress> listenAddresses =
      new ArrayList<>(List.of(ListenAddress.parse(ListenAddress.DEFAULT)));

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      converter = Options.NameConverter.class,
      description =
          "TLS, users, headers and rate limit, in the format of Prometheus' exporters. Default:"
              + " plain HTTP for everyone.")
  @Nullable Path configFile;

  @Option(
      names = "--web.telemetry-path",
      paramLabel = "PATH",
      defaultValue = "/metrics",
      converter = TelemetryPathConverter.class,
      description = "Where the metrics are. Default: ${DEFAULT-VALUE}")
  String telemetryPath = "/metrics";

  @Option(
      names = "--web.external-url",
      paramLabel = "URL",
      converter = ExternalUrlConverter.class,
      description =
          "The address by which browsers reach the exporter through a proxy, such as"
              + " https://monitor.example.net/imf/. Links lead there.")
  @Nullable URI externalUrl;

  @Option(
      names = "--web.route-prefix",
      paramLabel = "PREFIX",
      converter = PrefixConverter.class,
      description =
          "What stands in front of each path. Default: the path of --web.external-url; / if the"
              + " proxy takes it away.")
  @Nullable String routePrefix;

  @Option(
      names = "--web.max-connections",
      paramLabel = "NUMBER",
      defaultValue = "512",
      converter = ConnectionsConverter.class,
      description =
          "How many connections are open at once; then the one that is idle longest is closed."
              + " Default: ${DEFAULT-VALUE}")
  int maxConnections = WebSettings.USUAL_CONNECTIONS;

  @Option(
      names = "--web.enable-lifecycle",
      description = "Let POST and PUT /-/reload read the configuration file again.")
  boolean lifecycle;

  @Option(names = "--web.disable-debug", description = "Answer neither /config nor /debug/probe.")
  boolean disableDebug;

  WebSettings settings() {
    String path = externalUrl == null ? "" : withoutEnd(String.valueOf(externalUrl.getRawPath()));
    String prefix = routePrefix == null ? path : withoutEnd(routePrefix);
    String root = externalUrl == null ? prefix : path;
    return new WebSettings(
        listenAddresses.stream().map(ListenAddress::socketAddress).toList(),
        prefix,
        new Site(root, telemetryPath, !disableDebug),
        Optional.ofNullable(externalUrl),
        lifecycle,
        maxConnections);
  }

  private static String withoutEnd(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** What the file says, now and later; logs its warnings. */
  CurrentWebSecurity security() throws ConfigException {
    Path file = configFile;
    if (file == null) {
      return CurrentWebSecurity.none();
    }
    WebConfig config = WebConfig.load(file);
    config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
    return new CurrentWebSecurity(
        config.security(),
        () -> {
          List<Path> files = new ArrayList<>();
          try {
            return WebConfig.load(file, files::addAll).security();
          } catch (ConfigException e) {
            throw new CurrentWebSecurity.UnusableFile(e, files);
          }
        },
        System::nanoTime);
  }

  /** Where a browser on this machine finds each address that is listened on. */
  List<String> urls(Server server, CurrentWebSecurity security) {
    String scheme = security.get().tls().isPresent() ? "https" : "http";
    String prefix = settings().routePrefix();
    List<Integer> ports = server.ports();
    return IntStream.range(0, ports.size())
        .mapToObj(i -> listenAddresses.get(i).url(scheme, ports.get(i)) + prefix)
        .toList();
  }

  /** Made by picocli. */
  static final class ListenAddressConverter implements ITypeConverter<ListenAddress> {
    @Override
    public ListenAddress convert(String text) {
      try {
        return ListenAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Made by picocli. */
  static final class TelemetryPathConverter implements ITypeConverter<String> {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    @Override
    public String convert(String text) {
      if (!PATH.matcher(text).matches()) {
        throw new TypeConversionException("want a path such as /metrics, not '" + text + "'");
      }
      if (Server.isTaken(text)) {
        throw new TypeConversionException("there is another page at " + text);
      }
      return text;
    }
  }

  /** Made by picocli. */
  static final class PrefixConverter implements ITypeConverter<String> {
    private static final Pattern PREFIX = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+/?");

    @Override
    public String convert(String text) {
      if (!PREFIX.matcher(text).matches()) {
        throw new TypeConversionException("want a path such as /imf, or /, not '" + text + "'");
      }
      return text;
    }
  }

  /** Made by picocli. */
  static final class ExternalUrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI url = new URI(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (http
            && url.getHost() != null
            && url.getUserInfo() == null
            && url.getQuery() == null
            && url.getFragment() == null
            && (url.getPath().isEmpty()
                || PrefixConverter.PREFIX.matcher(url.getRawPath()).matches())) {
          return url;
        }
      } catch (URISyntaxException wrong) {
        // The sentence below says what is wanted.
      }
      throw new TypeConversionException(
          "want an address such as https://monitor.example.net/imf/, not '" + text + "'");
    }
  }

  /** Made by picocli. */
  static final class ConnectionsConverter implements ITypeConverter<Integer> {
    private static final int LEAST = 16;
    private static final int MOST = 65_536;

    @Override
    public Integer convert(String text) {
      if (text.matches("\\d{1,5}")) {
        int number = Integer.parseInt(text);
        if (number >= LEAST && number <= MOST) {
          return number;
        }
      }
      throw new TypeConversionException(
          "want a whole number from %d to %d, not '%s'".formatted(LEAST, MOST, text));
    }
  }
}
