package dev.imfexporter.config;

import dev.imfexporter.text.HasWord;
import dev.imfexporter.websecurity.CipherSuite;
import dev.imfexporter.websecurity.ClientAuth;
import dev.imfexporter.websecurity.Curve;
import dev.imfexporter.websecurity.Pem;
import dev.imfexporter.websecurity.TlsSettings;
import dev.imfexporter.websecurity.TlsVersion;
import dev.imfexporter.websecurity.UnusableTls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The grammar of {@code tls_server_config}. */
final class TlsReader {
  private static final int MOST_NAMES = 100;
  private static final String OLD_TLS =
      "TLS12 or TLS13; Java has TLS 1.0 and 1.1 switched off (RFC 8996)";

  /** The toolkit keeps it for older files. */
  private static final String OLD_REQUIRE_ANY = "RequireClientCert";

  private final Fields keys;
  private final PemKeys pem;

  /**
   * @param file of the configuration, to which names of files are relative
   */
  TlsReader(Path file, Fields keys) {
    this.keys = keys;
    this.pem = new PemKeys(file, keys);
  }

  /** Empty with an error. */
  Optional<TlsSettings> read() {
    Optional<Pem> certificate = pem.certificate();
    Optional<Pem> key = pem.key();
    Optional<Pem> authorities = pem.authorities("client_ca");
    ClientAuth clients = clients();
    List<String> sans = list("client_allowed_sans", "names", "a name", text -> !text.isBlank());
    TlsVersion least = version("min_version").orElse(TlsVersion.TLS12);
    TlsVersion most = version("max_version").orElse(TlsVersion.TLS13);
    List<CipherSuite> suites = suites();
    List<Curve> curves = curves();
    boolean preferServer = keys.flag("prefer_server_cipher_suites").orElse(true);
    keys.rejectOthers();
    pem.require("cert");
    pem.require("key");
    checkClients(clients, authorities, sans);
    if (least.compareTo(most) > 0) {
      keys.problem("max_version", "expected " + least + ", the min_version, or a newer one");
    }
    return certificate.flatMap(
        chain ->
            key.map(
                secret ->
                    new TlsSettings(
                        chain,
                        secret,
                        clients,
                        authorities,
                        sans,
                        least,
                        most,
                        suites,
                        curves,
                        preferServer)));
  }

  /** Adds why the settings cannot be used. */
  void problem(UnusableTls e) {
    pem.problem(e);
  }

  private ClientAuth clients() {
    List<String> words = words(ClientAuth.values());
    return keys.oneOf("client_auth_type", "one of " + String.join(", ", words), withOld(words))
        .map(
            word -> word.equals(OLD_REQUIRE_ANY) ? ClientAuth.REQUIRE_ANY_CLIENT_CERT.word() : word)
        .flatMap(word -> constant(ClientAuth.values(), word))
        .orElse(ClientAuth.NO_CLIENT_CERT);
  }

  private static List<String> withOld(List<String> words) {
    return Stream.concat(words.stream(), Stream.of(OLD_REQUIRE_ANY)).toList();
  }

  /** What would protect nothing is an error. */
  private void checkClients(ClientAuth clients, Optional<Pem> authorities, List<String> sans) {
    boolean named = pem.has("client_ca");
    String place = pem.place("client_ca");
    if (named && !clients.verified()) {
      keys.problem(
          place,
          "has no effect with client_auth_type %s: write RequireAndVerifyClientCert"
              .formatted(clients.word()));
    }
    if (clients.verified() && !named && authorities.isEmpty()) {
      keys.problem(place, "is missing, client_auth_type %s needs it".formatted(clients.word()));
    }
    if (!sans.isEmpty() && !clients.verified()) {
      keys.problem(
          "client_allowed_sans",
          "protects nothing with client_auth_type %s: write RequireAndVerifyClientCert"
              .formatted(clients.word()));
    }
  }

  private Optional<TlsVersion> version(String key) {
    return keys.oneOf(key, OLD_TLS, List.of("TLS12", "TLS13")).map(TlsVersion::valueOf);
  }

  private List<CipherSuite> suites() {
    List<String> names = Arrays.stream(CipherSuite.values()).map(Enum::name).toList();
    return list(
            "cipher_suites",
            "cipher suites",
            "one of the cipher suites that Go calls secure",
            names::contains)
        .stream()
        .map(CipherSuite::valueOf)
        .toList();
  }

  private List<Curve> curves() {
    List<String> words = words(Curve.values());
    return list(
            "curve_preferences", "curves", "one of " + String.join(", ", words), words::contains)
        .stream()
        .flatMap(word -> constant(Curve.values(), word).stream())
        .toList();
  }

  private List<String> list(String key, String items, String item, Predicate<String> format) {
    return keys.texts(
            key, new ListOf(1, MOST_NAMES, items, item, format, Comparator.naturalOrder()))
        .orElse(List.of());
  }

  private static <E extends HasWord> List<String> words(E[] constants) {
    return Arrays.stream(constants).map(HasWord::word).toList();
  }

  private static <E extends HasWord> Optional<E> constant(E[] constants, String word) {
    return Arrays.stream(constants).filter(each -> each.word().equals(word)).findFirst();
  }
}
