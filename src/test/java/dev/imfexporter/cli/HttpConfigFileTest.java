package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.RestoredLog;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask an exporter with TLS, users and client certificates, as its files say. */
@Timeout(120)
@ExtendWith(RestoredLog.class)
class HttpConfigFileTest {
  private static final String PASSWORD = "s3cret word";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
  private final List<Thread> exporters = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Thread exporter : exporters) {
      exporter.interrupt();
      exporter.join();
    }
  }

  @Test
  void tlsOfAnAuthorityOfTheHouse() throws Exception {
    certificate("server.pem", "localhost");
    certificate("other.pem", "localhost");
    URI url =
        exporter(
            "localhost", "tls_server_config: { cert_file: server.pem, key_file: server.pem }\n");

    assertThat(diagnose(url)).isEqualTo(2);
    assertThat(error())
        .isEqualTo(
            "Asking the exporter at %1$s about demo ...\nimf-exporter: the exporter at %1$s does not answer: its certificate is of an authority that is not trusted here: name a file with tls_config.ca_file by --http.config.file\n"
                .formatted(url));

    assertThat(diagnose(url, "tls_config: { ca_file: other.pem }")).isEqualTo(2);
    assertThat(error())
        .contains(
            "does not answer: its certificate is of an authority that is not trusted here: check tls_config.ca_file in "
                + folder.resolve("http.yml"));

    assertThat(diagnose(url, "tls_config: { ca_file: server.pem }")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).startsWith("Mail on demo is interrupted");

    assertThat(diagnose(url, "tls_config: { insecure_skip_verify: true }")).isEqualTo(1);

    URI plain = URI.create(url.toString().replace("https", "http"));
    assertThat(diagnose(plain)).isEqualTo(2);
    assertThat(error())
        .contains(
            "This is a port for HTTPS, and the request came by HTTP: begin its address with https://.");
  }

  @Test
  void theNameInTheCertificateMatters() throws Exception {
    certificate("server.pem", "imf.example.net");
    URI url =
        exporter(
            "127.0.0.1", "tls_server_config: { cert_file: server.pem, key_file: server.pem }\n");

    assertThat(diagnose(url, "tls_config: { ca_file: server.pem }")).isEqualTo(2);
    assertThat(error())
        .contains(
            "its certificate is for another name (",
            "127.0.0.1",
            "): check tls_config.server_name in " + folder.resolve("http.yml"));

    assertThat(diagnose(url, "tls_config: { ca_file: server.pem, server_name: other.example.net }"))
        .isEqualTo(2);
    assertThat(error()).contains("other.example.net");

    assertThat(diagnose(url, "tls_config: { ca_file: server.pem, server_name: imf.example.net }"))
        .isEqualTo(1);
  }

  @Test
  void aCertificateOfTheClient() throws Exception {
    certificate("server.pem", "localhost");
    certificate("client.pem", "prometheus");
    certificate("stranger.pem", "prometheus");
    URI url =
        exporter(
            "localhost",
            """
            tls_server_config:
              cert_file: server.pem
              key_file: server.pem
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: client.pem
            """);
    String wants =
        "as it does when it wants to know the client: check tls_config.cert_file and"
            + " tls_config.key_file in "
            + folder.resolve("http.yml");

    assertThat(diagnose(url, "tls_config: { ca_file: server.pem }")).isEqualTo(2);
    assertThat(error()).contains(wants);

    assertThat(diagnose(url, clientCertificate("stranger.pem"))).isEqualTo(2);
    assertThat(error()).contains(wants);

    assertThat(diagnose(url, clientCertificate("client.pem"))).isEqualTo(1);
    assertThat(out.toString(UTF_8)).startsWith("Mail on demo is interrupted");
  }

  @Test
  void aUserAndAPassword() throws Exception {
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Files.writeString(folder.resolve("wrong"), "an0ther\n");
    URI url = exporter("127.0.0.1", "basic_auth_users: { ops: %s }\n".formatted(hash(PASSWORD)));

    assertThat(run("diagnose", "--storage.path=" + folder)).isLessThan(2);
    assertThat(error())
        .contains(
            "the exporter at %s wants a user and a password: name a file with basic_auth.username and basic_auth.password_file by --http.config.file; so this reads the host itself"
                .formatted(url));

    assertThat(diagnose(url, "basic_auth: { username: ops, password_file: wrong }")).isEqualTo(2);
    assertThat(error())
        .contains(
            "the exporter at %s does not accept the user and the password: check basic_auth.username and basic_auth.password_file in "
                .formatted(url))
        .doesNotContain("an0ther");

    assertThat(diagnose(url, "basic_auth: { username: ops, password_file: password }"))
        .isEqualTo(1);
    assertThat(diagnose(url, "basic_auth: { username: ops, password: '%s' }".formatted(PASSWORD)))
        .isEqualTo(1);
    err.reset();
    String file = "--http.config.file=" + folder.resolve("http.yml");
    assertThat(run("preflight", "--storage.path=" + folder, file)).isEqualTo(1);
    assertThat(
            run(
                "evidence",
                "demo",
                "--exporter=" + url,
                "--output=" + folder.resolve("a.zip"),
                file))
        .isZero();
    assertThat(error()).contains("As the exporter at " + url).doesNotContain(PASSWORD);
  }

  /** It neither reads the host instead nor asks without a log-in. */
  @Test
  void aFileWithAnErrorEndsTheCommand() throws Exception {
    Path file =
        Files.writeString(folder.resolve("http.yml"), "basic_auth:\n  user: ops\n  password: x\n");
    for (String command : List.of("diagnose", "preflight", "evidence")) {
      assertThat(run(command, "--demo.start=1m", "--http.config.file=" + file)).isEqualTo(2);
      assertThat(error())
          .isEqualTo(
              "%s:1: basic_auth.username: is missing, expected the name of a user, without a colon%n%1$s:2: basic_auth.user: unknown key, expected one of username, password, password_file%n"
                  .formatted(file));
    }
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    assertThat(run("diagnose", "demo", "--exporter=https://ops:s3cret@mail.example.net"))
        .isEqualTo(2);
    assertThat(error())
        .contains(
            "not this: a user and a password belong into a file, which is named by"
                + " --http.config.file")
        .doesNotContain("s3cret");
  }

  private void certificate(String file, String name) throws Exception {
    TestCertificate.selfSigned(folder, name, Instant.now().minusSeconds(3600), 10)
        .writePem(folder.resolve(file));
  }

  private static String clientCertificate(String file) {
    return "tls_config: { ca_file: server.pem, cert_file: %s, key_file: %1$s }".formatted(file);
  }

  private static String hash(String password) {
    return OpenBSDBCrypt.generate(password.toCharArray(), new byte[16], 4);
  }

  private URI exporter(String host, String web) throws IOException {
    Path config = Files.writeString(folder.resolve("web.yml"), web);
    Thread exporter =
        new Thread(
            () ->
                new Main(log, log)
                    .run(
                        "--demo.start=4m",
                        "--storage.path=" + folder,
                        "--web.config.file=" + config,
                        "--web.listen-address=%s:0".formatted(host)));
    exporter.setDaemon(true);
    exporter.start();
    exporters.add(exporter);
    return await().until(() -> JournalReader.exporter(folder), Optional::isPresent).orElseThrow();
  }

  private int diagnose(URI url, String config) throws IOException {
    Path file = Files.writeString(folder.resolve("http.yml"), config);
    return run("diagnose", "demo", "--exporter=" + url, "--http.config.file=" + file);
  }

  private int diagnose(URI url) {
    return run("diagnose", "demo", "--exporter=" + url);
  }

  /** What was said since the last call. */
  private String error() {
    String said = err.toString(UTF_8);
    err.reset();
    return said;
  }

  private int run(String... args) {
    out.reset();
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(args);
  }
}
