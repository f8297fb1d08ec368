package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.config.CertificateFolder.Bad;
import dev.imfexporter.websecurity.WebSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web configurations: good ones, and broken ones with the exact text of their errors. */
class WebConfigTest {
  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";
  private static final String TLS =
      "tls_server_config: { cert_file: server.pem, key_file: server.key";
  private static final String VERIFIED =
      TLS + ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.pem";

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    certificates().fill();
  }

  @Test
  void nothingIsPlainHttpForEveryone() throws Exception {
    WebSecurity none = load("").security();
    assertThat(none.tls()).isEmpty();
    assertThat(none.headers()).isEmpty();
    assertThat(none.passwords().isEmpty()).isTrue();
    assertThat(none.limit()).isEmpty();
    assertThat(none.files()).containsExactly(folder.resolve("web.yml"));
  }

  /** The toolkit takes such a file without a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "basic_auth_users: {}",
        "rate_limit: { interval: 0 }",
        "http_server_config: { http2: false }"
      })
  void whatProtectsNothingIsAWarning(String text) throws Exception {
    assertThat(load(text).warnings())
        .extracting(certificates()::shown)
        .containsExactly(
            "web.yml: has neither TLS nor users: everyone who reaches the port is answered, unencrypted");
    assertThat(load("basic_auth_users: { a: %s }".formatted(HASH)).warnings()).isEmpty();
  }

  @Test
  void everyKey() throws Exception {
    WebSecurity all =
        load("""
                tls_server_config:
                  cert_file: server.pem
                  key_file: server.key
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: ca.pem
                  client_allowed_sans: [ prometheus.example.net ]
                  min_version: TLS12
                  max_version: TLS13
                  cipher_suites: [ TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256 ]
                  prefer_server_cipher_suites: false
                http_server_config:
                  http2: false
                  headers:
                    Content-Security-Policy: "default-src 'self'"
                    X-Frame-Options: sameorigin
                    X-Content-Type-Options: nosniff
                    X-XSS-Protection: 0
                    Strict-Transport-Security: max-age=31536000
                basic_auth_users:
                  prometheus: %s
                rate_limit:
                  interval: 100ms
                  burst: 20
                """
                .formatted(HASH))
            .security();
    assertThat(all.tls()).isPresent();
    assertThat(all.tls().orElseThrow().newEngine().getNeedClientAuth()).isTrue();
    assertThat(all.tls().orElseThrow().newEngine().getEnabledProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(all.tls().orElseThrow().newEngine().getEnabledCipherSuites())
        .containsExactly(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    assertThat(all.headers())
        .isEqualTo(
            Map.of(
                "Content-Security-Policy", "default-src 'self'",
                "X-Frame-Options", "sameorigin",
                "X-Content-Type-Options", "nosniff",
                "X-XSS-Protection", "0",
                "Strict-Transport-Security", "max-age=31536000"));
    assertThat(all.passwords().check("prometheus", "fakepassword")).isTrue();
    assertThat(all.limit()).isPresent();
    assertThat(all.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("web.yml", "server.pem", "server.key", "ca.pem");
  }

  @Test
  void certificatesMayStandInTheFile() throws Exception {
    String text =
        "tls_server_config:\n  cert: |\n%s  key: |\n%s  client_ca: |\n%s  client_auth_type: VerifyClientCertIfGiven\n"
            .formatted(
                certificates().indented("ec.pem"),
                certificates().indented("ec-sec1.key"),
                certificates().indented("ca.pem"));
    WebSecurity inline = load(text).security();
    assertThat(inline.tls().orElseThrow().newEngine().getWantClientAuth()).isTrue();
    assertThat(inline.files()).hasSize(1);
  }

  @Test
  void anIntervalOfZeroIsNoLimit() throws Exception {
    assertThat(load("rate_limit: { interval: 0, burst: 5 }").security().limit()).isEmpty();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void warnings() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("server.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(load(TLS + " }\nhttp_server_config: { http2: true }").warnings())
        .extracting(certificates()::shown)
        .containsExactly(
            "web.yml:1: tls_server_config.key_file: every account of this machine can read the key file server.key: set its mode to 0600",
            "web.yml:2: http_server_config.http2: has no effect: imf-exporter answers by HTTP/1.1, as every client accepts");
  }

  static List<Bad> files() {
    return List.of(
        Bad.of("junk", "hello", "1: expected a mapping, found a single value"),
        Bad.of(
            "an unknown key",
            "tls_config: {}",
            "1: tls_config: unknown key, expected one of tls_server_config, http_server_config, basic_auth_users, rate_limit"),
        Bad.of(
            "a key with a slip",
            TLS + ", cert_fil: x }",
            "1: tls_server_config.cert_fil: unknown key, did you mean cert_file?"),
        Bad.of(
            "nothing in the section",
            "tls_server_config:",
            "1: tls_server_config.cert_file: is missing, expected either cert or cert_file",
            "1: tls_server_config.key_file: is missing, expected either key or key_file"),
        Bad.of(
            "no certificate",
            "tls_server_config: { key_file: server.key }",
            "1: tls_server_config.cert_file: is missing, expected either cert or cert_file"),
        Bad.of(
            "no key",
            "tls_server_config: { cert_file: server.pem }",
            "1: tls_server_config.key_file: is missing, expected either key or key_file"),
        Bad.of(
            "both",
            TLS + ", key: '-----BEGIN PRIVATE KEY-----' }",
            "1: tls_server_config.key_file: expected either key or key_file"),
        Bad.of(
            "a key that is none is not repeated",
            "tls_server_config: { cert_file: server.pem, key: s3cret }",
            "1: tls_server_config.key: expected a private key in PEM"),
        Bad.of(
            "a file that is not there",
            "tls_server_config:\n  cert_file: none.pem\n  key_file: server.key\n",
            "2: tls_server_config.cert_file: the file none.pem does not exist"),
        Bad.of(
            "a name that is none",
            "tls_server_config: { cert_file: '', key_file: server.key }",
            "1: tls_server_config.cert_file: expected the name of a file, found \"\""),
        Bad.of(
            "another key",
            "tls_server_config:\n  cert_file: server.pem\n  key_file: ec.key\n",
            "3: tls_server_config.key_file: the file ec.key has another key than that of the certificate in the file server.pem"),
        Bad.of(
            "a pass phrase",
            "tls_server_config: { cert_file: server.pem, key_file: server-encrypted.key }",
            "1: tls_server_config.key_file: the file server-encrypted.key has a key with a pass phrase: give it one without"),
        Bad.of(
            "an authority that is none",
            VERIFIED.replace("ca.pem", "ec.key") + " }",
            "1: tls_server_config.client_ca_file: the file ec.key has no certificate in PEM"),
        Bad.of(
            "client_auth_type",
            TLS + ", client_auth_type: RequireAndVerify }",
            "1: tls_server_config.client_auth_type: expected one of NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert, found \"RequireAndVerify\""),
        Bad.of(
            "an authority without effect",
            TLS + ", client_ca_file: ca.pem }",
            "1: tls_server_config.client_ca_file: has no effect with client_auth_type NoClientCert: write RequireAndVerifyClientCert"),
        Bad.of(
            "no authority",
            TLS + ", client_auth_type: VerifyClientCertIfGiven }",
            "1: tls_server_config.client_ca_file: is missing, client_auth_type VerifyClientCertIfGiven needs it"),
        Bad.of(
            "names that protect nothing",
            TLS + ", client_auth_type: RequireAnyClientCert, client_allowed_sans: [ a ] }",
            "1: tls_server_config.client_allowed_sans: protects nothing with client_auth_type RequireAnyClientCert: write RequireAndVerifyClientCert"),
        Bad.of(
            "old TLS",
            TLS + ", min_version: TLS11 }",
            "1: tls_server_config.min_version: expected TLS12 or TLS13; Java has TLS 1.0 and 1.1 switched off (RFC 8996), found \"TLS11\", did you mean TLS12?"),
        Bad.of(
            "versions in the wrong order",
            TLS + ", min_version: TLS13, max_version: TLS12 }",
            "1: tls_server_config.max_version: expected TLS13, the min_version, or a newer one"),
        Bad.of(
            "a cipher suite that is not secure",
            TLS + ", cipher_suites: [ TLS_RSA_WITH_RC4_128_SHA ] }",
            "1: tls_server_config.cipher_suites[0]: expected one of the cipher suites that Go calls secure, found \"TLS_RSA_WITH_RC4_128_SHA\""),
        Bad.of(
            "a curve",
            TLS + ", curve_preferences: [ P256 ] }",
            "1: tls_server_config.curve_preferences[0]: expected one of CurveP256, CurveP384, CurveP521, X25519, found \"P256\""),
        Bad.of(
            "a header that cannot be set",
            "http_server_config: { headers: { Server: x } }",
            "1: http_server_config.headers.Server: unknown key, expected one of Content-Security-Policy, X-Frame-Options, X-Content-Type-Options, X-XSS-Protection, Strict-Transport-Security"),
        Bad.of(
            "a frame option",
            "http_server_config: { headers: { X-Frame-Options: allow } }",
            "1: http_server_config.headers.X-Frame-Options: expected deny or sameorigin, found \"allow\""),
        Bad.of(
            "a header of two lines",
            "http_server_config: { headers: { Strict-Transport-Security: \"a\\r\\nSet-Cookie: b\" } }",
            "1: http_server_config.headers.Strict-Transport-Security: expected the value of a header: printable ASCII characters, found \"a\\u000d\\u000aSet-Cookie: b\""),
        Bad.of(
            "a password in place of its hash is not repeated",
            "basic_auth_users:\n  a: s3cret\n  b: 1234\n  'c:d': %s\n  e: %s\n"
                .formatted(HASH, HASH.replace("$10$", "$19$")),
            "2: basic_auth_users.a: expected a bcrypt hash with a cost from 4 to 18, as htpasswd -nBC 10 prints it behind the name",
            "3: basic_auth_users.b: expected a bcrypt hash with a cost from 4 to 18, as htpasswd -nBC 10 prints it behind the name",
            "4: basic_auth_users.c:d: expected the name of a user, without a colon",
            "5: basic_auth_users.e: expected a bcrypt hash with a cost from 4 to 18, as htpasswd -nBC 10 prints it behind the name"),
        Bad.of(
            "rate_limit",
            "rate_limit: { interval: 2, burst: 0 }",
            "1: rate_limit.interval: expected a duration of at most 1h with its unit, such as 100ms, or 0 for no limit, found the number 2",
            "1: rate_limit.burst: expected a whole number from 1 to 1000000, found the number 0"),
        Bad.of(
            "no interval",
            "rate_limit: { burst: 5 }",
            "1: rate_limit.interval: is missing, expected a duration of at most 1h with its unit, such as 100ms, or 0 for no limit"),
        Bad.of(
            "nothing in rate_limit",
            "rate_limit:",
            "1: rate_limit.interval: is missing, expected a duration of at most 1h with its unit, such as 100ms, or 0 for no limit"),
        Bad.of(
            "no burst",
            "rate_limit: { interval: 1s }",
            "1: rate_limit.burst: is missing, expected how many requests are answered at once, such as 10"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void broken(Bad bad) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(bad.text()));
    certificates().assertErrors(e, "web.yml", bad.errors());
  }

  /** Curves can be chosen from Java 20 on. */
  @Test
  void curves() throws Exception {
    String text = TLS + ", curve_preferences: [ X25519, CurveP256 ] }";
    if (Runtime.version().feature() >= 20) {
      assertThat(load(text).security().tls()).isPresent();
      return;
    }
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(text));
    certificates()
        .assertErrors(
            e,
            "web.yml",
            List.of(
                "1: tls_server_config.curve_preferences: needs Java 20 or newer, and this is Java %d: leave it out"
                    .formatted(Runtime.version().feature())));
  }

  /** They may be copied a moment later. */
  @Test
  void theFilesOfAConfigurationAreNamedEvenIfTheyDoNotExist() throws Exception {
    Path file = certificates().write("web.yml", TLS.replace("server.", "missing.") + " }");
    List<Path> named = new ArrayList<>();
    assertThat(
            catchThrowableOfType(ConfigException.class, () -> WebConfig.load(file, named::addAll)))
        .isNotNull();
    assertThat(named)
        .containsExactly(file, folder.resolve("missing.pem"), folder.resolve("missing.key"));
  }

  private WebConfig load(String text) throws ConfigException, IOException {
    return WebConfig.load(certificates().write("web.yml", text));
  }

  private CertificateFolder certificates() {
    return new CertificateFolder(folder);
  }
}
