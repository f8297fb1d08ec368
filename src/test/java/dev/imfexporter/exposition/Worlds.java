package dev.imfexporter.exposition;

import static dev.imfexporter.testing.EpisodeBuilder.marker;
import static dev.imfexporter.testing.ServiceBuilder.missing;
import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Definition.Folder;
import dev.imfexporter.collector.Definition.Registered;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.Filter;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.model.BindFailureCount;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots that stand for what a host can be. */
public final class Worlds {
  public static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant STOPPED_AT = Instant.parse("2026-11-22T03:12:07.250Z");

  private static final Outage RESTART =
      OutageBuilder.outage("IISADMIN", STOPPED_AT)
          .ended(STOPPED_AT.plusSeconds(31), StartedBy.UNATTRIBUTED)
          .phase(Phase.STOP, Duration.ofSeconds(20))
          .phase(Phase.DOWN, Duration.ofMillis(1500))
          .phase(Phase.START, Duration.ofMillis(9500))
          .build();

  private Worlds() {}

  /** Exchange in the middle of the story: IIS Admin is back, SMTP is starting, an update came. */
  public static HostSnapshot midStory() {
    String starting = "SMTPSVC is START_PENDING";
    return past(new HostSnapshotBuilder("mail01", NOW)
            .access(AccessKind.SMB)
            .took(Duration.ofMillis(12)))
        .servicesWithoutHistory(services())
        .ok(
            CollectorKey.DEFINITION,
            new Definition(
                Optional.of(
                    new Registered(
                        version("6.5.7936.0"),
                        Optional.of(Instant.parse("2026-11-03T00:00:00Z")),
                        Optional.of(Instant.parse("2026-11-03T02:00:01.5Z")))),
                Optional.of(new Folder(version("6.5.7960.0"), STOPPED_AT.minusSeconds(7))),
                Optional.of(true)))
        .notApplicable(CollectorKey.SMTP, starting)
        .notApplicable(CollectorKey.FILTER, starting)
        .notApplicable(CollectorKey.BANNER, starting)
        .ok(
            CollectorKey.EVENTS,
            new Events(
                List.of(
                    new LogRead(
                        "System",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(),
                        3,
                        Optional.empty()),
                    new LogRead(
                        "Application",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(),
                        0,
                        Optional.of(
                            new Result.Failed<>("Access is denied (5)", ErrorReason.RIGHTS))))))
        .ok(
            CollectorKey.FOLDERS,
            new MailFolders(
                List.of(
                    new MailFolder(
                        "SMTP 1",
                        Purpose.QUEUE,
                        10_000,
                        81_920_000,
                        Optional.of(NOW.minusSeconds(480)),
                        false))))
        .volume("D:", 1L << 30, 20L << 30)
        .fills("D:", NOW.plusSeconds(40_000))
        .ok(
            CollectorKey.COMPONENTS,
            new Components(
                List.of(new Components.Component("scan.dll", "Contoso", "2.1.0.7")), 7, 41))
        .ok(
            CollectorKey.HOST,
            new HostClockState(
                NOW.plusSeconds(40),
                Duration.ofMillis(16),
                Duration.ofDays(12),
                Optional.of(NOW.minus(Duration.ofDays(3)))))
        .ok(
            CollectorKey.UPDATE_SCHEDULE,
            new UpdateSchedule(
                Optional.of(DayOfWeek.SUNDAY), 4, ZoneOffset.UTC.getRules(), ZoneOffset.UTC))
        .build();
  }

  private static ServiceBuilder[] services() {
    return new ServiceBuilder[] {
      running("IISADMIN")
          .display("IIS Admin Service")
          .requires("RPCSS")
          .stopped(STOPPED_AT.plusSeconds(20))
          .started(STOPPED_AT.plusSeconds(31))
          .restarted(RESTART, 5, Duration.ofSeconds(148))
          .typical(restarts())
          .crashed(STOPPED_AT.minusSeconds(86_400))
          .recentOutages(1)
          .conflicts(1),
      service("SMTPSVC", ServiceState.START_PENDING)
          .display("Simple Mail Transfer Protocol (SMTP)")
          .requires("IISADMIN")
          .polled()
          .downSince(STOPPED_AT)
          .stopped(STOPPED_AT.plusSeconds(1)),
      service("RESvc", ServiceState.STOPPED)
          .display("Routing Engine")
          .mode(StartMode.MANUAL)
          .requires("IISADMIN")
          .exit(1066, 42)
          .polled()
          .downSince(STOPPED_AT)
          .stopped(STOPPED_AT.plusSeconds(1)),
      missing("POP3Svc").downgraded(STOPPED_AT.minusSeconds(600))
    };
  }

