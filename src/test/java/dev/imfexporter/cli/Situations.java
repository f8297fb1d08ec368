package dev.imfexporter.cli;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.Result;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts as the administrator on call finds them, put together piece by piece. */
final class Situations {
  static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant DOWN = NOW.minusSeconds(471);
  private static final Instant UPDATED = DOWN.minusSeconds(7);

  private final List<Outage> outages = new ArrayList<>();
  private final HostSnapshotBuilder host =
      new HostSnapshotBuilder("mail01", NOW)
          .result(
              CollectorKey.DEFINITION,
              new Result.NotApplicable<>("No Exchange Server is installed"))
          .ok(CollectorKey.EVENTS, new Events(List.of()))
          .ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.empty()))
          .ok(
              CollectorKey.COMPONENTS,
              new Components(
                  List.of(new Components.Component("scan.dll", "Contoso", "2.1.0.7")), 0, 41))
          .mailFlow(State.FLOWING, "12 messages left in the last 5 min.");
  private final List<Outage> earlier = new ArrayList<>();
  private boolean updated;

  /** The System log was read, the Application log was not. */
  Situations applicationLogFails() {
    host.ok(
        CollectorKey.EVENTS,
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

  /** A service that runs since before it was watched. */
  Situations runs(String name) {
    host.services(
        ServiceBuilder.running(name).started(NOW.minusSeconds(180)).typical(restarts(name)));
    return this;
  }

  /** Every service was restarted before, and it took so many seconds. */
  Situations restartedBefore(int... seconds) {
    for (int i = 0; i < seconds.length; i++) {
      Instant began = DOWN.minus(Duration.ofDays(seconds.length - i));
      earlier.add(
          outage("any", began)
              .ended(began.plusSeconds(seconds[i]), StartedBy.UNATTRIBUTED)
              .phase(Phase.STOP, Duration.ofSeconds(2))
              .build());
    }
    return this;
  }

  /** The restarts of a service, the earliest first. */
  private List<Outage> restarts(String name) {
    List<Outage> all = new ArrayList<>(earlier);
    outages.stream().filter(o -> o.service().equals(name)).forEach(all::add);
    return all;
  }

  /** A service that has been out for some minutes. */
  Situations out(String name, ServiceState state, long exitCode) {
    ServiceBuilder service =
        ServiceBuilder.service(name, state)
            .exit(exitCode)
            .downSince(DOWN)
            .stopped(DOWN)
            .typical(restarts(name));
    outages.add(outage(name, DOWN).crash(exitCode != 0).build());
    host.services(service);
    return this;
  }

  /** A service that is back, and who brought it back. */
  Situations back(String name, StartedBy by) {
    outages.add(
        outage(name, DOWN)
            .ended(DOWN.plusSeconds(291), by)
            .phase(Phase.STOP, Duration.ofSeconds(3))
            .crash(by == StartedBy.RECOVERY_ACTION)
            .shutdown(by == StartedBy.BOOT)
            .build());
    return runs(name);
  }

  private static OutageBuilder outage(String name, Instant began) {
    return OutageBuilder.outage(name, began).sources(Source.EVENT, Source.NOTIFICATION);
  }

  /** Exchange, and an update seven seconds before the outages. */
  Situations updated() {
    updated = true;
    host.markers(EpisodeBuilder.marker(MarkerType.FOLDER, UPDATED, "6.5.7960.0"))
        .definitionChanges(1)
        .ok(
            CollectorKey.DEFINITION,
            new Definition(
                Optional.of(
                    new Definition.Registered(
                        new DefinitionVersion("6.5.7936.0"), Optional.empty(), Optional.empty())),
                Optional.of(new Definition.Folder(new DefinitionVersion("6.5.7960.0"), UPDATED)),
                Optional.of(true)));
    return this;
  }

  Situations flow(State state, String... evidence) {
    host.mailFlow(state, evidence);
    return this;
  }

  Situations bannerDead(String why) {
    host.ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.of(why)));
    return this;
  }

  Situations eventsFail(String why) {
    host.failed(CollectorKey.EVENTS, why);
    return this;
  }

  Situations unreadable(String why) {
    host.failed(CollectorKey.SERVICES, why, ErrorReason.RIGHTS);
    return this;
  }

  HostSnapshot snapshot() {
    if (updated && !outages.isEmpty()) {
      host.openEpisode(new EpisodeBuilder(12, UPDATED, outages).halted().build());
    }
    return host.outages(outages.toArray(Outage[]::new)).build();
  }
}
