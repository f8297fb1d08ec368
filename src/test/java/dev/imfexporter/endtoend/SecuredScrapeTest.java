package dev.imfexporter.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exporter by TLS with client certificates and a user, as a real Prometheus, curl and openssl
 * see it; the certificates are made by openssl.
 */
@Tag("endtoend")
class SecuredScrapeTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of {@code fakepassword}. */
  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

  private final List<AutoCloseable> running = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void certificates() throws Exception {
    Path parent = Files.createDirectories(Path.of("target/bed/endtoend").toAbsolutePath());
    folder = Files.createTempDirectory(parent, "secured");
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=ca -keyout ca.key -out ca.pem");
    certificate("server", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth");
    certificate("client", "subjectAltName=DNS:prometheus.example.net\nextendedKeyUsage=clientAuth");
    certificate("guest", "subjectAltName=DNS:guest.example.net\nextendedKeyUsage=clientAuth");
    Files.writeString(
        folder.resolve("web.yml"),
        """
        tls_server_config:
          cert_file: server.pem
          key_file: server.key
          client_auth_type: RequireAndVerifyClientCert
          client_ca_file: ca.pem
          client_allowed_sans: [ prometheus.example.net ]
        basic_auth_users:
          prometheus: %s
        """
            .formatted(HASH));
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }

  @Test
  void prometheusScrapesByTlsWithItsCertificateAndPassword() throws Exception {
    int port = exporter();
    Background prometheus = prometheus(port);
    await("the exporter is scraped, and its targets are found")
        .atMost(SOON)
        .until(() -> count(prometheus, "imf_up == 1") >= 1 && count(prometheus, "up") >= 4);
    await("each other job is refused")
        .atMost(SOON)
        .until(
            () ->
                count(prometheus, "up{job=\"wrong-password\"} == 0") == 1
                    && count(prometheus, "up{job=\"no-certificate\"} == 0") == 1
                    && count(prometheus, "up{job=\"guest\"} == 0") == 1);
    assertThat(count(prometheus, "up{job=\"imf\"} == 1")).isEqualTo(1);
    assertThat(
            count(
                prometheus,
                "imf_exporter_web_certificate_not_after_timestamp_seconds > time() + 86400"))
        .isEqualTo(1);

    assertThat(sClient(port, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).contains("alert");
    assertThat(sClient(port, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA")).contains("alert");
    assertThat(sClient(port, "-tls1_2")).contains("Protocol  : TLSv1.2", "Verification: OK");
    assertThat(sClient(port, "-tls1_3")).contains("TLSv1.3", "Verification: OK");

    assertThat(renegotiation(port)).contains("RENEGOTIATING", "alert handshake failure");

    String before = serial(port);
    certificate("server", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth");
    await("the renewed certificate").atMost(SOON).until(() -> !serial(port).equals(before));
    Files.writeString(folder.resolve("server.pem"), "half a certificate");
    await("a broken one is said")
        .atMost(SOON)
        .until(() -> count(prometheus, "imf_exporter_web_config_last_reload_successful == 0") == 1);
    assertThat(count(prometheus, "up{job=\"imf\"} == 1")).isEqualTo(1);
  }

  private int exporter() throws IOException {
    int port = Background.freePort();
    Background exporter =
        Background.launch(
            "exporter",
            folder,
            port,
            LocalExporter.command(
                port,
                List.of("-Xmx64m"),
                "--demo.start=0s",
                "--web.config.file=" + folder.resolve("web.yml")));
    running.add(exporter);
    await("the exporter is ready")
        .atMost(SOON)
        .until(
            () ->
                run("curl -s --cacert ca.pem --cert client.pem --key client.key"
                        + " -u prometheus:fakepassword https://127.0.0.1:%d/-/ready"
                            .formatted(port))
                    .contains("ready"));
    return port;
  }

  private Background prometheus(int port) throws IOException {
    String good = "cert_file: client.pem, key_file: client.key";
    Files.writeString(
        folder.resolve("prometheus.yml"),
        "global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n"
            + job("imf", port, good, "fakepassword")
            + job("wrong-password", port, good, "wrong")
            + job("no-certificate", port, "", "fakepassword")
            + job("guest", port, "cert_file: guest.pem, key_file: guest.key", "fakepassword"));
    int own = Background.freePort();
    Background prometheus =
        Background.start(
            "prometheus",
            folder,
            own,
            "/-/ready",
            List.of(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + own));
    running.add(prometheus);
    return prometheus;
  }

  private String job(String name, int port, String certificate, String password) {
    String separator = certificate.isEmpty() ? "" : ", ";
    return """
          - job_name: %s
            scheme: https
            tls_config: { ca_file: ca.pem%s%s }
            basic_auth: { username: prometheus, password: %s }
            static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
        """
        .formatted(name, separator, certificate, password, port);
  }

  private static int count(Background prometheus, String query) throws IOException {
    JsonNode answer =
        JSON.readTree(prometheus.get("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8)));
    return answer.at("/data/result").size();
  }

  private void certificate(String name, String extensions) throws Exception {
    Files.writeString(folder.resolve(name + ".ext"), extensions + "\n");
    openssl(
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=%s -keyout %s.new -out %s.csr"
            .formatted(name, name, name));
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -days 2 -extfile %s.ext -out %s.pem"
            .formatted(name, name, name));
    Files.move(
        folder.resolve(name + ".new"),
        folder.resolve(name + ".key"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void openssl(String words) throws Exception {
    run("openssl " + words);
  }

  private String sClient(int port, String... more) throws Exception {
    return run(sClientCommand(port, more));
  }

  private static String sClientCommand(int port, String... more) {
    return "openssl s_client -connect 127.0.0.1:%d -CAfile ca.pem -cert client.pem -key client.key %s"
        .formatted(port, String.join(" ", more));
  }

  /** The input stays open: the client ends by the answer of the server. */
  private String renegotiation(int port) throws Exception {
    Process client = start(sClientCommand(port, "-tls1_2"));
    try (OutputStream input = client.getOutputStream()) {
      input.write("R\n".getBytes(UTF_8));
      input.flush();
      assertThat(client.waitFor(30, TimeUnit.SECONDS)).as("the server refuses").isTrue();
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    } finally {
      client.destroy();
    }
  }

  private String serial(int port) throws Exception {
    Files.writeString(folder.resolve("seen.txt"), sClient(port));
    return run("openssl x509 -noout -serial -in seen.txt");
  }

  /** Words are parted by blanks; the input is empty. */
  private String run(String words) throws Exception {
    Process process = start(words);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(words).isTrue();
    return output;
  }

  private Process start(String words) throws IOException {
    return new ProcessBuilder(Stream.of(words.split(" ")).toList())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
