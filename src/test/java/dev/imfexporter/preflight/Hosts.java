package dev.imfexporter.preflight;

import static dev.imfexporter.testing.ServiceBuilder.missing;
import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.testing.DialogueBuilder;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For each item a host of which it finds a fault, and one of which it finds nothing out. */
public final class Hosts {
  public static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
  private static final Instant BOOT = days(9);

  private Hosts() {}

  /** Nothing speaks against an update tonight. */
  public static HostSnapshot ready() {
    return healthy().build();
  }

  /** Nothing can be read. */
  public static HostSnapshot unreadable() {
    return new HostSnapshotBuilder("mail01", NOW)
        .failed(CollectorKey.SERVICES, "The RPC server is unavailable (1722)")
        .build();
  }

  /** As {@link #ready}, but for one item. */
  public static HostSnapshot with(Item fault) {
    return faulty(fault, healthy()).build();
  }

  private static HostSnapshotBuilder faulty(Item fault, HostSnapshotBuilder host) {
    return switch (fault) {
      case RUNNING_NOW ->
          halfHealthy()
              .services(
                  running("IISADMIN"),
                  service("SMTPSVC", ServiceState.STOPPED).downSince(NOW.minusSeconds(400)))
              .mailFlow(State.HALTED, "SMTPSVC is stopped, though it should run.");
      case KNOWN_TROUBLES ->
          host.events(
              clue(Clue.LOGIN_REFUSED, "The remote SMTP service rejected AUTH negotiation."));
      case START_MODES ->
          halfHealthy().services(running("IISADMIN"), smtp().mode(StartMode.MANUAL));
      case RECOVERY_ACTIONS ->
          halfHealthy().services(running("IISADMIN").recovery(Optional.of(reboot())), smtp());
      case DEPENDENTS ->
          halfHealthy()
              .services(
                  running("IISADMIN"),
                  smtp(),
                  running("RESvc").mode(StartMode.MANUAL).requires("IISADMIN"));
      case PAST_RESTARTS ->
          host.episodes(closed(episode(days(14), Episode.Outcome.RECOVERED_AFTER_HALT, 1_100)))
              .waits(Waits.stop(days(14).plusSeconds(12)).listed(300, Waits.SINK).took(310));
      case COMPONENTS ->
          halfHealthy()
              .services(running("IISADMIN"), running("SMTPSVC").requires("IISADMIN"))
              .ok(CollectorKey.COMPONENTS, plugIn());
      case BADMAIL ->
          host.ok(
              CollectorKey.FOLDERS,
              new MailFolders(List.of(folder(Purpose.BADMAIL, MailFolder.FULL, false))));
      case QUEUES -> host.ok(CollectorKey.SMTP, queue(1_204));
      case DISKS -> host.volume("D:", 1L << 30, 40L << 30);
      case SMTP_ANSWERS -> host.ok(CollectorKey.DIALOGUE, relay(Verdict.ACCEPTED));
      case REBOOT -> host.ok(CollectorKey.HOST, clock(Optional.of(days(8))));
      case UPDATES -> host.failures(marker(MarkerType.FAILED));
      case DEFINITION -> host.ok(CollectorKey.DEFINITION, definition("6.5.7960.0"));
      case EVENT_LOGS -> host.events(gapOf("System"));
    };
  }

  /** As {@link #ready}, but what this item rests on could not be read. */
  static HostSnapshot unknown(Item item) {
    return unknown(item, healthy()).build();
  }

  private static HostSnapshotBuilder unknown(Item item, HostSnapshotBuilder host) {
    return switch (item) {
      case RUNNING_NOW -> host.mailFlow(State.UNKNOWN);
      case KNOWN_TROUBLES -> fails(host, CollectorKey.HOST);
      case START_MODES -> halfHealthy().services(running("IISADMIN"));
      case RECOVERY_ACTIONS ->
          halfHealthy().services(running("IISADMIN").recovery(Optional.empty()), smtp());
      case DEPENDENTS ->
          halfHealthy().services(running("IISADMIN"), smtp()).servicesNotRead(running("RESvc"));
      case PAST_RESTARTS ->
          halfHealthy().services(running("IISADMIN"), running("SMTPSVC").requires("IISADMIN"));
      case COMPONENTS -> fails(host, CollectorKey.COMPONENTS);
      case BADMAIL -> fails(host, CollectorKey.FOLDERS);
      case QUEUES -> fails(host, CollectorKey.SMTP);
      case DISKS -> fails(host, CollectorKey.VOLUMES);
      case SMTP_ANSWERS -> fails(host, CollectorKey.DIALOGUE);
      case REBOOT -> fails(host, CollectorKey.HOST);
      case UPDATES -> fails(host.pending(pending()), CollectorKey.UPDATE_SCHEDULE);
      case DEFINITION -> fails(host, CollectorKey.DEFINITION);
      case EVENT_LOGS -> fails(host, CollectorKey.EVENTS);
    };
  }

