package dev.imfexporter.exposition;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Definition.Folder;
import dev.imfexporter.reading.Definition.Registered;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.Smtp.VirtualServer;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.Pieces;
import dev.imfexporter.watch.Troubles;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Snapshots that stand for what a host can be. */
public final class Worlds {
  public static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant STOPPED_AT = Instant.parse("2026-11-22T03:12:07.250Z");

  private Worlds() {}

  /** Exchange in the middle of the story: IIS Admin is back, SMTP is starting, an update came. */
  public static HostSnapshot midStory() {
    ServiceStatus running = new ServiceStatus(ServiceState.RUNNING, 0, 0, 1234);
    ServiceStatus starting = new ServiceStatus(ServiceState.START_PENDING, 0, 0, 1234);
    ServiceStatus failed = new ServiceStatus(ServiceState.STOPPED, 1066, 42, 0);
    Outage restart =
        new Outage(
            "IISADMIN",
            1,
            STOPPED_AT,
            Optional.of(STOPPED_AT.plusSeconds(31)),
            Map.of(
                Phase.STOP, Duration.ofSeconds(20),
                Phase.DOWN, Duration.ofMillis(1500),
                Phase.START, Duration.ofMillis(9500)),
            Set.of(Source.NOTIFICATION),
            false,
            false,
            Optional.of(StartedBy.UNATTRIBUTED));
    return new HostSnapshot(
        "mail01",
        AccessKind.LOCAL,
        OtherReadings.midStory(
            ok(
                new Services(
                    List.of(
                        service("IISADMIN", "IIS Admin Service", running, StartMode.AUTO, "RPCSS"),
                        service(
                            "SMTPSVC",
                            "Simple Mail Transfer Protocol (SMTP)",
                            starting,
                            StartMode.AUTO,
                            "IISADMIN"),
                        service("RESvc", "Routing Engine", failed, StartMode.MANUAL, "IISADMIN"),
                        new Service("POP3Svc", Optional.empty(), Optional.empty())))),
            ok(
                new Definition(
                    Optional.of(
                        new Registered(
                            version("6.5.7936.0"),
                            Optional.of(Instant.parse("2026-11-03T00:00:00Z")),
                            Optional.of(Instant.parse("2026-11-03T02:00:01.5Z")))),
                    Optional.of(new Folder(version("6.5.7960.0"), STOPPED_AT.minusSeconds(7))),
                    Optional.of(true))),
            new Taken<>(
                new Result.NotApplicable<>(
                    "SMTPSVC is START_PENDING; its counters exist only while it runs"),
                NOW,
                Duration.ZERO)),
        new HostHistory(
            List.of(
                new ServiceHistory(
                    "IISADMIN",
                    Optional.of(running),
                    Source.NOTIFICATION,
                    Pieces.condition(Optional.of(running), Optional.empty(), false),
                    Optional.empty(),
                    Optional.of(STOPPED_AT.plusSeconds(20)),
                    restart.ended(),
                    Optional.of(restart),
                    new ServiceHistory.Totals(2, Duration.ofSeconds(42), 1),
                    Optional.of(STOPPED_AT.minusSeconds(86_400)),
                    1,
                    Optional.empty()),
                history("SMTPSVC", starting, Optional.of(STOPPED_AT), false),
                history("RESvc", failed, Optional.of(STOPPED_AT), true),
                new ServiceHistory(
                    "POP3Svc",
                    Optional.empty(),
                    Source.POLL,
                    Pieces.condition(Optional.empty(), Optional.empty(), false),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new ServiceHistory.Totals(0, Duration.ZERO, 0),
                    Optional.empty(),
                    0,
                    Optional.of(STOPPED_AT.minusSeconds(600)))),
            List.of(restart),
            new UpdateHistory(
                List.of(
                    sign(MarkerType.FOLDER, STOPPED_AT.minusSeconds(7), "6.5.7960.0"),
                    sign(
                        MarkerType.REGISTRY, Instant.parse("2026-11-03T02:00:01.5Z"), "6.5.7936.0"),
                    new UpdateMarker(
                        MarkerType.INSTALLED,
                        UpdateKind.WINDOWS,
                        Instant.parse("2026-11-10T03:04:05Z"),
                        "KB5031364",
                        "Cumulative Update (KB5031364)",
                        false)),
                1),
            Pasts.episodes(restart),
            Pasts.events(),
            new MailFlow(
                MailFlow.State.HALTED,
                List.of("SMTPSVC is start_pending."),
                Optional.of(new MailFlow.Halt(STOPPED_AT, true))),
            ObservedState.LIMITS),
        Troubles.NONE);
  }