  /** Of IIS Admin: four that took 28 s, 27 s, 34 s and 28 s, and the last one. */
  private static List<Outage> restarts() {
    return List.of(earlier(4, 28), earlier(3, 27), earlier(2, 34), earlier(1, 28), RESTART);
  }

  private static Outage earlier(int months, int seconds) {
    Instant began = STOPPED_AT.minus(Duration.ofDays(30L * months));
    return OutageBuilder.outage("IISADMIN", began)
        .ended(began.plusSeconds(seconds), StartedBy.UNATTRIBUTED)
        .phase(Phase.STOP, Duration.ofSeconds(months == 4 ? 21 : 18))
        .phase(Phase.START, Duration.ofSeconds(9))
        .build();
  }

  /** What happened in the story. */
  private static HostSnapshotBuilder past(HostSnapshotBuilder host) {
    return host.servicesNotRead(services())
        .outages(RESTART)
        .waits(
            Waits.stop(STOPPED_AT)
                .listed(2, Waits.SCAN, Waits.SINK)
                .listed(17, Waits.SINK)
                .took(20),
            Waits.start(STOPPED_AT.plusMillis(21_500)).listed(3).listed(6, Waits.SINK).took(9))
        .markers(
            marker(MarkerType.FOLDER, STOPPED_AT.minusSeconds(7), "6.5.7960.0"),
            marker(MarkerType.REGISTRY, Instant.parse("2026-11-03T02:00:01.5Z"), "6.5.7936.0"),
            new UpdateMarker(
                MarkerType.INSTALLED,
                UpdateKind.WINDOWS,
                Instant.parse("2026-11-10T03:04:05Z"),
                "KB5031364",
                "Cumulative Update (KB5031364)",
                false))
        .failures(
            new UpdateMarker(
                MarkerType.FAILED,
                UpdateKind.WINDOWS,
                Instant.parse("2026-11-10T03:03:35Z"),
                "KB5034439",
                "Security Update (KB5034439)",
                false))
        .pending(
            new PendingUpdate(
                "KB5032198",
                "Cumulative Update (KB5032198)",
                Instant.parse("2026-11-20T05:06:07Z")),
            new PendingUpdate("", "Service Pack 3", Instant.parse("2026-11-21T05:06:07Z")))
        .definitionChanges(1)
        .episodes(episodes())
        .events(events())
        .gone(new GoneVirtualServer("SMTP 2", STOPPED_AT.minusSeconds(5)))
        .halted(new MailFlow.Halt(STOPPED_AT, true), "SMTPSVC is start_pending.");
  }

  /** One episode is over, another is open. */
  private static EpisodeHistory episodes() {
    Instant folder = STOPPED_AT.minusSeconds(7);
    return new EpisodeHistory(
        Optional.of(new EpisodeBuilder(8, folder, List.of(RESTART)).halted().build()),
        List.of(
            new EpisodeBuilder(6, folder.minusSeconds(90_000), List.of(RESTART))
                .halted()
                .closed(STOPPED_AT.minusSeconds(89_000), Outcome.RECOVERED_AFTER_HALT)
                .build(),
            new EpisodeBuilder(7, folder, List.of(RESTART))
                .closed(STOPPED_AT.plusSeconds(53), Outcome.RECOVERED)
                .build()),
        HostSnapshotBuilder.episodes(Map.of(Episode.Outcome.RECOVERED, 3L)).outcomes(),
        3,
        Duration.ofSeconds(131),
        Map.of(7L, changes()));
  }

  /** SMTPSVC was disabled, the virtual servers were not read after the update. */
  private static UpdateChanges changes() {
    Instant before = STOPPED_AT.minusSeconds(40);
    Instant after = STOPPED_AT.plusSeconds(180);
    return new UpdateChanges(
        7,
        true,
        List.of(
            new Compared(
                SettingKind.START_MODE, Optional.of(before), Optional.of(after), List.of()),
            new Compared(SettingKind.ACCOUNT, Optional.of(before), Optional.of(after), List.of()),
            new Compared(
                SettingKind.VIRTUAL_SERVER, Optional.of(before), Optional.empty(), List.of())),
        List.of(
            new Change(
                SettingKind.START_MODE,
                "SMTPSVC",
                Optional.of("auto"),
                Optional.of("disabled"),
                STOPPED_AT.plusSeconds(20),
                Optional.empty())),
        0);
  }

  private static EventHistory events() {
    return new EventHistory(
        List.of(
            new EventHistory.Log("System", 1, Optional.of(NOW.minusSeconds(3_600)), 2),
            new EventHistory.Log("Application", 0, Optional.empty(), 0)),
        List.of(
            new EventHistory.Events("System", "SMTPSVC", 115, Level.ERROR, 2),
            new EventHistory.Events(
                "Application", "MSExchangeTransport", EventHistory.OTHER, Level.WARNING, 5)),
        List.of(new EventHistory.Failures("IISADMIN", 7031, 1)),
        List.of(new BindFailureCount("SMTP 1", 2)),
        List.of());
  }