  private static HostSnapshotBuilder fails(HostSnapshotBuilder host, CollectorKey<?> key) {
    return host.failed(key, "Access is denied (5)", ErrorReason.RIGHTS);
  }

  /** Deliveries failed from the last boot on, until SMTPSVC was started anew. */
  static HostSnapshot startedTooEarlyAtItsBoot() {
    Outage anew =
        OutageBuilder.outage("SMTPSVC", BOOT.plusSeconds(4_000))
            .ended(BOOT.plusSeconds(4_020), StartedBy.ADMINISTRATOR)
            .build();
    return healthy()
        .outages(anew)
        .events(clue(Clue.DELIVERY_FAILED, "The connection was dropped.", BOOT.plusSeconds(3_000)))
        .notApplicable(CollectorKey.DEFINITION, "No Exchange Server is installed")
        .build();
  }

  /** IISADMIN is manual, and SMTPSVC takes it along at a boot. */
  static HostSnapshot iisAdminStartedForSmtp() {
    return halfHealthy().services(running("IISADMIN").mode(StartMode.MANUAL), smtp()).build();
  }

  /** SMTPSVC was set to manual within minutes of an update. */
  static HostSnapshot leftManualByAnInstaller() {
    return halfHealthy()
        .services(running("IISADMIN"), smtp().mode(StartMode.MANUAL).downgraded(days(1)))
        .markers(marker(MarkerType.INSTALLED))
        .build();
  }

  /** As {@link #ready}, but an update is not over, in which mail was halted or not. */
  static HostSnapshot afterAnUpdate(boolean halted) {
    Instant began = NOW.minusSeconds(720);
    Outage outage =
        OutageBuilder.outage("SMTPSVC", began.plusSeconds(9))
            .ended(began.plusSeconds(600), StartedBy.ADMINISTRATOR)
            .build();
    EpisodeBuilder present =
        halted
            ? new EpisodeBuilder(13, began, List.of(outage)).halted()
            : new EpisodeBuilder(13, began, List.of());
    return healthy()
        .closedEpisodes(episode(days(14), Episode.Outcome.RECOVERED, 30))
        .openEpisode(present.build())
        .build();
  }

  /** SMTPSVC runs, and is disabled. */
  static HostSnapshot disabled() {
    return halfHealthy().services(running("IISADMIN"), smtp().mode(StartMode.DISABLED)).build();
  }

  /** A dependent service that is manual, and a log with a gap, of these names. */
  static HostSnapshot withNames(String service, String log) {
    return halfHealthy()
        .services(
            running("IISADMIN"),
            smtp(),
            running(service).mode(StartMode.MANUAL).requires("IISADMIN"))
        .events(gapOf(log))
        .build();
  }

