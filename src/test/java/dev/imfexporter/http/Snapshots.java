package dev.imfexporter.http;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Pieces;
import dev.imfexporter.watch.Troubles;
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
import org.jspecify.annotations.Nullable;

/** Hosts in the states that pages have to tell apart, all at {@link #NOW}. */
final class Snapshots {
  static final Instant NOW = Instant.parse("2026-11-22T03:16:58Z");

  private static final Instant READ = NOW.minusMillis(20);

  private Snapshots() {}

  /** All runs; one restart lies behind. */
  static HostSnapshot up() {
    return snapshot(
        "mail01",
        ok(
            new Services(
                List.of(
                    running("IISADMIN", "IIS Admin Service"),
                    running("SMTPSVC", "Simple Mail Transfer Protocol (SMTP)"),
                    new Service(
                        "NntpSvc",
                        Optional.of(new ServiceStatus(ServiceState.STOPPED, 1077, 0, 0)),
                        Optional.of(
                            new ServiceConfig(
                                "Network News Transfer Protocol (NNTP)",
                                StartMode.DISABLED,
                                List.of("IISADMIN"))))))),
        ok(definition("6.5.7936.0", "6.5.7936.0")),
        ok(smtp(3, 0)),
        List.of(
            history("IISADMIN", ServiceState.RUNNING)
                .started("2026-11-21T22:04:12.300Z")
                .restarted(
                    "2026-11-21T22:03:50Z",
                    "2026-11-21T22:04:12.300Z",
                    Map.of(
                        Phase.STOP, Duration.ofMillis(4_200),
                        Phase.DOWN, Duration.ofMillis(350),
                        Phase.START, Duration.ofMillis(17_750)))
                .build(),
            history("SMTPSVC", ServiceState.RUNNING)
                .started("2026-11-21T22:04:13Z")
                .restarted(
                    "2026-11-21T22:03:49Z",
                    "2026-11-21T22:04:13Z",
                    Map.of(Phase.START, Duration.ofMillis(700)))
                .build(),
            history("NntpSvc", ServiceState.STOPPED).build()));
  }

  /** An update restarts IIS Admin, a plug-in is slow, mail waits. */
  static HostSnapshot midStory() {
    return snapshot(
        "mail01",
        ok(
            new Services(
                List.of(
                    service("IISADMIN", "IIS Admin Service", ServiceState.START_PENDING, 0, 0),
                    service(
                        "SMTPSVC",
                        "Simple Mail Transfer Protocol (SMTP)",
                        ServiceState.STOPPED,
                        1066,
                        8)))),
        ok(definition("6.5.7928.0", "6.5.7936.0")),
        new Result.NotApplicable<>("SMTPSVC is not running"),
        List.of(
            history("IISADMIN", ServiceState.START_PENDING).out("2026-11-22T03:12:01Z").build(),
            history("SMTPSVC", ServiceState.STOPPED)
                .exit(1066, 8)
                .stopped("2026-11-22T03:12:07Z")
                .out("2026-11-22T03:12:02Z")
                .leftStopped()
                .build()));
  }

  /** The services stay down since yesterday, and the definition cannot be read. */
  static HostSnapshot down() {
    return snapshot(
        "relay7.example.net",
        ok(
            new Services(
                List.of(
                    service("IISADMIN", "IIS Admin Service", ServiceState.RUNNING, 0, 0),
                    service("SMTPSVC", "", ServiceState.STOPPED, 1067, 0)))),
        new Result.Failed<>(
            "RegOpenKeyEx: 5 Access is denied; read access to SOFTWARE is needed",
            ErrorReason.OTHER),
        new Result.NotApplicable<>("SMTPSVC is not running"),
        List.of(
            history("IISADMIN", ServiceState.RUNNING).build(),
            history("SMTPSVC", ServiceState.STOPPED)
                .exit(1067, 0)
                .stopped("2026-11-21T21:40:00Z")
                .out("2026-11-21T21:40:00Z")
                .leftStopped()
                .polled()
                .build()));
  }

  /** Nothing can be read any more; what happened before is still known. */
  static HostSnapshot notReadable() {
    return snapshot(
        "mail02",
        new Result.Failed<>(
            "OpenSCManager: 1722 The RPC server is unavailable.", ErrorReason.OTHER),
        new Result.Failed<>(
            "RegConnectRegistry: 53 The network path was not found", ErrorReason.OTHER),
        new Result.Failed<>("no answer within 9.5 s", ErrorReason.OTHER),
        List.of(history("SMTPSVC", ServiceState.RUNNING).started("2026-11-22T01:00:00Z").build()));
  }

  static HostSnapshot allRunning() {
    return services(
        List.of(running("IISADMIN", "IIS Admin Service"), running("SMTPSVC", "SMTP")), List.of());
  }

  static HostSnapshot nothingWatched() {
    return services(List.of(), List.of());
  }

  /** Not running, and nobody saw it leave RUNNING. */
  static HostSnapshot downUnseen() {
    return services(
        List.of(
            service("IISADMIN", "", ServiceState.STOP_PENDING, 0, 0),
            service("SMTPSVC", "", ServiceState.STOPPED, 0, 0)),
        List.of(history("SMTPSVC", ServiceState.STOPPED).leftStopped().build()));
  }

  static HostSnapshot servicesNotReadable() {
    return snapshot(
        "mail01",
        new Result.Failed<>("OpenSCManager: 5 Access is denied", ErrorReason.OTHER),
        ok(definition("6.5.7936.0", "6.5.7936.0")),
        ok(smtp(0, 0)),
        List.of());
  }