  /** All is well, and every counter has a value of its own. */
  static HostSnapshot healthy() {
    Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
    for (SmtpCounter counter : SmtpCounter.values()) {
      counters.put(counter, 100L + counters.size());
    }
    return new HostSnapshotBuilder("relay7", NOW)
        .took(Duration.ofMillis(12))
        .services(
            running("SMTPSVC")
                .display("SMTP")
                .mode(StartMode.DELAYED_AUTO)
                .requires("IISADMIN")
                .polled())
        .notApplicable(CollectorKey.DEFINITION, "No Exchange Server is installed")
        .ok(CollectorKey.SMTP, new Smtp(List.of(new VirtualServer("SMTP 1", counters))))
        .ok(
            CollectorKey.FILTER,
            new Filter(
                Optional.of(true), Optional.of(900L), Optional.of(87L), Map.of(0, 700L, 9, 87L)))
        .ok(CollectorKey.EVENTS, new Events(List.of()))
        .ok(
            CollectorKey.FOLDERS,
            new MailFolders(
                List.of(new MailFolder("SMTP 1", Purpose.QUEUE, 2, 8_192, Optional.empty(), true))))
        .volume("\\\\relay7\\mailroot", 61L << 30, 136L << 30)
        .ok(
            CollectorKey.BANNER,
            new Banner(
                Map.of(
                    Banner.Step.CONNECT, Duration.ofMillis(1),
                    Banner.Step.GREETING, Duration.ofMillis(3),
                    Banner.Step.EHLO, Duration.ofMillis(2),
                    Banner.Step.QUIT, Duration.ofMillis(1)),
                Optional.empty()))
        .ok(CollectorKey.DIALOGUE, new Dialogues(List.of(dialogue(), unanswered())))
        .ok(CollectorKey.COMPONENTS, new Components(List.of(), 0, 41))
        .ok(
            CollectorKey.HOST,
            new HostClockState(
                NOW.plusMillis(5), Duration.ofMillis(16), Duration.ofDays(12), Optional.empty()))
        .events(
            new EventHistory(
                List.of(new EventHistory.Log("System", 0, Optional.empty(), 0)),
                List.of(),
                List.of(),
                List.of(),
                List.of()))
        .mailFlow(MailFlow.State.FLOWING, "12 messages left within 5 min.")
        .build();
  }

  private static Dialogue dialogue() {
    return new Dialogue(
        "SMTP 1",
        "relay7:25",
        Dialogue.Outcome.COMPLETE,
        Optional.empty(),
        "relay7.example.net Microsoft ESMTP MAIL Service",
        List.of("SIZE", "STARTTLS"),
        Optional.of(
            new SmtpTls(
                SmtpTls.State.ESTABLISHED,
                Optional.empty(),
                Optional.of("TLSv1.2"),
                Optional.of(
                    new ServerCertificate(
                        "CN=relay7.example.net",
                        "CN=Example CA",
                        NOW.minus(Duration.ofDays(300)),
                        NOW.plus(Duration.ofDays(65)),
                        false,
                        true)))),
        Map.of(
            Dialogue.Recipient.OWN,
            new Dialogue.Answer(
                "postmaster@example.net", Dialogue.Verdict.ACCEPTED, "250 2.1.5 OK"),
            Dialogue.Recipient.FOREIGN,
            new Dialogue.Answer(
                "someone@example.org", Dialogue.Verdict.REFUSED, "550 5.7.1 Unable to relay")),
        Duration.ofMillis(41));
  }

  private static Dialogue unanswered() {
    return new Dialogue(
        "SMTP 2",
        "192.0.2.26:25",
        Dialogue.Outcome.NO_CONNECTION,
        Optional.of("Nothing listens on port 25 of 192.0.2.26"),
        "",
        List.of(),
        Optional.empty(),
        Map.of(),
        Duration.ofMillis(2));
  }

  /** Nothing can be read any more; what happened before is still known. */
  static HostSnapshot unreadable() {
    return past(new HostSnapshotBuilder("mail01", NOW).access(AccessKind.WIN32))
        .took(Duration.ofSeconds(5))
        .failed(
            CollectorKey.SERVICES,
            "OpenSCManager \\\\mail01 failed: The RPC server is unavailable (1722)")
        .failed(
            CollectorKey.DEFINITION,
            "RegConnectRegistry \\\\mail01 failed: The network path was not found (53)")
        .failed(CollectorKey.SMTP, "Not asked, as it is not known whether SMTPSVC runs")
        .build();
  }

  private static DefinitionVersion version(String text) {
    return DefinitionVersion.of(text).orElseThrow();
  }
}
