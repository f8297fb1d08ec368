package dev.imfexporter.config;

import dev.imfexporter.websecurity.Passwords;
import dev.imfexporter.websecurity.ServerTls;
import dev.imfexporter.websecurity.TlsSettings;
import dev.imfexporter.websecurity.TokenBucket;
import dev.imfexporter.websecurity.UnusableTls;
import dev.imfexporter.websecurity.WebSecurity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The grammar of the web configuration; see docs/web-configuration.md. */
final class WebConfigReader {
  /** A check of cost 18 takes some ten seconds, which no scrape waits. */
  private static final int HIGHEST_COST = 18;

  private static final int MOST_BURST = 1_000_000;
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final String INTERVAL =
      "a duration of at most %s with its unit, such as 100ms, or 0 for no limit"
          .formatted(DurationText.format(LONGEST_INTERVAL));

  /** RFC 7617, 2: the name ends at the first colon. */
  static final Pattern USER = Pattern.compile("[^\\p{Cntrl}:]{1,256}");

  /** RFC 9110, 5.5, without obsolete characters. */
  private static final Predicate<String> HEADER_VALUE =
      Pattern.compile("|[\\x21-\\x7e]|[\\x21-\\x7e][\\x20-\\x7e]{0,4094}[\\x21-\\x7e]")
          .asMatchPredicate();

  private static final String HASH =
      "a bcrypt hash with a cost from 4 to %d, as htpasswd -nBC 10 prints it behind the name"
          .formatted(HIGHEST_COST);

  private final Path file;
  private final Problems problems;
  private final Fields top;

  private final Consumer<List<Path>> named;

  private WebConfigReader(Path file, Problems problems, Fields top, Consumer<List<Path>> named) {
    this.file = file;
    this.problems = problems;
    this.top = top;
    this.named = named;
  }

  /**
   * @param named takes the files that the configuration names
   */
  static WebConfig read(Path file, String text, Consumer<List<Path>> named) throws ConfigException {
    Problems problems = new Problems(file.toString());
    Fields top = new Fields(YamlDocument.read(text, problems), problems);
    WebSecurity security =
        top.readable()
            ? new WebConfigReader(file, problems, top, named).security()
            : WebSecurity.NONE;
    problems.throwIfAny();
    return new WebConfig(security, problems.warnings());
  }

  private WebSecurity security() {
    TlsReader reader = new TlsReader(file, top.fields("tls_server_config"));
    Optional<TlsSettings> settings =
        top.has("tls_server_config") ? reader.read() : Optional.empty();
    List<Path> files = WebSecurity.files(file, settings);
    named.accept(files);
    Map<String, String> headers = server(top.fields("http_server_config"));
    Map<String, String> users = users(top.fields("basic_auth_users"));
    Optional<TokenBucket> limit = limit(top.fields("rate_limit"), top.has("rate_limit"));
    top.rejectOthers();
    if (settings.isEmpty() && users.isEmpty()) {
      problems.warn(
          0,
          "",
          "has neither TLS nor users: everyone who reaches the port is answered, unencrypted");
    }
    return new WebSecurity(
        settings.flatMap(tls -> usable(tls, reader)), headers, new Passwords(users), limit, files);
  }

  /** Reads certificates and keys once, so that a wrong one is an error at the start. */
  private static Optional<ServerTls> usable(TlsSettings settings, TlsReader reader) {
    try {
      return Optional.of(ServerTls.of(settings));
    } catch (UnusableTls e) {
      reader.problem(e);
      return Optional.empty();
    }
  }

  private static Map<String, String> server(Fields keys) {
    if (keys.flag("http2").orElse(false)) {
      keys.warn(
          "http2", "has no effect: imf-exporter answers by HTTP/1.1, as every client accepts");
    }
    Map<String, String> headers = headers(keys.fields("headers"));
    keys.rejectOthers();
    return headers;
  }

  /** Those of the toolkit; one that is empty is not sent. */
  private static Map<String, String> headers(Fields keys) {
    String any = "the value of a header: printable ASCII characters";
    Map<String, String> headers = new LinkedHashMap<>();
    keys.textOrNumber("Content-Security-Policy", any, HEADER_VALUE)
        .ifPresent(value -> headers.put("Content-Security-Policy", value));
    keys.oneOf("X-Frame-Options", "deny or sameorigin", List.of("deny", "sameorigin", ""))
        .ifPresent(value -> headers.put("X-Frame-Options", value));
    keys.oneOf("X-Content-Type-Options", "nosniff", List.of("nosniff", ""))
        .ifPresent(value -> headers.put("X-Content-Type-Options", value));
    keys.textOrNumber("X-XSS-Protection", any, HEADER_VALUE)
        .ifPresent(value -> headers.put("X-XSS-Protection", value));
    keys.textOrNumber("Strict-Transport-Security", any, HEADER_VALUE)
        .ifPresent(value -> headers.put("Strict-Transport-Security", value));
    keys.rejectOthers();
    return headers;
  }

  private static Map<String, String> users(Fields keys) {
    Map<String, String> users = new LinkedHashMap<>();
    for (String name : keys.names("the name of a user, without a colon", USER)) {
      keys.secret(name, HASH, WebConfigReader::isUsable).ifPresent(hash -> users.put(name, hash));
    }
    return users;
  }

  private static boolean isUsable(String hash) {
    return Passwords.cost(hash).filter(cost -> cost <= HIGHEST_COST).isPresent();
  }

  private static Optional<TokenBucket> limit(Fields keys, boolean present) {
    if (present && keys.readable()) {
      keys.require("interval", INTERVAL);
    }
    Optional<Duration> interval =
        keys.textOrNumber("interval", INTERVAL, text -> interval(text).isPresent())
            .flatMap(WebConfigReader::interval)
            .filter(each -> !each.isZero());
    Optional<Integer> burst = keys.number("burst", 1, MOST_BURST);
    if (interval.isPresent()) {
      keys.require("burst", "how many requests are answered at once, such as 10");
    }
    keys.rejectOthers();
    return interval.flatMap(
        each -> burst.map(most -> new TokenBucket(each, most, System::nanoTime)));
  }

  private static Optional<Duration> interval(String text) {
    return DurationText.parse(text.equals("0") ? "0s" : text)
        .filter(each -> each.compareTo(LONGEST_INTERVAL) <= 0);
  }
}
