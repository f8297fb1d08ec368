package dev.imfexporter.cli;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Components;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.DefinitionVersion;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Services.Service;
import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Pieces;
import dev.imfexporter.watch.Readings;
import dev.imfexporter.watch.Troubles;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.State;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts as the administrator on call finds them, put together piece by piece. */
final class Situations {
  static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant DOWN = NOW.minusSeconds(471);

  private final List<Service> services = new ArrayList<>();
  private final List<ServiceHistory> histories = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private Result<Services> unread = new Result.Ok<>(new Services(List.of()));
  private Result<Definition> definition =
      new Result.NotApplicable<>("No Exchange Server is installed");
  private Result<Banner> banner = new Result.Ok<>(new Banner(Map.of(), Optional.empty()));
  private Result<Events> events = new Result.Ok<>(new Events(List.of()));
  private MailFlow flow =
      new MailFlow(State.FLOWING, List.of("12 messages left in the last 5 min."));
  private boolean updated;

  /** The System log was read, the Application log was not. */
  Situations applicationLogFails() {
    events =
        new Result.Ok<>(
            new Events(
                List.of(
                    new LogRead("System", Optional.empty(), Optional.empty(), true, List.of()),
                    new LogRead(
                        "Application",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of(),
                        0,
                        Optional.of(
                            new Result.Failed<>(
                                "OpenEventLog Application failed: Access is denied (5)."
                                    + " The account needs membership in the group Event Log"
                                    + " Readers",
                                ErrorReason.RIGHTS))))));
    return this;
  }

  /** A service that runs, and did so before anybody looked. */
  Situations runs(String name) {
    return service(name, ServiceState.RUNNING, 0, Optional.empty());
  }

  /** A service that has been out for some minutes. */
  Situations out(String name, ServiceState state, long exitCode) {
    outages.add(outage(name, Optional.empty(), Optional.empty(), exitCode != 0, false));
    return service(name, state, exitCode, Optional.of(DOWN));
  }

  /** A service that is back, and who brought it back. */
  Situations back(String name, StartedBy by) {
    Instant up = DOWN.plusSeconds(291);
    outages.add(
        outage(
            name,
            Optional.of(up),
            Optional.of(by),
            by == StartedBy.RECOVERY_ACTION,
            by == StartedBy.BOOT));
    return service(name, ServiceState.RUNNING, 0, Optional.empty());
  }

  private Situations service(
      String name, ServiceState state, long exitCode, Optional<Instant> outageStart) {
    ServiceStatus status =
        new ServiceStatus(state, exitCode, 0, state == ServiceState.STOPPED ? 0 : 1372);
    services.add(
        new Service(
            name,
            Optional.of(status),
            Optional.of(new ServiceConfig(name, StartMode.AUTO, List.of()))));
    histories.add(
        new ServiceHistory(
            name,
            Optional.of(status),
            Source.NOTIFICATION,
            Pieces.condition(
                Optional.of(status),
                outageStart,
                state == ServiceState.STOPPED && outageStart.isPresent()),
            outageStart,
            outageStart,
            outageStart.isPresent() ? Optional.empty() : Optional.of(NOW.minusSeconds(180)),
            Optional.empty(),
            new ServiceHistory.Totals(0, Duration.ZERO, 0),
            Optional.empty(),
            0,
            Optional.empty()));
    return this;
  }

  private static Outage outage(
      String name,
      Optional<Instant> ended,
      Optional<StartedBy> by,
      boolean crash,
      boolean shutdown) {
    return new Outage(
        name,
        1,
        DOWN,
        ended,
        ended.isPresent() ? Map.of(Phase.STOP, Duration.ofSeconds(3)) : Map.of(),
        Set.of(Source.EVENT, Source.NOTIFICATION),
        crash,
        shutdown,
        by);
  }

  /** Exchange, and an update seven seconds before the outages. */
  Situations updated() {
    updated = true;
    definition =
        new Result.Ok<>(
            new Definition(
                Optional.of(
                    new Definition.Registered(
                        new DefinitionVersion("6.5.7936.0"), Optional.empty(), Optional.empty())),
                Optional.of(
                    new Definition.Folder(
                        new DefinitionVersion("6.5.7960.0"), DOWN.minusSeconds(7))),
                Optional.of(true)));
    return this;
  }

  Situations flow(State state, String... evidence) {
    flow = new MailFlow(state, List.of(evidence));
    return this;
  }

  Situations bannerDead(String why) {
    banner = new Result.Ok<>(new Banner(Map.of(), Optional.of(why)));
    return this;
  }

  Situations eventsFail(String why) {
    events = new Result.Failed<>(why, ErrorReason.OTHER);
    return this;
  }

  Situations unreadable(String why) {
    unread = new Result.Failed<>(why, ErrorReason.RIGHTS);
    return this;
  }

  HostSnapshot snapshot() {
    boolean read = unread instanceof Result.Ok;
    Result<Services> result = read ? new Result.Ok<>(new Services(services)) : unread;
    UpdateMarker sign =
        new UpdateMarker(
            MarkerType.FOLDER,
            UpdateKind.DEFINITION,
            DOWN.minusSeconds(7),
            "6.5.7960.0",
            "6.5.7960.0",
            false);
    return new HostSnapshot(
        "mail01",
        AccessKind.LOCAL,
        new Readings(
            taken(result),
            taken(definition),
            Pieces.off(),
            Pieces.off(),
            taken(events),
            Pieces.off(),
            taken(banner),
            taken(
                new Result.Ok<>(
                    new Components(
                        List.of(new Components.Component("scan.dll", "Contoso", "2.1.0.7")),
                        0,
                        41))),
            Pieces.off()),
        new HostHistory(
            histories,
            outages,
            new UpdateHistory(updated ? List.of(sign) : List.of(), updated ? 1 : 0),
            episodes(sign),
            EventHistory.NONE,
            flow,
            dev.imfexporter.watch.ObservedState.LIMITS),
        Troubles.NONE);
  }

  private EpisodeHistory episodes(UpdateMarker sign) {
    if (!updated || outages.isEmpty()) {
      return Pieces.episodes();
    }
    Episode episode =
        new Episode(
            12,
            UpdateKind.DEFINITION,
            "6.5.7960.0",
            List.of(sign),
            outages,
            List.of(),
            sign.at(),
            Episode.State.HALTED,
            true,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    EpisodeHistory none = Pieces.episodes();
    return new EpisodeHistory(Optional.of(episode), List.of(), none.outcomes(), 0, Duration.ZERO);
  }

  private static <T> Taken<T> taken(Result<T> result) {
    return new Taken<>(result, NOW, Duration.ofMillis(3));
  }
}
