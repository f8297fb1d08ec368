package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imfexporter.config.CertificateFolder.Bad;
import dev.imfexporter.websecurity.ClientSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of {@code --http.config.file}: good ones, and the exact errors of broken ones. */
class HttpConfigTest {

  private static final Pattern KEY = Pattern.compile("`(\\w+)`");
  private static final String UNKNOWN = "unknown key, expected one of ";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    certificates().fill();
    Files.writeString(folder.resolve("password"), "a b:ü\nsecond line\n");
    Files.writeString(folder.resolve("empty"), "\n");
  }

  @Test
  void nothingIsPlainAccess() throws Exception {
    assertThat(load("").security()).isEqualTo(ClientSecurity.NONE);
  }

  @Test
  void everyKey() throws Exception {
    ClientSecurity all =
        load("""
            basic_auth:
              username: ops
              password_file: password
            tls_config:
              ca_file: ca.pem
              cert_file: client.pem
              key_file: client.key
              server_name: mail.example.net
              insecure_skip_verify: false
            """)
            .security();
    assertThat(all.tls()).isPresent();
    assertThat(all.login().orElseThrow().header()).isEqualTo("Basic b3BzOmEgYjrDvA==");
    assertThat(all.toString()).doesNotContain("a b");
  }

  @Test
  void certificatesAndThePasswordMayStandInTheFile() throws Exception {
    ClientSecurity inline =
        load("basic_auth: { username: ops, password: 'x y' }\ntls_config:\n  ca: |\n%s  cert: |\n%s  key: |\n%s"
                .formatted(
                    certificates().indented("ca.pem"),
                    certificates().indented("client.pem"),
                    certificates().indented("client.key")))
            .security();
    assertThat(inline.tls()).isPresent();
    assertThat(inline.login().orElseThrow().password()).isEqualTo("x y");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void warnings() throws Exception {
    for (String file : List.of("client.key", "password")) {
      Files.setPosixFilePermissions(
          folder.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
    }
    assertThat(
            load("basic_auth: { username: ops, password_file: password }\ntls_config: { cert_file: client.pem, key_file: client.key }")
                .warnings())
        .extracting(certificates()::shown)
        .containsExactly(
            "http.yml:1: basic_auth.password_file: every account of this machine can read the password file password: set its mode to 0600",
            "http.yml:2: tls_config.key_file: every account of this machine can read the key file client.key: set its mode to 0600");
    assertThat(load("basic_auth: { username: ops, password: x }").warnings())
        .extracting(certificates()::shown)
        .containsExactly(
            "http.yml:1: basic_auth.password: every account of this machine can read the file http.yml: set its mode to 0600");
  }

  static List<Bad> broken() {
    return List.of(
        Bad.of("junk", "s3cret", "1: expected a mapping, found a single value"),
        Bad.of(
            "an unsupported key of Prometheus",
            "proxy_url: http://proxy",
            "1: proxy_url: unknown key, expected one of basic_auth, tls_config"),
        Bad.of(
            "a key of the server",
            "tls_config: { client_ca_file: ca.pem }",
            "1: tls_config.client_ca_file: unknown key, expected one of ca, ca_file, cert, cert_file, key, key_file, server_name, insecure_skip_verify"),
        Bad.of(
            "no user",
            "basic_auth: { password: s3cret }",
            "1: basic_auth.username: is missing, expected the name of a user, without a colon"),
        Bad.of(
            "a user with a password is not repeated",
            "basic_auth: { username: 'ops:s3cret', password: x }",
            "1: basic_auth.username: expected the name of a user, without a colon"),
        Bad.of(
            "no password",
            "basic_auth: { username: ops }",
            "1: basic_auth.password_file: expected either password or password_file"),
        Bad.of(
            "two passwords",
            "basic_auth: { username: ops, password: s3cret, password_file: password }",
            "1: basic_auth.password_file: expected either password or password_file"),
        Bad.of(
            "a number as password is not repeated",
            "basic_auth: { username: ops, password: 1234 }",
            "1: basic_auth.password: expected a password, in quotes"),
        Bad.of(
            "an empty file",
            "basic_auth:\n  username: ops\n  password_file: empty\n",
            "3: basic_auth.password_file: the password file empty has no password in its first line"),
        Bad.of(
            "no such file",
            "basic_auth:\n  username: ops\n  password_file: none\n",
            "3: basic_auth.password_file: the password file none does not exist"),
        Bad.of(
            "an authority that is not there",
            "tls_config: { ca_file: none.pem }",
            "1: tls_config.ca_file: the file none.pem does not exist"),
        Bad.of(
            "an authority that is none",
            "tls_config: { ca_file: client.key }",
            "1: tls_config.ca_file: the file client.key has no certificate in PEM"),
        Bad.of(
            "a certificate without its key",
            "tls_config: { cert_file: client.pem }",
            "1: tls_config.key_file: is missing, expected either key or key_file"),
        Bad.of(
            "another key",
            "tls_config: { cert_file: client.pem, key_file: stranger.key }",
            "1: tls_config.key_file: the file stranger.key has another key than that of the certificate in the file client.pem"),
        Bad.of(
            "a key that is none is not repeated",
            "tls_config: { cert_file: client.pem, key: s3cret }",
            "1: tls_config.key: expected a private key in PEM"),
        Bad.of(
            "an authority without effect",
            "tls_config: { ca_file: ca.pem, insecure_skip_verify: true }",
            "1: tls_config.ca_file: has no effect with insecure_skip_verify: true: remove one"),
        Bad.of(
            "an address as name",
            "tls_config: { server_name: https://mail }",
            "1: tls_config.server_name: expected the name in the server's certificate, found \"https://mail\""));
  }

  @Test
  void everyKeyAndNoOtherIsDocumented() throws IOException {
    List<String> known =
        Stream.of("", "basic_auth", "tls_config")
            .flatMap(section -> known(section).stream())
            .toList();
    List<String> documented =
        Files.readString(Path.of("docs/client-configuration.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> KEY.matcher(line.substring(1, line.indexOf('|', 1))).results())
            .map(found -> found.group(1))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
  }

  private List<String> known(String section) {
    String text = section.isEmpty() ? "zzzzzzzzz: 1" : section + ": { zzzzzzzzz: 1 }";
    return catchThrowableOfType(ConfigException.class, () -> load(text)).errors().stream()
        .map(ConfigError::sentence)
        .filter(sentence -> sentence.startsWith(UNKNOWN))
        .flatMap(sentence -> Stream.of(sentence.substring(UNKNOWN.length()).split(", ")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource
  void broken(Bad bad) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(bad.text()));
    certificates().assertErrors(e, "http.yml", bad.errors());
  }

  private HttpConfig load(String text) throws ConfigException, IOException {
    return HttpConfig.load(certificates().write("http.yml", text));
  }

  private CertificateFolder certificates() {
    return new CertificateFolder(folder);
  }
}
