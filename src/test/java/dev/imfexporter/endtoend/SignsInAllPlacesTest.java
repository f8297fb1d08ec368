package dev.imfexporter.endtoend;

import static dev.imfexporter.testing.DialogueBuilder.dialogue;
import static dev.imfexporter.testing.ServiceBuilder.running;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.page.HostPage;
import dev.imfexporter.page.PageView;
import dev.imfexporter.testing.DialogueBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong on a host beside its services is told by a metric, the page, diagnose and an
 * alert. The rules are given what the exporter exposes, by promtool.
 */
@Tag("endtoend")
class SignsInAllPlacesTest {
  /** The clock of promtool begins at 0. */
  private static final Instant NOW = Instant.EPOCH.plus(Duration.ofHours(1));

  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*),})? (\\S+)");
  private static final long GIB = 1L << 30;

  /** Something that goes wrong, with the words that page and diagnose have about it. */
  private enum Sign {
    VIRTUAL_SERVER_LOST(
        "imf_smtp_virtual_server_gone_since_timestamp_seconds",
        "The virtual server SMTP 2 was there until",
        "ImfVirtualServerGone",
        host -> host.gone(new GoneVirtualServer("SMTP 2", NOW.minusSeconds(600)))),
    DISK_FILLS(
        "imf_mail_volume_full_timestamp_seconds",
        "and will be full at",
        "ImfMailVolumeFullSoon",
        host -> host.fills("D:", NOW.plus(Duration.ofHours(9)))),
    DISK_NEARLY_FULL(
        "imf_mail_volume_free_bytes",
        "Volume D: has 1.0 GiB (2 %) of 40.0 GiB free",
        "ImfMailVolumeNearlyFull",
        host -> host.volume("D:", GIB, 40 * GIB)),
    CERTIFICATE_ENDS(
        "imf_smtp_tls_certificate_expiry_timestamp_seconds",
        "is valid until 1970-01-20",
        "ImfSmtpCertificateExpires",
        host -> asked(host, well().certificate(NOW.plus(Duration.ofDays(19)), false, true))),
    OWN_ADDRESS_REFUSED(
        "imf_smtp_recipient_verdict",
        "It refuses mail for postmaster@example.net, its own address",
        "ImfOwnAddressRefused",
        host -> asked(host, well().own(Verdict.REFUSED))),
    OPEN_RELAY(
        "imf_smtp_recipient_verdict",
        "It relays for strangers",
        "ImfOpenRelay",
        host -> asked(host, well().foreign(Verdict.ACCEPTED)));

    private final String metric;
    private final String words;
    private final String alert;

    @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
    private final UnaryOperator<HostSnapshotBuilder> happens;

    Sign(String metric, String words, String alert, UnaryOperator<HostSnapshotBuilder> happens) {
      this.metric = metric;
      this.words = words;
      this.alert = alert;
      this.happens = happens;
    }
  }

  @TempDir private Path folder;

  @Test
  void eachIsToldByMetricPageDiagnoseAndAlert() throws Exception {
    List<String> series = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (AccessKind access : List.of(AccessKind.LOCAL, AccessKind.WIN32, AccessKind.SMB)) {
      HostSnapshot before = healthy(access).build();
      for (Sign sign : Sign.values()) {
        HostSnapshot after = sign.happens.apply(healthy(access)).build();
        String what = sign + " over " + access;

        assertThat(samples(after, sign.metric))
            .as(what)
            .isNotEmpty()
            .isNotEqualTo(samples(before, sign.metric));
        assertThat(page(after)).as(what).contains(sign.words);
        assertThat(page(before)).as(what).doesNotContain(sign.words);
        assertThat(diagnosis(after)).as(what).contains(sign.words);
        assertThat(diagnosis(before)).as(what).doesNotContain(sign.words);
        String instance = sign + "-" + access;
        series.add(series(instance, before, after));
        expected.add("{alertname=\"%s\", instance=\"%s\"}".formatted(sign.alert, instance));
      }
    }
    promtool(series, expected);
  }

  private static HostSnapshotBuilder healthy(AccessKind access) {
    return asked(
        new HostSnapshotBuilder("mail01", NOW)
            .access(access)
            .services(running("IISADMIN"), running("SMTPSVC").requires("IISADMIN"))
            .mailFlow(MailFlow.State.FLOWING)
            .volume("D:", 20 * GIB, 40 * GIB),
        well());
  }

  private static DialogueBuilder well() {
    return dialogue("SMTP 1")
        .own(Verdict.ACCEPTED)
        .foreign(Verdict.REFUSED)
        .certificate(NOW.plus(Duration.ofDays(300)), false, true);
  }

  private static HostSnapshotBuilder asked(HostSnapshotBuilder host, DialogueBuilder dialogue) {
    return host.ok(CollectorKey.DIALOGUE, new Dialogues(List.of(dialogue.build())));
  }

  private static String page(HostSnapshot host) {
    return HostPage.of(host, HostPage.Place.HERE, PageView.utc(NOW), "1.2.3");
  }

  private static String diagnosis(HostSnapshot host) {
    return Diagnosis.of(host, new DayEvents.NotAsked(), TimeView.utc(NOW)).findings().stream()
        .flatMap(finding -> finding.answers().stream())
        .collect(joining("\n"));
  }

  private static Map<String, String> samples(HostSnapshot host, String metric) {
    Map<String, String> samples = samples(host);
    samples.keySet().removeIf(name -> !name.startsWith(metric));
    return samples;
  }

  /** The value of each series. */
  private static Map<String, String> samples(HostSnapshot host) {
    Map<String, String> samples = new LinkedHashMap<>(Map.of("up{INSTANCE}", "1"));
    for (String line : Exposition.text(host).split("\n", -1)) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String labels = sample.group(2) == null ? "" : "," + sample.group(2);
        samples.put(
            sample.group(1) + "{INSTANCE" + labels + "}",
            new BigDecimal(sample.group(3)).toPlainString());
      }
    }
    return samples;
  }

  /** Half an hour of the one, and an hour and a half of the other. */
  private static String series(String instance, HostSnapshot before, HostSnapshot after) {
    Map<String, String> first = samples(before);
    Map<String, String> then = samples(after);
    TreeSet<String> names = new TreeSet<>(first.keySet());
    names.addAll(then.keySet());
    return names.stream()
        .map(
            name ->
                "      - series: '%s'\n        values: '%s %s'\n"
                    .formatted(
                        name.replace(
                            "INSTANCE", "job=\"mail\",instance=\"%s\"".formatted(instance)),
                        first.containsKey(name) ? first.get(name) + "x29" : "_x30",
                        then.containsKey(name) ? then.get(name) + "x90" : "stale"))
        .collect(joining());
  }

  private void promtool(List<String> series, List<String> expected) throws Exception {
    String alerts =
        "count by (alertname, instance) (ALERTS{alertstate=\"firing\", alertname!=\"ImfWatchdog\"})";
    Path file = folder.resolve("signs.yml");
    Files.writeString(
        file,
        """
        rule_files: [%s]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
        %s    promql_expr_test:
              - expr: %s
                eval_time: 29m
                exp_samples: []
              - expr: %s
                eval_time: 60m
                exp_samples:
        %s"""
            .formatted(
                Path.of("alerts/imf-exporter.rules.yml").toAbsolutePath(),
                String.join("", series),
                alerts,
                alerts,
                expected.stream()
                    .map("          - { labels: '%s', value: 1 }\n"::formatted)
                    .collect(joining())));
    Path output = folder.resolve("promtool.txt");
    Process promtool =
        new ProcessBuilder("promtool", "test", "rules", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(promtool.waitFor()).as(Files.readString(output)).isZero();
  }
}