  private static UpdateMarker sign(MarkerType marker, Instant at, String version) {
    return new UpdateMarker(marker, UpdateKind.DEFINITION, at, version, version, false);
  }

  /** All is well, and every counter has a value of its own. */
  public static HostSnapshot healthy() {
    HostSnapshot story = midStory();
    ServiceStatus running = new ServiceStatus(ServiceState.RUNNING, 0, 0, 1234);
    Map<SmtpCounter, Long> counters = new EnumMap<>(SmtpCounter.class);
    for (SmtpCounter counter : SmtpCounter.values()) {
      counters.put(counter, 100L + counters.size());
    }
    return new HostSnapshot(
        "relay7",
        AccessKind.LOCAL,
        OtherReadings.healthy(
            ok(
                new Services(
                    List.of(
                        service("SMTPSVC", "SMTP", running, StartMode.DELAYED_AUTO, "IISADMIN")))),
            new Taken<>(
                new Result.NotApplicable<>("No Exchange Server is installed"), NOW, Duration.ZERO),
            ok(new Smtp(List.of(new VirtualServer("SMTP 1", counters))))),
        new HostHistory(
            List.of(history("SMTPSVC", running, Optional.empty(), false)),
            List.of(),
            new UpdateHistory(List.of(), story.history().updates().changes() - 1),
            Pieces.episodes(),
            Pasts.quietLogs(),
            new MailFlow(MailFlow.State.FLOWING, List.of("12 messages left within 5 min.")),
            ObservedState.LIMITS),
        Troubles.NONE);
  }

  /** Nothing can be read any more; what happened before is still known. */
  public static HostSnapshot unreadable() {
    HostSnapshot story = midStory();
    return new HostSnapshot(
        story.name(),
        AccessKind.WIN32,
        Pieces.readings(
            failed("OpenSCManager \\\\mail01 failed: The RPC server is unavailable (1722)"),
            failed("RegConnectRegistry \\\\mail01 failed: The network path was not found (53)"),
            failed("Not asked, as it is not known whether SMTPSVC runs")),
        story.history(),
        Troubles.NONE);
  }

  private static <T> Taken<T> ok(T value) {
    return new Taken<>(new Result.Ok<>(value), NOW, Duration.ofMillis(12));
  }

  private static <T> Taken<T> failed(String why) {
    return new Taken<>(new Result.Failed<>(why, ErrorReason.OTHER), NOW, Duration.ofSeconds(5));
  }

  private static Service service(
      String name, String display, ServiceStatus status, StartMode mode, String requires) {
    return new Service(
        name,
        Optional.of(status),
        Optional.of(new ServiceConfig(display, mode, List.of(requires))));
  }

  private static ServiceHistory history(
      String name, ServiceStatus status, Optional<Instant> outage, boolean leftStopped) {
    return new ServiceHistory(
        name,
        Optional.of(status),
        Source.POLL,
        Pieces.condition(Optional.of(status), outage, leftStopped),
        outage,
        outage.map(at -> at.plusSeconds(1)),
        Optional.empty(),
        Optional.empty(),
        new ServiceHistory.Totals(0, Duration.ZERO, 0),
        Optional.empty(),
        0,
        Optional.empty());
  }

  private static DefinitionVersion version(String text) {
    return DefinitionVersion.of(text).orElseThrow();
  }
}
