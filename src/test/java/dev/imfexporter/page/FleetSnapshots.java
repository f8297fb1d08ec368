package dev.imfexporter.page;

import static dev.imfexporter.testing.EpisodeBuilder.windows;
import static dev.imfexporter.testing.OutageBuilder.outage;
import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hosts of a fleet, all at {@link Snapshots#NOW}, which an update has reached or not. */
public final class FleetSnapshots {
  private static final Instant NOW = Snapshots.NOW;
  private static final String TITLE = "Cumulative Update for Windows Server (%s)";

  private FleetSnapshots() {}

  /** A host in each state. */
  public static List<HostSnapshot> oneOfEach() {
    return List.of(
        well("mail08"),
        notReadYet("mail07"),
        Snapshots.nothingApplicable(),
        verifying("mail06", "KB5031362"),
        crashed("mail05"),
        Snapshots.notReadable(),
        stuck("mail03"),
        halted("mail01", "KB5031362"));
  }

  /** Halted for over a quarter of an hour after that update. */
  public static HostSnapshot halted(String name, String kb) {
    Outage outage = outage("SMTPSVC", NOW.minusSeconds(1_000)).build();
    return host(name)
        .services(
            running("IISADMIN"),
            service("SMTPSVC", ServiceState.STOPPED).downSince(outage.began()).halted())
        .outages(outage)
        .halted(new MailFlow.Halt(outage.began(), true), "SMTPSVC is down.")
        .openEpisode(
            new EpisodeBuilder(3, outage.began(), List.of(outage))
                .markers(marker(kb, outage.began().minusSeconds(60)))
                .halted()
                .build())
        .build();
  }

  /** Halted after a bad night, with a long title, a forecast and a likely cause. */
  static HostSnapshot troubled(String name) {
    List<Outage> outages = new ArrayList<>();
    outages.add(outage("SMTPSVC", NOW.minusSeconds(1_000)).number(100).build());
    for (int i = 1; i < 6; i++) {
      Instant at = NOW.minusSeconds(3_600L * i);
      outages.add(
          outage(i % 2 == 0 ? "SMTPSVC" : "IISADMIN", at)
              .number(100 - i)
              .ended(at.plusSeconds(400), StartedBy.UNATTRIBUTED)
              .build());
    }
    Instant began = outages.get(0).began();
    String title =
        "Cumulative Update for Windows Server 2016 for x64-based Systems (KB5031362) 2026";
    return host(name)
        .services(
            running("IISADMIN"),
            service("SMTPSVC", ServiceState.STOPPED).exit(1066, 8).downSince(began).halted())
        .outages(outages.toArray(Outage[]::new))
        .halted(new MailFlow.Halt(began, true), "SMTPSVC is down.")
        .openEpisode(
            new EpisodeBuilder(3, began, outages.subList(0, 1))
                .markers(windows(MarkerType.INSTALLED, began.minusSeconds(60), "KB5031362", title))
                .halted()
                .build())
        .ok(
            CollectorKey.UPDATE_SCHEDULE,
            new UpdateSchedule(
                Optional.empty(), 3, ZoneOffset.ofHours(1).getRules(), ZoneOffset.ofHours(1)))
        .pending(new PendingUpdate("KB5032198", title, began))
        .build();
  }

  /** Mail was halted by that update for ten minutes, and passes again. */
  public static HostSnapshot recovered(String name, String kb, Instant at) {
    Outage outage =
        outage("SMTPSVC", at).ended(at.plusSeconds(600), StartedBy.ADMINISTRATOR).build();
    return well(
        name,
        new EpisodeBuilder(3, at, List.of(outage))
            .markers(marker(kb, at.minusSeconds(60)))
            .halted()
            .closed(at.plusSeconds(700), Outcome.RECOVERED_AFTER_HALT)
            .sealed()
            .build(),
        outage);
  }

  /** That update restarted SMTP in half a minute. */
  public static HostSnapshot patched(String name, String kb, Instant at) {
    Outage outage = outage("SMTPSVC", at).ended(at.plusSeconds(30), StartedBy.UNATTRIBUTED).build();
    return well(
        name,
        new EpisodeBuilder(3, at, List.of(outage))
            .markers(marker(kb, at.minusSeconds(60)))
            .closed(at.plusSeconds(130), Outcome.RECOVERED)
            .build(),
        outage);
  }

  /** It got an update without a number an hour ago. */
  public static HostSnapshot updated(String name, String title) {
    Instant at = NOW.minusSeconds(3_600);
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .mailFlow(MailFlow.State.FLOWING)
        .closedEpisodes(
            new EpisodeBuilder(3, at, List.of())
                .markers(windows(MarkerType.INSTALLED, at, "", title))
                .closed(at.plusSeconds(900), Outcome.UNAFFECTED)
                .build())
        .build();
  }

  /** An update stopped SMTP ten hours ago; since then IIS Admin crashes. */
  static HostSnapshot flapping(String name, int crashes) {
    Instant at = NOW.minus(Duration.ofHours(10));
    Outage mail = outage("SMTPSVC", at).ended(at.plusSeconds(360), StartedBy.ADMINISTRATOR).build();
    List<Outage> newest = new ArrayList<>();
    for (int i = 0; i < crashes; i++) {
      Instant crash = NOW.minusSeconds(600L * (i + 1));
      newest.add(
          outage("IISADMIN", crash)
              .number(crashes - i)
              .ended(crash.plusSeconds(20), StartedBy.RECOVERY_ACTION)
              .crash(true)
              .build());
    }
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .outages(newest.toArray(Outage[]::new))
        .mailFlow(MailFlow.State.FLOWING)
        .closedEpisodes(
            new EpisodeBuilder(3, at, List.of(mail))
                .markers(marker("KB5031362", at.minusSeconds(60)))
                .closed(at.plusSeconds(500), Outcome.RECOVERED)
                .build())
        .build();
  }

  /** An update left SMTPSVC disabled: a cause is known. */
  public static HostSnapshot leftDisabled(String name) {
    Instant began = NOW.minusSeconds(3_000);
    Outage outage = outage("SMTPSVC", began).phase(Phase.STOP, Duration.ofSeconds(4)).build();
    UpdateMarker marker = marker("KB5031362", began.minusSeconds(60));
    return host(name)
        .services(
            running("IISADMIN"),
            service("SMTPSVC", ServiceState.STOPPED)
                .mode(StartMode.DISABLED)
                .downgraded(began)
                .downSince(began)
                .standing(Standing.LEFT_DOWN_BY_UPDATE)
                .typical(restarts(began))
                .halted())
        .outages(outage)
        .markers(marker)
        .halted(new MailFlow.Halt(began, true), "SMTPSVC is down.")
        .openEpisode(new EpisodeBuilder(3, began, List.of(outage)).markers(marker).halted().build())
        .build();
  }

  private static List<Outage> restarts(Instant before) {
    List<Outage> restarts = new ArrayList<>();
    for (int days = 4; days > 0; days--) {
      Instant at = before.minus(Duration.ofDays(days));
      restarts.add(outage("SMTPSVC", at).ended(at.plusSeconds(30), StartedBy.UNATTRIBUTED).build());
    }
    return restarts;
  }

  static HostSnapshot verifying(String name, String kb) {
    Outage outage =
        outage("SMTPSVC", NOW.minusSeconds(90))
            .ended(NOW.minusSeconds(40), StartedBy.UNATTRIBUTED)
            .build();
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .outages(outage)
        .mailFlow(MailFlow.State.FLOWING)
        .openEpisode(
            new EpisodeBuilder(2, NOW.minusSeconds(120), List.of(outage))
                .markers(marker(kb, NOW.minusSeconds(120)))
                .build())
        .build();
  }

  /** All runs, and no update was seen. */
  public static HostSnapshot well(String name) {
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .mailFlow(MailFlow.State.FLOWING)
        .build();
  }

  private static HostSnapshot well(String name, Episode episode, Outage outage) {
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .outages(outage)
        .mailFlow(MailFlow.State.FLOWING)
        .closedEpisodes(episode)
        .build();
  }

  public static HostSnapshot notReadYet(String name) {
    return new HostSnapshotBuilder(name, NOW)
        .result(
            CollectorKey.SERVICES, new Result.NotReadYet<>(), NOW.minusSeconds(3), Duration.ZERO)
        .build();
  }

  private static HostSnapshot crashed(String name) {
    return host(name)
        .services(
            running("IISADMIN"),
            running("SMTPSVC").crashed(NOW.minusSeconds(20)).concerns(Concern.CRASHED))
        .mailFlow(MailFlow.State.FLOWING)
        .build();
  }

  /** It was seen to flow before. */
  static HostSnapshot stuck(String name) {
    return host(name)
        .services(running("IISADMIN"), running("SMTPSVC"))
        .mailFlow(MailFlow.State.STUCK, "Nothing has passed for an hour.")
        .mailHistory(
            new MailHistory(
                List.of(
                    new MailHistory.Change(MailFlow.State.FLOWING, NOW.minusSeconds(9_000)),
                    new MailHistory.Change(MailFlow.State.STUCK, NOW.minusSeconds(3_600))),
                Optional.empty(),
                false))
        .build();
  }

  /** A fleet of patched hosts, of which every twentieth was halted. */
  public static List<HostSnapshot> badUpdate(int hosts, String kb) {
    List<HostSnapshot> all = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      String name = numbered(i);
      Instant at = NOW.minusSeconds(600L * i % 7_200 + 7_200);
      HostSnapshot host = i % 20 == 0 ? recovered(name, kb, at) : patched(name, kb, at);
      all.add(i % 9 == 0 ? host : loaded(host, i % 20 == 0 ? "mailscan.dll" : "disclaim.dll"));
    }
    return all;
  }

  /** A fleet of patched hosts, none of which was halted. */
  public static List<HostSnapshot> goodUpdate(int hosts, String kb) {
    List<HostSnapshot> all = new ArrayList<>();
    for (int i = 1; i <= hosts; i++) {
      all.add(patched(numbered(i), kb, NOW.minusSeconds(600L * i % 7_200 + 7_200)));
    }
    return all;
  }

  /** A fleet that got an update last night, of which three hosts are in trouble. */
  public static List<HostSnapshot> threeInTrouble(int hosts, String kb) {
    List<HostSnapshot> all = goodUpdate(hosts, kb);
    all.set(6, halted(numbered(7), kb));
    all.set(22, leftDisabled(numbered(23)));
    all.set(30, stuck(numbered(31)));
    return all;
  }

  private static String numbered(int number) {
    return String.format(Locale.ROOT, "mail%03d", number);
  }

  private static HostSnapshot loaded(HostSnapshot host, String module) {
    Components read =
        new Components(List.of(new Components.Component(module, "Example", "1.0")), 0, 90);
    List<Timed<?>> results = new ArrayList<>(host.collected().all());
    results.add(
        new Timed<>(CollectorKey.COMPONENTS, new Result.Ok<>(read), NOW, Duration.ofMillis(3)));
    return new HostSnapshot(
        host.name(),
        host.access(),
        host.smtp(),
        Collected.of(results, NOW),
        host.history(),
        host.failures());
  }

  private static HostSnapshotBuilder host(String name) {
    return new HostSnapshotBuilder(name, NOW);
  }

  private static UpdateMarker marker(String kb, Instant at) {
    return windows(MarkerType.INSTALLED, at, kb, TITLE.formatted(kb));
  }
}