  private static EventHistory gapOf(String log) {
    return new EventHistory(
        List.of(new EventHistory.Log(log, 1, Optional.of(NOW.minusSeconds(9)), 0)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Both are manual. */
  static HostSnapshot allManual() {
    return halfHealthy()
        .services(running("IISADMIN").mode(StartMode.MANUAL), smtp().mode(StartMode.MANUAL))
        .build();
  }

  /** A host that carries no mail by an administrator's choice. */
  static HostSnapshot withoutSmtp() {
    return halfHealthy()
        .services(
            service("IISADMIN", ServiceState.STOPPED).mode(StartMode.DISABLED), missing("SMTPSVC"))
        .build();
  }

  /** Updates are pending, and Windows installs them by its schedule. */
  static HostSnapshot scheduled() {
    return healthy()
        .pending(pending())
        .ok(
            CollectorKey.UPDATE_SCHEDULE,
            new UpdateSchedule(Optional.empty(), 3, ZoneOffset.UTC.getRules(), ZoneOffset.UTC))
        .build();
  }

  private static HostSnapshotBuilder healthy() {
    return halfHealthy().services(running("IISADMIN"), smtp());
  }

  /** Without services. */
  private static HostSnapshotBuilder halfHealthy() {
    LogRead log = new LogRead("System", Optional.empty(), Optional.empty(), true, List.of());
    return new HostSnapshotBuilder("mail01", NOW)
        .mailFlow(State.FLOWING)
        .ok(CollectorKey.EVENTS, new Events(List.of(log)))
        .ok(CollectorKey.SMTP, queue(3))
        .ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.empty()))
        .ok(CollectorKey.FOLDERS, new MailFolders(List.of(folder(Purpose.BADMAIL, 12, true))))
        .volume("D:", 20L << 30, 40L << 30)
        .ok(CollectorKey.DIALOGUE, relay(Verdict.REFUSED))
        .ok(CollectorKey.HOST, clock(Optional.empty()))
        .ok(CollectorKey.COMPONENTS, new Components(List.of(), 0, 41))
        .ok(CollectorKey.DEFINITION, definition("6.5.7936.0"))
        .notApplicable(CollectorKey.UPDATE_SCHEDULE, "Automatic Updates is switched off");
  }

  /** What SMTP answers, with its verdict about a stranger's recipient. */
  private static Dialogues relay(Verdict foreign) {
    return new Dialogues(
        List.of(DialogueBuilder.dialogue("SMTP 1").own(Verdict.ACCEPTED).foreign(foreign).build()));
  }

  private static ServiceBuilder smtp() {
    return running("SMTPSVC")
        .requires("IISADMIN")
        .started(BOOT.plusSeconds(60))
        .typical(List.of(restart(60), restart(40), restart(20)));
  }

  private static Outage restart(int daysAgo) {
    Instant began = days(daysAgo);
    return OutageBuilder.outage("SMTPSVC", began)
        .ended(began.plusSeconds(30 + daysAgo % 9), StartedBy.UNATTRIBUTED)
        .build();
  }

  private static EpisodeHistory closed(Episode episode) {
    EpisodeHistory none = HostSnapshotBuilder.episodes(Map.of());
    return new EpisodeHistory(
        Optional.empty(), List.of(episode), none.outcomes(), 0, Duration.ZERO);
  }

  private static Episode episode(Instant began, Episode.Outcome outcome, int seconds) {
    Outage outage =
        OutageBuilder.outage("SMTPSVC", began.plusSeconds(9))
            .ended(began.plusSeconds(seconds), StartedBy.ADMINISTRATOR)
            .build();
    Outage admin =
        OutageBuilder.outage("IISADMIN", began.plusSeconds(12))
            .ended(began.plusSeconds(seconds - 3), StartedBy.ADMINISTRATOR)
            .build();
    return new EpisodeBuilder(12, began, List.of(outage, admin))
        .closed(began.plusSeconds(seconds + 60), outcome)
        .build();
  }

  private static PendingUpdate pending() {
    return new PendingUpdate("KB5031364", "2026-11 Cumulative Update (KB5031364)", days(2));
  }

  private static UpdateMarker marker(MarkerType marker) {
    return new UpdateMarker(
        marker, UpdateKind.WINDOWS, days(1), "KB5031364", "2026-11 Update (KB5031364)", false);
  }

  private static Components plugIn() {
    return new Components(List.of(new Component("scan.dll", "Contoso", "2.1.0.7")), 0, 41);
  }

  private static Definition definition(String folder) {
    return new Definition(
        Optional.of(
            new Definition.Registered(
                new DefinitionVersion("6.5.7936.0"), Optional.of(days(14)), Optional.of(days(14)))),
        Optional.of(new Definition.Folder(new DefinitionVersion(folder), days(1))),
        Optional.of(true));
  }

  private static EventHistory clue(Clue clue, String reason) {
    return clue(clue, reason, NOW.minusSeconds(600));
  }

  private static EventHistory clue(Clue clue, String reason, Instant at) {
    return new EventHistory(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new ClueSeen(clue, "SMTPSVC 4006", "example.org", reason, at)));
  }

  private static RecoveryActions reboot() {
    return new RecoveryActions(
        86_400, List.of(new Action(ActionType.REBOOT, 60_000)), "", "", Optional.empty());
  }

  private static Smtp queue(long remote) {
    return new Smtp(
        List.of(new Smtp.VirtualServer("SMTP 1", Map.of(SmtpCounter.REMOTE_QUEUE_LENGTH, remote))));
  }

  private static MailFolder folder(Purpose purpose, long files, boolean complete) {
    return new MailFolder("SMTP 1", purpose, files, files * 4_096, Optional.of(days(3)), complete);
  }

  private static HostClockState clock(Optional<Instant> rebootPending) {
    return new HostClockState(NOW, Duration.ofMillis(16), Duration.ofDays(9), rebootPending);
  }

  private static Instant days(int ago) {
    return NOW.minus(Duration.ofDays(ago));
  }
}
