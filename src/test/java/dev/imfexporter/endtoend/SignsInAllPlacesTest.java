package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.demo.VirtualServerCounters;
import dev.imfexporter.bed.Postfix;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.SmallDisk;
import dev.imfexporter.bed.WindowsBed;
import dev.imfexporter.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What an update breaks beside the services is told by a metric, the page, diagnose and an alert:
 * of a Windows machine by its own Win32 calls, by those of another one, and over SMB. All have the
 * same real SMTP server, Postfix, and the same real disk, which something fills. Their SMTPSVC
 * comes back without one of its virtual servers, and Postfix with other settings and another
 * certificate. An hour and a half passes by a clock of the test.
 */
@Tag("endtoend")
@ResourceLock(WindowsBed.LOCK)
@Timeout(300)
class SignsInAllPlacesTest {
  private static final int DISK = 8 << 20;

  /** Three of them leave 2.5 % of the disk. */
  private static final int GROWTH = DISK / 40 * 13;

  /** Minutes of the clock of promtool and the hosts. */
  private static final int BEGIN = 60;

  private static final int UPDATE = BEGIN + 30;
  private static final int END = UPDATE + 62;
  private static final int ALERTED = END + 20;

  /** How a host is reached, with its keys in the configuration. */
  private enum Host {
    LOCAL("mail01", "access: local"),
    /** Without the disk: Wine's GetVolumePathName refuses shares. */
    WIN32("localhost", "access: win32"),
    SMB("127.0.0.1", "access: smb, auth: bed, smb_port: " + SambaBed.PORT);

    private final String address;
    private final String keys;

    Host(String address, String keys) {
      this.address = address;
      this.keys = keys;
    }

    private List<Sign> signs() {
      return Arrays.stream(Sign.values())
          .filter(sign -> this != WIN32 || !sign.metric.startsWith("imf_mail_volume"))
          .toList();
    }
  }

  /** What goes wrong, with the words that page and diagnose have about it. */
  private enum Sign {
    VIRTUAL_SERVER_LOST(
        "imf_smtp_virtual_server_gone_since_timestamp_seconds",
        "The virtual server SMTP 2 was there until",
        "ImfVirtualServerGone"),
    DISK_FILLS(
        "imf_mail_volume_full_timestamp_seconds", "and will be full at", "ImfMailVolumeFullSoon"),
    DISK_NEARLY_FULL(
        "imf_mail_volume_free_bytes", "(2 %) of 8.0 MiB free", "ImfMailVolumeNearlyFull"),
    CERTIFICATE_ENDS(
        "imf_smtp_tls_certificate_expiry_timestamp_seconds",
        "is valid until 1970-01-21",
        "ImfSmtpCertificateExpires"),
    OWN_ADDRESS_REFUSED(
        "imf_smtp_recipient_verdict{virtual_server=\"SMTP 1\"",
        "It refuses mail for postmaster@example.net, its own address",
        "ImfOwnAddressRefused"),
    OPEN_RELAY(
        "imf_smtp_recipient_verdict{virtual_server=\"SMTP 3\"",
        "It relays for strangers",
        "ImfOpenRelay");

    private final String metric;
    private final String words;
    private final String alert;

    Sign(String metric, String words, String alert) {
      this.metric = metric;
      this.words = words;
      this.alert = alert;
    }
  }

  private final WindowsBed windows = WindowsBed.open();
  private final List<FastForward> exporters = new ArrayList<>();

  /** What is to be closed, the last first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final List<Integer> passes = new ArrayList<>();

  @TempDir private Path folder;
  @TempDir private Path postfixBefore;
  @TempDir private Path postfixAfter;
  private SambaBed samba;
  private SmallDisk disk;
  private Postfix postfix;

  /** The ports of the virtual servers SMTP 1 and SMTP 3. */
  private int first;

  private int third;

