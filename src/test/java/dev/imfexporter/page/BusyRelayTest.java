package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.mail.MailFlowTracker;
import dev.imfexporter.watch.mail.SmtpService;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A relay with 20 messages a minute, of which 97 in a hundred begin to bounce, and pass again an
 * hour later: what its pages, {@code diagnose} and metrics say together at each minute.
 */
class BusyRelayTest {
  private static final Pattern HEADLINE =
      Pattern.compile("<div class=\"headline (\\w+)\">\\s*<p class=\"tone\">([^<]*)</p>");
  private static final Pattern ROW = Pattern.compile("<span class=\"state (\\w+)\">([^<]*)</span>");
  private static final Pattern STATE =
      Pattern.compile("imf_mail_flow_state\\{state=\"(\\w+)\",\\} 1\\.0");

  private final SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"));
  private final TestTime time = new TestTime();
  private final MailFlowTracker mail = new MailFlowTracker(true, Duration.ofMinutes(45));
  private final Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
  private Optional<Instant> refused = Optional.empty();

  @AfterEach
  void close() {
    self.close();
  }

  /** All that is shown of the host at a moment. */
  private record Shown(
      String metric, String tone, String title, String row, String page, DiagnosisReport diagnose) {
    boolean hasCause() {
      return !diagnose.causes().isEmpty();
    }
  }

  @Test
  void headlineMetricAndCauseAgreeFromTheFirstBounceOn() {
    minutes(180, 20, 0);
    assertWell(shown());

    for (int minute = 0; minute < 60; minute++) {
      if (minute % 15 == 0) {
        refused = Optional.of(time.now().wall());
      }
      minutes(1, minute % 5 < 3 ? 1 : 0, minute % 5 < 3 ? 19 : 20);
      Shown shown = shown();
      assertThat(shown.hasCause()).isTrue();
      if (minute > 12 || shown.metric().equals("bouncing")) {
        assertBouncing(shown);
      } else {
        assertDoubt(shown);
      }
    }
    Instant since = mail.past().since().orElseThrow();
    assertThat(shown().page()).contains("<dt>Since</dt>", since.toString());

    for (int minute = 0; minute < 70; minute++) {
      minutes(1, 20, 0);
      Shown shown = shown();
      if (shown.metric().equals("bouncing")) {
        assertThat(minute).isLessThan(21);
        assertBouncing(shown);
      } else if (shown.hasCause()) {
        assertDoubt(shown);
      } else {
        assertWell(shown);
      }
    }
    assertWell(shown());
  }

  private static void assertBouncing(Shown shown) {
    assertThat(shown.metric()).isEqualTo("bouncing");
    assertThat(shown.tone()).isEqualTo("attention");
    assertThat(shown.title()).isEqualTo("Mail bounces");
    assertThat(shown.row()).isEqualTo("failing");
    assertThat(shown.diagnose().verdict()).isEqualTo(Diagnosis.Verdict.FAILING);
    assertThat(shown.diagnose().headline()).isEqualTo("Mail on relay7 bounces, though SMTP runs.");
  }

  /** A cause is likely, and mail is not judged to bounce. */
  private static void assertDoubt(Shown shown) {
    assertThat(shown.metric()).isEqualTo("flowing");
    assertThat(shown.tone()).isEqualTo("unsettled");
    assertThat(shown.row()).isEqualTo("unsettled");
    assertThat(shown.diagnose().settled()).isFalse();
    assertThat(shown.diagnose().headline())
        .isEqualTo(
            "relay7 runs everything that it should, and mail flows. A known trouble is likely all"
                + " the same: The next hop refuses the log-in of SMTP.");
    assertThat(shown.page()).contains(shown.diagnose().headline());
  }

  private static void assertWell(Shown shown) {
    assertThat(shown.metric()).isEqualTo("flowing");
    assertThat(shown.tone()).isEqualTo("well");
    assertThat(shown.row()).isEqualTo("well");
    assertThat(shown.diagnose().settled()).isTrue();
    assertThat(shown.diagnose().headline()).contains("relay7 is healthy");
  }

  private void minutes(int minutes, int passed, int bounced) {
    for (int minute = 0; minute < minutes; minute++) {
      time.advance(Duration.ofMinutes(1));
      counters.merge(SmtpCounter.MESSAGES_RECEIVED_TOTAL, (long) passed + bounced, Long::sum);
      // The report of each message that bounces leaves too.
      counters.merge(SmtpCounter.MESSAGES_SENT_TOTAL, (long) passed + bounced, Long::sum);
      counters.merge(SmtpCounter.NDRS_GENERATED, (long) bounced, Long::sum);
      mail.smtp(smtp(), time.now(), time.now().wall(), Optional.empty());
      mail.banner(new Banner(Map.of(), Optional.empty()), time.now());
      mail.judge(
          time.now(),
          time.now().wall(),
          new SmtpService(Standing.RUNNING, Optional.empty(), false));
    }
  }

  private Smtp smtp() {
    return new Smtp(List.of(new VirtualServer("SMTP 1", counters)));
  }

  private Shown shown() {
    Instant now = time.now().wall();
    List<ClueSeen> clues =
        refused.stream()
            .map(
                at ->
                    new ClueSeen(
                        Clue.LOGIN_REFUSED,
                        "SMTPSVC 4006",
                        "example.org",
                        "The remote SMTP service rejected AUTH negotiation.",
                        at))
            .toList();
    HostSnapshot host =
        new HostSnapshotBuilder("relay7", now)
            .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
            .ok(CollectorKey.SMTP, smtp())
            .ok(CollectorKey.EVENTS, new Events(List.of()))
            .events(new EventHistory(List.of(), List.of(), List.of(), List.of(), clues))
            .mailFlow(mail.newest())
            .mailHistory(mail.past())
            .build();
    PageView view = PageView.utc(now);
    String page = HostPage.of(host, HostPage.Place.ONE_OF_MANY, view, "1.2.3");
    List<HostSnapshot> all = List.of(host);
    String fleet =
        HostsPage.of(
            FleetOverview.of(all, now),
            Rollouts.of(all, now),
            new HostQuery(Optional.empty(), "", 1, 10),
            view,
            "1.2.3");
    String scrape =
        new String(
            new Exposition(self, () -> 0).page(Format.TEXT, Optional.of(host)).body(),
            StandardCharsets.UTF_8);
    Matcher top = found(HEADLINE, page);
    return new Shown(
        found(STATE, scrape).group(1),
        top.group(1),
        top.group(2),
        found(ROW, fleet).group(1),
        page,
        DiagnosisReport.of(Diagnosis.of(host, new DayEvents.NotAsked(), view.time())));
  }

  private static Matcher found(Pattern what, String where) {
    Matcher matcher = what.matcher(where);
    assertThat(matcher.find()).as(what.pattern()).isTrue();
    return matcher;
  }
}
