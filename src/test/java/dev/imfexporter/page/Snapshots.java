package dev.imfexporter.page;

import static dev.imfexporter.testing.EpisodeBuilder.marker;
import static dev.imfexporter.testing.ServiceBuilder.missing;
import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts in the states that pages have to tell apart, all at {@link #NOW}. */
public final class Snapshots {
  public static final Instant NOW = Instant.parse("2026-11-22T03:16:58Z");

  private static final Instant READ = NOW.minusMillis(20);
  private static final String IIS_ADMIN = "IISADMIN";
  private static final String SMTP = "SMTPSVC";

  private Snapshots() {}

  /** All runs; one restart lies behind. */
  public static HostSnapshot up() {
    return up("mail01");
  }

  public static HostSnapshot up(String host) {
    return host(host, ok(definition("6.5.7936.0", "6.5.7936.0")), ok(counters(3, 0)))
        .volume("C:", 61L << 30, 136L << 30)
        .volume("D:", 12L << 30, 80L << 30)
        .fills("D:", at("2026-11-25T04:00:00Z"))
        .services(
            iisAdmin(ServiceState.RUNNING)
                .started(at("2026-11-21T22:04:12.300Z"))
                .restarted(
                    restart(IIS_ADMIN, "2026-11-21T22:03:50Z", "2026-11-21T22:04:12.300Z")
                        .phase(Phase.STOP, Duration.ofMillis(4_200))
                        .phase(Phase.DOWN, Duration.ofMillis(350))
                        .phase(Phase.START, Duration.ofMillis(17_750))
                        .build(),
                    4,
                    Duration.ofMillis(98_300))
                .typical(iisAdminRestarts()),
            smtp(ServiceState.RUNNING)
                .started(at("2026-11-21T22:04:13Z"))
                .restarted(
                    restart(SMTP, "2026-11-21T22:03:49Z", "2026-11-21T22:04:13Z")
                        .phase(Phase.START, Duration.ofMillis(700))
                        .build(),
                    2,
                    Duration.ofSeconds(48)),
            service("NntpSvc", ServiceState.STOPPED)
                .display("Network News Transfer Protocol (NNTP)")
                .mode(StartMode.DISABLED)
                .requires(IIS_ADMIN)
                .exit(1077))
        .ok(
            CollectorKey.UPDATE_SCHEDULE,
            new UpdateSchedule(
                Optional.empty(), 3, ZoneOffset.ofHours(1).getRules(), ZoneOffset.ofHours(1)))
        .pending(
            new PendingUpdate(
                "KB5032198", "Cumulative Update (KB5032198)", at("2026-11-21T18:00:00Z")))
        .build();
  }

  /** Three that took 22 s, 24 s and 30 s, and the last one. */
  private static List<Outage> iisAdminRestarts() {
    return List.of(
        earlier("2026-09-22T22:03:50Z", "2026-09-22T22:04:12Z"),
        earlier("2026-10-06T22:03:50Z", "2026-10-06T22:04:20Z"),
        earlier("2026-10-20T22:03:50Z", "2026-10-20T22:04:14Z"),
        restart(IIS_ADMIN, "2026-11-21T22:03:50Z", "2026-11-21T22:04:12.300Z").build());
  }

  private static Outage earlier(String began, String ended) {
    return restart(IIS_ADMIN, began, ended)
        .phase(Phase.STOP, Duration.ofSeconds(4))
        .phase(Phase.START, Duration.ofSeconds(18))
        .build();
  }

  /** An update restarts IIS Admin, a plug-in is slow, mail waits. */
  public static HostSnapshot midStory() {
    return host("mail01", ok(definition("6.5.7928.0", "6.5.7936.0")), smtpDown())
        .services(
            iisAdmin(ServiceState.START_PENDING).downSince(at("2026-11-22T03:12:01Z")),
            smtp(ServiceState.STOPPED)
                .exit(1066, 8)
                .stopped(at("2026-11-22T03:12:07Z"))
                .downSince(at("2026-11-22T03:12:02Z")))
        .build();
  }

  /** The services stay down since yesterday, and the definition cannot be read. */
  public static HostSnapshot down() {
    return host(
            "relay7.example.net",
            failed("RegOpenKeyEx: 5 Access is denied; read access to SOFTWARE is needed"),
            smtpDown())
        .services(
            iisAdmin(ServiceState.RUNNING),
            smtp(ServiceState.STOPPED)
                .display("")
                .exit(1067)
                .stopped(at("2026-11-21T21:40:00Z"))
                .downSince(at("2026-11-21T21:40:00Z"))
                .polled())
        .build();
  }

  /** Nothing can be read any more; what happened before is still known. */
  public static HostSnapshot notReadable() {
    return host(
            "mail02",
            failed("RegConnectRegistry: 53 The network path was not found"),
            failed("no answer within 9.5 s"))
        .failed(CollectorKey.SERVICES, "OpenSCManager: 1722 The RPC server is unavailable.")
        .servicesNotRead(running(SMTP).started(at("2026-11-22T01:00:00Z")))
        .build();
  }

  /** An update halted mail since before 03:10, and both services are still stopped. */
  public static HostSnapshot halted() {
    Instant began = at("2026-11-22T03:05:02Z");
    Outage iisAdmin = OutageBuilder.outage(IIS_ADMIN, began).build();
    Outage smtp = OutageBuilder.outage(SMTP, began).build();
    return host("mail01", ok(definition("6.5.7928.0", "6.5.7936.0")), smtpDown())
        .services(
            iisAdmin(ServiceState.STOPPED).exit(1067).stopped(began).downSince(began),
            smtp(ServiceState.STOPPED).stopped(began).downSince(began))
        .outages(smtp, iisAdmin)
        .openEpisode(
            new EpisodeBuilder(3, began.minusSeconds(4), List.of(smtp, iisAdmin)).halted().build())
        .halted(new MailFlow.Halt(began, true), "SMTPSVC is stopped, though it should run.")
        .mailHistory(mailHistory(MailFlow.State.HALTED))
        .build();
  }

  /** The same update an hour later: all runs again, and its episode is over. */
  public static HostSnapshot recovered() {
    return recoveredHost().build();
  }

  /** The same; a plug-in was loaded for nearly all of the stop, as in one of two before. */
  public static HostSnapshot heldUp() {
    Instant stopped = at("2026-11-22T02:05:02Z");
    return recoveredHost()
        .ok(CollectorKey.COMPONENTS, new Components(List.of(Waits.SINK), 0, 41))
        .waits(
            Waits.stop(stopped.minusSeconds(2_592_000)).listed(30, Waits.SINK).took(30),
            Waits.start(stopped.minusSeconds(2_592_000 - 90)).listed(4, Waits.SINK).took(4),
            Waits.stop(stopped.minusSeconds(1_296_000)).listed(60, Waits.SCAN).took(60),
            Waits.stop(stopped)
                .listed(4, Waits.SCAN, Waits.SINK)
                .listed(35, Waits.SINK)
                .event(
                    new ComponentWait.VendorEvent(
                        "Contoso Mail Scanner", 1001, Level.WARNING, stopped.plusSeconds(37)))
                .took(40),
            Waits.start(at("2026-11-22T02:11:18Z")).listed(12).took(12))
        .build();
  }

  private static HostSnapshotBuilder recoveredHost() {
    Outage iisAdmin =
        restart(IIS_ADMIN, "2026-11-22T02:05:02Z", "2026-11-22T02:11:30Z")
            .phase(Phase.STOP, Duration.ofSeconds(40))
            .phase(Phase.START, Duration.ofSeconds(12))
            .build();
    Outage smtp =
        OutageBuilder.outage(SMTP, at("2026-11-22T02:05:01Z"))
            .ended(at("2026-11-22T02:11:35Z"), StartedBy.ADMINISTRATOR)
            .sources(Source.EVENT, Source.NOTIFICATION)
            .phase(Phase.STOP, Duration.ofSeconds(1))
            .phase(Phase.DOWN, Duration.ofSeconds(388))
            .phase(Phase.START, Duration.ofSeconds(5))
            .build();
    Episode episode =
        new EpisodeBuilder(3, at("2026-11-22T02:04:58Z"), List.of(smtp, iisAdmin))
            .halted()
            .closed(at("2026-11-22T02:12:00Z"), Episode.Outcome.RECOVERED_AFTER_HALT)
            .sealed()
            .build();
    return host("mail01", ok(definition("6.5.7936.0", "6.5.7936.0")), ok(counters(3, 0)))
        .services(iisAdmin(ServiceState.RUNNING), smtp(ServiceState.RUNNING))
        .outages(smtp, iisAdmin)
        .episodes(
            new EpisodeHistory(
                Optional.empty(),
                List.of(episode),
                HostSnapshotBuilder.episodes(Map.of()).outcomes(),
                1,
                Duration.ofSeconds(418),
                Map.of(3L, changes())))
        .mailFlow(MailFlow.State.FLOWING, "12 messages left.")
        .mailHistory(mailHistory(MailFlow.State.RETRYING));
  }

  /** What the update of {@link #recovered} reset; one thing was put back. */
  private static UpdateChanges changes() {
    Optional<Instant> before = Optional.of(at("2026-11-22T02:04:20Z"));
    Optional<Instant> after = Optional.of(at("2026-11-22T02:14:10Z"));
    return new UpdateChanges(
        3,
        true,
        List.of(
            new Compared(SettingKind.START_MODE, before, after, List.of()),
            new Compared(SettingKind.RECOVERY_ACTIONS, before, after, List.of("RESvc")),
            new Compared(SettingKind.ACCOUNT, before, after, List.of()),
            new Compared(SettingKind.VIRTUAL_SERVER, before, after, List.of()),
            new Compared(SettingKind.MODULE, Optional.empty(), after, List.of())),
        List.of(
            change(SettingKind.START_MODE, SMTP, "auto", "disabled")
                .with(Optional.of(at("2026-11-22T02:11:20Z"))),
            change(
                SettingKind.RECOVERY_ACTIONS,
                SMTP,
                "reset= 86400 actions= restart/60000",
                "reset= 0 actions= \"\""),
            change(SettingKind.ACCOUNT, SMTP, "LocalSystem", "EXAMPLE\\mail"),
            new Change(
                SettingKind.VIRTUAL_SERVER,
                "SMTP 2",
                Optional.of("listed"),
                Optional.empty(),
                at("2026-11-22T02:12:10Z"),
                Optional.empty())),
        0);
  }

  private static Change change(SettingKind kind, String of, String before, String after) {
    return new Change(
        kind,
        of,
        Optional.of(before),
        Optional.of(after),
        at("2026-11-22T02:05:30Z"),
        Optional.empty());
  }

  /** Mail bounces since 03:10. */
  public static HostSnapshot bouncing() {
    return host("mail01", ok(definition("6.5.7936.0", "6.5.7936.0")), ok(counters(3, 9)))
        .services(iisAdmin(ServiceState.RUNNING), smtp(ServiceState.RUNNING))
        .mailFlow(MailFlow.State.BOUNCING, "12 of 14 messages bounced in the last hour.")
        .mailHistory(mailHistory(MailFlow.State.BOUNCING))
        .build();
  }

  private static MailHistory mailHistory(MailFlow.State now) {
    return new MailHistory(
        List.of(
            new MailHistory.Change(MailFlow.State.FLOWING, at("2026-11-22T01:30:00Z")),
            new MailHistory.Change(now, at("2026-11-22T03:10:00Z"))),
        Optional.of(
            new MailHistory.Queue(
                at("2026-11-22T01:30:00Z"),
                List.of(3, 3, 0, 4, 9, 5, MailHistory.Queue.NOT_READ, 412, 30, 2, 2))),
        false);
  }

  public static HostSnapshot allRunning() {
    return withoutExchange()
        .servicesWithoutHistory(iisAdmin(ServiceState.RUNNING), smtp(ServiceState.RUNNING))
        .build();
  }

  public static HostSnapshot nothingWatched() {
    return withoutExchange().build();
  }

  /** Not running, and nothing saw it leave RUNNING. */
  public static HostSnapshot downUnseen() {
    return withoutExchange()
        .servicesWithoutHistory(iisAdmin(ServiceState.STOP_PENDING))
        .services(smtp(ServiceState.STOPPED).down())
        .build();
  }

  public static HostSnapshot servicesNotReadable() {
    return host("mail01", ok(definition("6.5.7936.0", "6.5.7936.0")), ok(counters(0, 0)))
        .failed(CollectorKey.SERVICES, "OpenSCManager: 5 Access is denied")
        .build();
  }

  /** A host without IIS or Exchange. */
  public static HostSnapshot nothingApplicable() {
    return host(
            "files03",
            new Result.NotApplicable<>("This host has no Exchange"),
            new Result.Unsupported<>("This Windows has no performance object SMTP Server"))
        .services(missing(IIS_ADMIN), missing(SMTP))
        .build();
  }

  /** Names that try to be markup. */
  public static HostSnapshot hostile() {
    return host(
            "\"><img src=x>",
            failed("</style><script>alert(2)</script>"),
            ok(new Smtp(List.of(new Smtp.VirtualServer("<b>SMTP 1", Map.of())))))
        .servicesWithoutHistory(
            service("<script>alert('1')</script>", ServiceState.PAUSED)
                .display("</td>&amp;\u0000\u001b[31m")
                .requires(IIS_ADMIN),
            running("🙂 tab\there").display("\u202eevil").requires(IIS_ADMIN))
        .build();
  }

  private static HostSnapshotBuilder withoutExchange() {
    return host(
        "mail01", new Result.NotApplicable<>("This host has no Exchange"), ok(counters(0, 0)));
  }

  private static HostSnapshotBuilder host(
      String name, Result<Definition> definition, Result<Smtp> smtp) {
    HostSnapshotBuilder host =
        new HostSnapshotBuilder(name, READ)
            .result(
                CollectorKey.DEFINITION, definition, NOW.minusSeconds(42), Duration.ofMillis(14))
            .result(CollectorKey.SMTP, smtp, READ, Duration.ofNanos(640_000))
            .definitionChanges(2);
    return definition.value().isEmpty()
        ? host
        : host.markers(
            marker(MarkerType.FOLDER, at("2026-11-22T03:11:58Z"), "6.5.7960.0"),
            marker(MarkerType.REGISTRY, at("2026-11-08T02:00:31Z"), "6.5.7936.0"));
  }

  private static ServiceBuilder iisAdmin(ServiceState state) {
    return service(IIS_ADMIN, state).display("IIS Admin Service").requires(IIS_ADMIN);
  }

  private static ServiceBuilder smtp(ServiceState state) {
    return service(SMTP, state).display("Simple Mail Transfer Protocol (SMTP)").requires(IIS_ADMIN);
  }

  private static OutageBuilder restart(String service, String began, String ended) {
    return OutageBuilder.outage(service, at(began))
        .ended(at(ended), StartedBy.UNATTRIBUTED)
        .sources(Source.POLL);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  private static <T> Result<T> ok(T read) {
    return new Result.Ok<>(read);
  }

  private static <T> Result<T> failed(String why) {
    return new Result.Failed<>(why, ErrorReason.OTHER);
  }

  private static Result<Smtp> smtpDown() {
    return new Result.NotApplicable<>("SMTPSVC is not running");
  }

  private static Definition definition(String registered, String folder) {
    return new Definition(
        Optional.of(
            new Definition.Registered(
                new DefinitionVersion(registered),
                Optional.of(Instant.parse("2026-11-08T00:00:00Z")),
                Optional.of(Instant.parse("2026-11-08T02:00:31Z")))),
        Optional.of(
            new Definition.Folder(
                new DefinitionVersion(folder), Instant.parse("2026-11-22T03:11:58Z"))),
        Optional.of(true));
  }

  private static Smtp counters(long local, long remote) {
    Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
    counters.put(SmtpCounter.LOCAL_QUEUE_LENGTH, local);
    counters.put(SmtpCounter.LOCAL_RETRY_QUEUE_LENGTH, 0L);
    counters.put(SmtpCounter.REMOTE_QUEUE_LENGTH, remote);
    counters.put(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, 12L);
    counters.put(SmtpCounter.CATEGORIZER_QUEUE_LENGTH, 0L);
    counters.put(SmtpCounter.MESSAGES_CURRENTLY_UNDELIVERABLE, 1L);
    return new Smtp(
        List.of(
            new Smtp.VirtualServer("SMTP 1", counters),
            new Smtp.VirtualServer("SMTP 2", Map.of(SmtpCounter.LOCAL_QUEUE_LENGTH, 0L))));
  }
}
