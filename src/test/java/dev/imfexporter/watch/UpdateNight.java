package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Services;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A host with SMTPSVC and a definition, an exporter that polls it every five seconds, and a clock
 * of each that can be set. Seconds count from the start.
 */
public final class UpdateNight {
  public static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
  private static final Duration POLL = Duration.ofSeconds(5);

  private final List<Fact> facts = new ArrayList<>();
  private final boolean events;
  private ObservedState state;
  private Duration elapsed = Duration.ZERO;
  private Duration ownAhead = Duration.ZERO;
  private Duration hostAhead = Duration.ZERO;
  private Instant folderCreated = START.minusSeconds(864_000);
  private int release = 1;

  public ServiceState service = ServiceState.RUNNING;
  public StartMode mode = StartMode.AUTO;
  public ServiceConfig.Details details = ServiceConfig.Details.UNKNOWN;
  public List<String> requires = List.of("IISADMIN");
  public boolean installed = true;
  public long exitCode;

  public UpdateNight(boolean events) {
    this.events = events;
    state = ObservedState.begin(events, facts, now());
  }

  public Moment now() {
    return new Moment(START.plus(elapsed).plus(ownAhead), Duration.ofSeconds(1000).plus(elapsed));
  }

  /** The exporter's clock is set. */
  public void setOwnClock(Duration by) {
    ownAhead = ownAhead.plus(by);
  }

  /** The host's clock is set. */
  public void setHostClock(Duration by) {
    hostAhead = hostAhead.plus(by);
  }

  /** A newer definition is installed. */
  public void update() {
    release++;
    folderCreated = hostTime();
  }

  /** The exporter is stopped and started again. */
  public void restartExporter() {
    state = ObservedState.begin(events, facts, now());
  }

  /** Time passes, with all that the exporter does meanwhile. */
  public UpdateNight pass(Duration time) {
    Duration end = elapsed.plus(time);
    while (elapsed.compareTo(end) < 0) {
      poll();
      elapsed = elapsed.plus(POLL);
    }
    return this;
  }

  private void poll() {
    Moment now = now();
    state.step(new Observation.Tick(now));
    state.step(
        new Observation.ClockRead(
            new HostClockState(
                hostTime(), Duration.ofMillis(50), Duration.ofDays(9), Optional.empty()),
            now));
    state.step(new Observation.Polled(services(), now, now, Set.of()));
    if (events) {
      Events.LogRead log =
          new Events.LogRead("System", Optional.empty(), Optional.empty(), true, List.of());
      state.step(new Observation.EventsRead(new Events(List.of(log)), now, now));
    }
    Definition definition =
        new Definition(
            Optional.empty(),
            Optional.of(
                new Definition.Folder(
                    DefinitionVersion.of("6.5." + release + ".0").orElseThrow(), folderCreated)),
            Optional.empty());
    state.step(new Observation.DefinitionRead(definition, now));
  }

  public Services services() {
    return new Services(
        List.of(
            new Services.Service(
                "SMTPSVC",
                Optional.of(new ServiceStatus(service, exitCode, 0, 0)).filter(s -> installed),
                Optional.of(new ServiceConfig("SMTP", mode, requires, details))
                    .filter(s -> installed))));
  }

  private Instant hostTime() {
    return START.plus(elapsed).plus(hostAhead);
  }

  /** What the journal has of it. */
  public List<Fact> facts() {
    return List.copyOf(facts);
  }

  public HostHistory history() {
    return state.history(now());
  }

  /** All episodes, oldest first. */
  public List<Episode> episodes() {
    HostHistory history = history();
    List<Episode> all = new ArrayList<>(history.episodes().closed());
    history.episodes().present().ifPresent(all::add);
    return all;
  }
}