  /** A host without IIS or Exchange. */
  static HostSnapshot nothingApplicable() {
    return snapshot(
        "files03",
        ok(
            new Services(
                List.of(
                    new Service("IISADMIN", Optional.empty(), Optional.empty()),
                    new Service("SMTPSVC", Optional.empty(), Optional.empty())))),
        new Result.NotApplicable<>("This host has no Exchange"),
        new Result.Unsupported<>("This Windows has no performance object SMTP Server"),
        List.of(
            history("IISADMIN", null).polled().build(), history("SMTPSVC", null).polled().build()));
  }

  /** Names that try to be markup. */
  static HostSnapshot hostile() {
    String name = "<script>alert('1')</script>";
    return snapshot(
        "\"><img src=x>",
        ok(
            new Services(
                List.of(
                    service(name, "</td>&amp;\u0000\u001b[31m", ServiceState.PAUSED, 0, 0),
                    service("🙂 tab\there", "\u202eevil", ServiceState.RUNNING, 0, 0)))),
        new Result.Failed<>("</style><script>alert(2)</script>", ErrorReason.OTHER),
        ok(new Smtp(List.of(new Smtp.VirtualServer("<b>SMTP 1", Map.of())))),
        List.of());
  }

  private static HostSnapshot snapshot(
      String host,
      Result<Services> services,
      Result<Definition> definition,
      Result<Smtp> smtp,
      List<ServiceHistory> histories) {
    return new HostSnapshot(
        host,
        AccessKind.LOCAL,
        Pieces.readings(
            new Taken<>(services, READ, Duration.ofMillis(3)),
            new Taken<>(definition, NOW.minusSeconds(42), Duration.ofMillis(14)),
            new Taken<>(smtp, READ, Duration.ofNanos(640_000))),
        Pieces.history(
            histories,
            new UpdateHistory(
                definition.value().isPresent()
                    ? List.of(
                        sign(MarkerType.FOLDER, "2026-11-22T03:11:58Z", "6.5.7960.0"),
                        sign(MarkerType.REGISTRY, "2026-11-08T02:00:31Z", "6.5.7936.0"))
                    : List.of(),
                2)),
        Troubles.NONE);
  }

  private static UpdateMarker sign(MarkerType marker, String at, String version) {
    return new UpdateMarker(
        marker, UpdateKind.DEFINITION, Instant.parse(at), version, version, false);
  }

  private static HostSnapshot services(List<Service> services, List<ServiceHistory> histories) {
    return snapshot(
        "mail01",
        ok(new Services(services)),
        new Result.NotApplicable<>("This host has no Exchange"),
        ok(smtp(0, 0)),
        histories);
  }

  private static <T> Result<T> ok(T read) {
    return new Result.Ok<>(read);
  }

  private static Service running(String name, String displayName) {
    return service(name, displayName, ServiceState.RUNNING, 0, 0);
  }

  private static Service service(
      String name, String displayName, ServiceState state, long exitCode, long specific) {
    return new Service(
        name,
        Optional.of(new ServiceStatus(state, exitCode, specific, 1234)),
        Optional.of(new ServiceConfig(displayName, StartMode.AUTO, List.of("IISADMIN"))));
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

  private static Smtp smtp(long local, long remote) {
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

  private static History history(String name, @Nullable ServiceState state) {
    return new History(name, Optional.ofNullable(state));
  }

  private static final class History {
    private final String name;
    private final Optional<ServiceState> state;
    private int exitCode;
    private int specificExitCode;
    private Source witness = Source.NOTIFICATION;
    private Optional<Instant> outageStart = Optional.empty();
    private boolean leftStopped;
    private Optional<Instant> lastStop = Optional.empty();
    private Optional<Instant> lastStart = Optional.empty();
    private Optional<Outage> lastRestart = Optional.empty();

    private History(String name, Optional<ServiceState> state) {
      this.name = name;
      this.state = state;
    }

    History exit(int code, int specific) {
      exitCode = code;
      specificExitCode = specific;
      return this;
    }

    History polled() {
      witness = Source.POLL;
      return this;
    }

    History out(String since) {
      outageStart = Optional.of(Instant.parse(since));
      return this;
    }

    History leftStopped() {
      leftStopped = true;
      return this;
    }

    History stopped(String at) {
      lastStop = Optional.of(Instant.parse(at));
      return this;
    }

    History started(String at) {
      lastStart = Optional.of(Instant.parse(at));
      return this;
    }

    History restarted(String began, String ended, Map<Phase, Duration> phases) {
      Instant from = Instant.parse(began);
      Instant to = Instant.parse(ended);
      lastRestart =
          Optional.of(
              new Outage(
                  name,
                  1,
                  from,
                  Optional.of(to),
                  phases,
                  Set.of(Source.POLL),
                  false,
                  false,
                  Optional.of(StartedBy.UNATTRIBUTED)));
      return this;
    }

    ServiceHistory build() {
      return new ServiceHistory(
          name,
          state.map(now -> new ServiceStatus(now, exitCode, specificExitCode, 0)),
          witness,
          Pieces.condition(
              state.map(now -> new ServiceStatus(now, exitCode, specificExitCode, 0)),
              outageStart,
              leftStopped),
          outageStart,
          lastStop,
          lastStart,
          lastRestart,
          new ServiceHistory.Totals(
              lastRestart.isPresent() ? 2 : 0,
              lastRestart.flatMap(Outage::total).orElse(Duration.ZERO).multipliedBy(2),
              0),
          Optional.empty(),
          0,
          Optional.empty());
    }
  }
}
