package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.SambaBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * README's section on many hosts, to the letter: its configuration, its scrape configuration, and
 * three real Samba servers of those names. What the configuration leaves to Windows' own port is
 * said, and what it waits for is shortened.
 */
@Tag("endtoend")
class ManyHostsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PAGED = Duration.ofSeconds(90);
  private static final int FIRST_PORT = 14460;
  private static final String WRONG_PASSWORD = "n0t-this-0ne";
  private static final String HALTED = "mail01.example.net";
  private static final Pattern HOST =
      Pattern.compile("^  ([a-z0-9.]+): \\{ access: smb, ", Pattern.MULTILINE);

  private final Map<String, SambaBed> hosts = new TreeMap<>();
  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }

  @Test
  void haltAfterAnUpdateIsPagedForTheHostThatHasIt() throws Exception {
    Path parent = Files.createDirectories(Path.of("target/bed/endtoend").toAbsolutePath());
    Path folder = Files.createTempDirectory(parent, "many");
    Background exporter = exporter(folder, Readme.manyHosts().get(0));
    Pager pager = Pager.start();
    running.add(pager);
    Monitoring monitoring =
        Monitoring.start(
            folder,
            Readme.manyHosts().get(1).replace("localhost:10747", "127.0.0.1:" + exporter.port()),
            pager);
    running.add(monitoring);
    await("all three are scraped").atMost(SOON).until(() -> monitoring.count("imf_up == 1") == 3);
    String definition = "imf_definition_build{instance=\"" + HALTED + "\"} == 7936";
    await("both sources of the definition")
        .atMost(SOON)
        .until(() -> monitoring.count(definition) == 2);
    await("so is the exporter itself")
        .atMost(SOON)
        .until(() -> monitoring.count("up{job=\"imf\"} == 1") == 1);
    assertThat(monitoring.alertsIn("firing")).isEmpty();

    SambaBed mail = Objects.requireNonNull(hosts.get(HALTED));
    mail.services().enters("SMTPSVC", ServiceState.STOPPED);
    mail.services().enters("IISADMIN", ServiceState.STOP_PENDING);
    Files.createDirectory(mail.versionFolders().resolve("6.5.7960.0"));

    await("the page")
        .atMost(PAGED)
        .until(
            () -> pager.pages("firing").stream().map(Pager.Notification::alerts).toList(),
            pages -> pages.contains(List.of("ImfMailFlowHaltedAfterUpdate")));
    assertThat(
            monitoring.count(
                "ALERTS{alertname=\"ImfMailFlowHaltedAfterUpdate\","
                    + "alertstate=\"firing\",instance=\"mail01.example.net\"}"))
        .isEqualTo(1);
    assertThat(
            monitoring.count(
                "ALERTS{severity=~\"critical|warning\",instance!=\"mail01.example.net\"}"))
        .isZero();
    assertThat(exporter.get("/")).containsSubsequence(HALTED, "relay7", "relay8");

    // From now on one account is refused, which is told everywhere, without the password.
    Files.writeString(folder.resolve("mailadmin.pw"), WRONG_PASSWORD);
    Objects.requireNonNull(hosts.get("relay8.example.net")).dropConnections();
    await("a refused log-in is told")
        .atMost(SOON)
        .until(
            () -> exporter.get("/metrics"),
            body -> body.contains("imf_auth_blocked{auth=\"mailadmin\",} 1.0"));
    showsNoSecret(folder, exporter);

    mail.services().enters("IISADMIN", ServiceState.RUNNING);
    mail.services().enters("SMTPSVC", ServiceState.RUNNING);
    await("the page is resolved").atMost(PAGED).until(() -> !pager.pages("resolved").isEmpty());
  }

  private static void showsNoSecret(Path folder, Background exporter) throws IOException {
    List<String> all = new ArrayList<>();
    for (String page :
        List.of(
            "/",
            "/metrics",
            "/config",
            "/sd",
            "/hosts/relay8.example.net",
            "/probe?target=relay8.example.net")) {
      all.add(exporter.get(page));
    }
    assertThat(all.get(4)).contains("refused the log-in");
    try (Stream<Path> kept = Files.walk(folder.resolve("history"))) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    all.add(Files.readString(exporter.log()));
    assertThat(all)
        .hasSizeGreaterThan(7)
        .noneMatch(text -> text.contains(SambaBed.PASSWORD) || text.contains(WRONG_PASSWORD));
  }

  private Background exporter(Path folder, String readme) throws IOException {
    StringBuilder config = new StringBuilder();
    StringBuilder names = new StringBuilder();
    Matcher host = HOST.matcher(readme);
    while (host.find()) {
      int port = FIRST_PORT + hosts.size();
      boolean smb1 =
          readme.substring(host.end()).lines().findFirst().orElseThrow().contains("smb1");
      SambaBed bed =
          SambaBed.startAt(port, (smb1 ? SambaBed.Variant.SMB1 : SambaBed.Variant.SMB2).options());
      running.add(bed);
      bed.exchange();
      hosts.put(host.group(1), bed);
      // The first address of each name is a dead one.
      names.append("127.0.0.77 ").append(host.group(1)).append('\n');
      names.append("127.0.0.1 ").append(host.group(1)).append('\n');
      host.appendReplacement(config, host.group() + "smb_port: " + port + ", ");
    }
    host.appendTail(config);
    assertThat(hosts).hasSize(3);
    String quick =
        "{ poll_interval: 1s, definition_interval: 1s, banner: { enabled: false },"
            + " halted_after: 15s, halted_after_boot: 30s, slow_after: 3s,"
            + " mailroots: { SMTP 1: '\\\\{host}\\share' }, ";
    Path file = folder.resolve("imf-exporter.yml");
    Files.writeString(
        file,
        config
            .toString()
            .replace("svc-imf", SambaBed.USER)
            .replace("exchange2003: { ", "exchange2003: " + quick)
            .replace("iis-smtp: { ", "iis-smtp: " + quick));
    Files.writeString(folder.resolve("mailadmin.pw"), SambaBed.PASSWORD + "\n");
    Files.writeString(folder.resolve("hosts"), names);
    int port = Background.freePort();
    Background exporter =
        Background.start(
            "exporter",
            folder,
            port,
            "/-/ready",
            LocalExporter.command(
                port,
                List.of("-Xmx64m", "-Djdk.net.hosts.file=" + folder.resolve("hosts")),
                "--log.level=debug",
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("history")));
    running.add(exporter);
    return exporter;
  }
}