  @BeforeEach
  void watchHealthyHosts() throws Exception {
    open.push(windows::reset);
    windows.reset();
    samba = opened(SambaBed.start());
    disk = opened(SmallDisk.mount(samba.share(), DISK));
    Files.createDirectory(disk.folder().resolve("Queue"));
    postfix = new Postfix(postfixBefore);
    open.push(() -> postfix.stop());
    first = postfix.port(certificate(Duration.ofDays(300)));
    third = postfix.port();
    postfix.start();
    samba.exchange();
    virtualServers("SMTP 1", "SMTP 2", "SMTP 3");
    Files.writeString(folder.resolve("bed.pw"), SambaBed.PASSWORD);
    exporters.add(opened(FastForward.onWindows(config(Host.LOCAL, Host.WIN32))));
    exporters.add(opened(FastForward.onLinux(config(Host.SMB))));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  @AfterEach
  void leaveNothing() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void eachIsToldByMetricPageDiagnoseAndAlert() throws Exception {
    pass(BEGIN);
    grow();
    pass(UPDATE);
    stopSmtp();
    pass(UPDATE + 1);
    update();
    startSmtp();
    pass(UPDATE + 2);
    grow();
    pass(UPDATE + 32);
    grow();
    pass(END);

    ScrapedAlerts alerts = new ScrapedAlerts();
    for (Host host : Host.values()) {
      for (Sign sign : host.signs()) {
        String what = sign + " on " + host;
        assertThat(samples(END, host, sign.metric))
            .as(what)
            .isNotEmpty()
            .isNotEqualTo(samples(UPDATE, host, sign.metric));
        for (String place : List.of("page", "diagnosis")) {
          assertThat(told(END, host, place)).as(what).contains(sign.words);
          assertThat(told(UPDATE, host, place)).as(what).doesNotContain(sign.words);
        }
      }
      for (int i = 0; i < passes.size(); i++) {
        int until = i + 1 < passes.size() ? passes.get(i + 1) : ALERTED + 1;
        alerts.scraped(host.address, passes.get(i), until, told(passes.get(i), host, "metrics"));
      }
      alerts.expect(host.address, UPDATE, List.of());
      alerts.expect(host.address, ALERTED, host.signs().stream().map(sign -> sign.alert).toList());
    }
    alerts.check(folder);
  }

  private void stopSmtp() throws Exception {
    windows.stop("SMTPSVC");
    samba.services().enters("SMTPSVC", ServiceState.STOPPED);
    postfix.stop();
  }

  private void startSmtp() throws Exception {
    postfix.start();
    samba.services().enters("SMTPSVC", ServiceState.RUNNING);
    windows.start("SMTPSVC");
  }

  /** Changes what SMTP is when it starts again. */
  private void update() throws Exception {
    virtualServers("SMTP 1", "SMTP 3");
    postfix = new Postfix(postfixAfter);
    postfix.serve(
        first,
        certificate(Duration.ofMinutes(END).plusDays(20).minusMinutes(25)),
        "smtpd_recipient_restrictions=reject");
    postfix.serve(third, "mynetworks=127.0.0.0/8");
  }

  private void virtualServers(String... names) throws AccessException {
    windows.performance().instances(List.of(names));
    samba.registryPipe().performance(new VirtualServerCounters(List.of(names)));
  }

  /** Something that is no mail takes room. */
  private void grow() throws IOException {
    Files.write(disk.folder().resolve("grown%d.log".formatted(passes.size())), new byte[GROWTH]);
  }

  /**
   * @param until since the clock of the hosts began
   */
  private TestCertificate certificate(Duration until) throws Exception {
    int days = 365;
    Instant end = Instant.EPOCH.plus(until);
    return TestCertificate.signed(folder, Postfix.NAME, end.minus(Duration.ofDays(days)), days);
  }

  private Path config(Host... hosts) throws IOException {
    StringBuilder modules = new StringBuilder("modules:\n");
    StringBuilder watched = new StringBuilder("hosts:\n");
    for (Host host : hosts) {
      modules.append(
          """
            %s:
              definition: false
              events: false
              folders: false
              %s
              banner: { address: 127.0.0.1, port: %3$d }
              dialogue:
                virtual_servers:
                  SMTP 1: { address: 127.0.0.1, port: %3$d, starttls: true, own_address: postmaster@example.net }
                  SMTP 3: { address: 127.0.0.1, port: %4$d, foreign_address: someone@example.org }
          """
              .formatted(host, folders(host), first, third));
      watched.append("  %s: { %s, module: %s }%n".formatted(host.address, host.keys, host));
    }
    String account =
        "auths: { bed: { username: %s, password_file: bed.pw } }%n".formatted(SambaBed.USER);
    return Files.writeString(
        Files.createTempFile(folder, "imf", ".yml"), modules + account + watched);
  }

  private String folders(Host host) {
    return switch (host) {
      case LOCAL ->
          "mailroots: { SMTP 1: 'Z:%s' }".formatted(disk.folder().toString().replace('/', '\\'));
      case WIN32 -> "volumes: false";
      case SMB -> "mailroots: { SMTP 1: '\\\\127.0.0.1\\share' }";
    };
  }

  /** Has all hosts read at this minute. */
  private void pass(int minute) throws IOException {
    int passed = minute - (passes.isEmpty() ? 0 : passes.get(passes.size() - 1));
    passes.add(minute);
    Path told = Files.createDirectory(folder.resolve(Integer.toString(minute)));
    for (FastForward exporter : exporters) {
      exporter.order(passed, told);
    }
    for (FastForward exporter : exporters) {
      exporter.await();
    }
  }

  /** What a place said of a host at a minute. */
  private String told(int minute, Host host, String place) throws IOException {
    return Files.readString(
        folder.resolve(Integer.toString(minute)).resolve(host.address + "." + place));
  }

  private List<String> samples(int minute, Host host, String metric) throws IOException {
    return told(minute, host, "metrics").lines().filter(line -> line.startsWith(metric)).toList();
  }
}
