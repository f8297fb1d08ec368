package dev.imfexporter.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.MailCounts;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.Outage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant BEGAN = NOW.minusSeconds(600);

  private final HostSnapshotBuilder host = new HostSnapshotBuilder("mail01", NOW);

  @Test
  void aHaltHasItsBeginItsUpdateAndItsRunbook() {
    Outage outage = OutageBuilder.outage("SMTPSVC", BEGAN).build();
    host.services(
            ServiceBuilder.running("IISADMIN"),
            ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).downSince(BEGAN))
        .outages(outage)
        .openEpisode(new EpisodeBuilder(7, BEGAN.minusSeconds(5), List.of(outage)).halted().build())
        .halted(new MailFlow.Halt(BEGAN, true));

    Summary summary = summary();

    assertThat(summary.situation()).isEqualTo(Situation.HALTED);
    assertThat(summary.since()).hasValue(BEGAN);
    assertThat(summary.episode().orElseThrow().number()).isEqualTo(7);
    assertThat(summary.runbook()).hasValue("ImfMailFlowHaltedAfterUpdate");
  }

  /** A halt that was under way when the exporter started has no outage in an episode. */
  @Test
  void aHaltIsAfterAnUpdateWhenTheAlertSaysSo() {
    host.services(
            ServiceBuilder.running("IISADMIN"),
            ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED))
        .halted(new MailFlow.Halt(BEGAN, true));

    assertThat(summary().runbook()).hasValue("ImfMailFlowHaltedAfterUpdate");
    assertThat(summary().since()).hasValue(BEGAN);
  }

  @Test
  void whatLastsSinceBeforeTheExporterLookedHasNoBegin() {
    running().mailFlow(MailFlow.State.STUCK);
    host.mailHistory(past(new MailHistory.Change(MailFlow.State.STUCK, BEGAN)));
    assertThat(summary().since()).isEmpty();

    host.mailHistory(
        past(
            new MailHistory.Change(MailFlow.State.FLOWING, BEGAN.minusSeconds(600)),
            new MailHistory.Change(MailFlow.State.STUCK, BEGAN)));
    assertThat(summary().since()).hasValue(BEGAN);
    assertThat(summary().runbook()).hasValue("ImfSomeMailStuck");
  }

  /** The limits of the alerts, which are in alerts/imf-exporter.rules.yml. */
  @Test
  void theRunbookIsThatOfTheAlertThatFires() throws Exception {
    MailCounts none = MailCounts.NONE;
    assertThat(runbook(new MailCounts(10, 2, 8), none, 1)).isEqualTo("ImfMailBouncing");
    assertThat(runbook(new MailCounts(10, 3, 7), none, 1)).isEqualTo("ImfSomeMailBouncing");
    assertThat(runbook(new MailCounts(9, 2, 7), none, 1)).isEqualTo("ImfSomeMailBouncing");
    assertThat(runbook(new MailCounts(11, 2, 7), none, 1)).isEqualTo("ImfSomeMailBouncing");
    MailCounts still = new MailCounts(1, 0, 1);
    assertThat(runbook(new MailCounts(30, 3, 27), still, 3)).isEqualTo("ImfMailBouncing");
    assertThat(runbook(new MailCounts(30, 4, 26), still, 3)).isEqualTo("ImfSomeMailBouncing");
    assertThat(runbook(new MailCounts(30, 3, 27), none, 3)).isEqualTo("ImfSomeMailBouncing");
    MailCounts half = new MailCounts(40, 20, 20);
    assertThat(runbook(half, new MailCounts(10, 1, 9), 4)).isEqualTo("ImfMailBouncing");
    assertThat(runbook(half, new MailCounts(10, 2, 8), 4)).isEqualTo("ImfSomeMailBouncing");
    assertThat(runbook(half, new MailCounts(9, 0, 9), 4)).isEqualTo("ImfSomeMailBouncing");
    assertThat(runbook(half, new MailCounts(11, 1, 10), 4)).isEqualTo("ImfSomeMailBouncing");

    running().mailFlow(new MailFlow(MailFlow.State.STUCK, List.of()).counting(none, none, 1, 10));
    assertThat(summary().runbook()).hasValue("ImfMailStuck");
    assertThat(Files.readString(Path.of("alerts/imf-exporter.rules.yml")))
        .contains(
            "last_over_time(imf_mail_nearly_all_bounces[6m]) == 1", ">= 10 # limit stuck_messages");
  }

  private String runbook(MailCounts hour, MailCounts quarter, double usual) {
    running()
        .mailFlow(
            new MailFlow(MailFlow.State.BOUNCING, List.of()).counting(hour, quarter, usual, 0));
    return summary().runbook().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void eachConcernHasItsRunbook(Concern concern) {
    host.services(ServiceBuilder.running("SMTPSVC").concerns(concern));
    assertRunbook(summary());

    host.services(ServiceBuilder.running("IISADMIN").mode(StartMode.MANUAL).concerns(concern));
    assertRunbook(summary());
  }

  @ParameterizedTest
  @EnumSource(MailFlow.State.class)
  void whatFailsHasItsRunbook(MailFlow.State state) {
    running().mailFlow(state);
    Summary summary = summary();

    assertThat(summary.situation().verdict() == Diagnosis.Verdict.FAILING)
        .isEqualTo(state.isFailing());
    if (state.isFailing()) {
      assertRunbook(summary);
    } else {
      assertThat(summary.runbook()).isEmpty();
    }
  }

  @Test
  void theOtherTroublesHaveTheirRunbooksToo() {
    running().gone(new GoneVirtualServer("SMTP 2", BEGAN));
    assertThat(summary().situation()).isEqualTo(Situation.SERVER_GONE);
    assertRunbook(summary());

    host.ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.of("Nothing listens there")));
    assertThat(summary().situation()).isEqualTo(Situation.NO_ANSWER);
    assertRunbook(summary());

    host.failed(CollectorKey.SERVICES, "Access is denied");
    assertThat(summary().situation()).isEqualTo(Situation.UNREADABLE);
    assertRunbook(summary());
  }

  private HostSnapshotBuilder running() {
    return host.services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"));
  }

  private static MailHistory past(MailHistory.Change... changes) {
    return new MailHistory(List.of(changes), Optional.empty(), false);
  }

  private Summary summary() {
    return Summary.of(host.build(), TimeView.utc(NOW));
  }

  private static void assertRunbook(Summary summary) {
    String name = summary.runbook().orElseThrow();
    assertThat(Files.exists(Path.of("docs/runbooks", name + ".md"))).as(name).isTrue();
  }
}
