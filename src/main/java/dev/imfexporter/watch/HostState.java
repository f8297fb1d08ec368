package dev.imfexporter.watch;

import dev.imfexporter.access.EventLog;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.clock.HostTime;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.episode.BlindSpot;
import dev.imfexporter.watch.episode.EpisodeTracker;
import dev.imfexporter.watch.episode.HostCondition;
import dev.imfexporter.watch.episode.UpdateTracker;
import dev.imfexporter.watch.eventlog.EventCounter;
import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.mail.MailFlowTracker;
import dev.imfexporter.watch.mail.SmtpService;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.UpdateMarker;
import dev.imfexporter.watch.outage.OutageTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a host: a state machine that takes one {@link Observation} at a time and returns the
 * facts to keep and the requests to make. It reads no clock, does no I/O and has no callbacks; a
 * replay of its facts makes the same state. Not thread-safe: {@link HostWatcher} owns the lock.
 */
public final class HostState {
  /** Without an observation, conclusions are drawn again at this interval, because time passes. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final StateSettings settings;
  private final Trackers trackers;
  private final HostTime time;
  private final OutageTracker outages;
  private final EventCounter events;
  private final UpdateTracker updates;
  private final EpisodeTracker episodes;
  private final MailFlowTracker mail;
  private final BlindSpot blindSpot;
  private final Conditions conditions;
  private final ServicesNow services;

  private final List<Fact> facts = new ArrayList<>();
  private final List<EventFact.LogRead> cursors = new ArrayList<>();
  private boolean changed;
  private boolean startModesChanged;
  private boolean updateBegun;
  private List<String> unreliable = List.of();
  private long revision;
  private boolean catchingUp;
  private boolean readable;
  private @Nullable Instant lastPoll;
  private @Nullable Instant concluded;

  private HostState(StateSettings settings, Trackers trackers) {
    this.settings = settings;
    this.trackers = trackers;
    time = trackers.time();
    outages = trackers.outages();
    events = trackers.events();
    updates = trackers.updates();
    episodes = trackers.episodes();
    mail = trackers.mail();
    blindSpot = trackers.blindSpot();
    conditions = new Conditions(outages, episodes, updates, settings);
    services = new ServicesNow(outages, trackers.waits());
  }

  /**
   * The state after the facts of earlier runs.
   *
   * @param facts oldest first
   */
  public static HostState replay(StateSettings settings, List<Fact> facts, Moment now) {
    HostState state = new HostState(settings, Trackers.replay(settings, facts));
    state.follow(now);
    return state;
  }

  /** Facts that replay to the same state; their number is bounded by the retention. */
  public List<Fact> summary() {
    return trackers.summary();
  }

  /** Takes an observation into account: date it, enter it, conclude, in this order. */
  public Step step(Observation observation) {
    Moment moment = observation.at();
    Instant now = follow(moment);
    changed = false;
    startModesChanged = false;
    updateBegun = false;
    unreliable = List.of();
    boolean anew = enter(observation, now);
    if (anew || !isQuiet(now)) {
      conclude(moment, now);
    }
    Step step = new Step(facts, changed, catchingUp, startModesChanged, updateBegun, unreliable);
    facts.clear();
    return step;
  }

  private Instant follow(Moment moment) {
    time.follow(moment, measuringSince(), outages.newest()).ifPresent(facts::add);
    return time.at(moment);
  }

  /** The begin of the oldest outage or episode that is not over; null when there is none. */
  private @Nullable Instant measuringSince() {
    Stream<Instant> outage = outages.unsettled().stream().map(Outage::began);
    return Stream.concat(outage, episodes.openSince().stream())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private boolean isQuiet(Instant now) {
    Instant last = concluded;
    return last != null
        && now.isBefore(last.plus(QUIET))
        && !episodes.isActive()
        && outages.unsettled().isEmpty();
  }

  // Java 17 has no patterns in switches.
  private boolean enter(Observation observation, Instant now) {
    trackers.readSettings(observation);
    if (observation instanceof Observation.Polled polled) {
      polled(polled, now);
    } else if (observation instanceof Observation.PollFailed) {
      pollFailed();
    } else if (observation instanceof Observation.Notified notified) {
      changed = outages.notified(notified.service(), notified.status(), now);
    } else if (observation instanceof Observation.EventsRead read) {
      eventsRead(read, now);
    } else if (observation instanceof Observation.EventsFailed) {
      outages.eventsFailed();
      catchingUp = false;
      blindSpot.coveredByEvents(false);
    } else if (observation instanceof Observation.DefinitionRead read) {
      updates.observe(read.definition(), time::ofHost, now).forEach(episodes::add);
    } else if (observation instanceof Observation.ClockRead read) {
      time.measured(read.clock(), now);
    } else if (observation instanceof Observation.TroublesCompared compared) {
      trackers.causes().compared(compared.likely(), now).ifPresent(facts::add);
      return false;
    } else if (observation instanceof Observation.Tick) {
      if (readable) {
        blindSpot.alive(now).ifPresent(facts::add);
      }
      return false;
    } else {
      trackers.read(observation, conditions.smtpStarted()).ifPresent(facts::add);
    }
    return true;
  }

  private void polled(Observation.Polled polled, Instant now) {
    Instant asked = time.at(polled.asked());
    OutageTracker.Polled result = outages.polled(polled.services(), asked, now, polled.notified());
    changed = result.changed();
    unreliable = result.unreliable();
    if (!readable) {
      // The log may report the end of an outage that no poll observed; until then it seems to last.
      catchingUp = settings.eventsWatched();
    }
    readable = true;
    lastPoll = asked;
  }

  private void pollFailed() {
    if (readable) {
      blindSpot.lost(lastPoll).ifPresent(facts::add);
    }
    readable = false;
  }

  private void eventsRead(Observation.EventsRead read, Instant now) {
    Instant asked = time.at(read.asked());
    boolean complete = true;
    for (LogRead log : read.events().logs()) {
      List<DatedEvent> dated = time.date(log, asked, now);
      long unrecognised = outages.logged(log, dated);
      for (DatedEvent event : dated) {
        updates.observe(event.event().meaning(), event.at()).ifPresent(this::marked);
        events.clue(event.event(), event.at());
        trackers.waits().logged(event).ifPresent(facts::add);
      }
      startModesChanged |= outages.hasStartModeChange(log.events());
      trackers.lost(log, dated, now);
      events
          .observe(
              log,
              event -> settings.countedProviders().contains(event.provider()),
              outages::shortName,
              unrecognised,
              now)
          .ifPresent(cursors::add);
      complete &= log.complete();
    }
    outages.eventsRead(asked, complete);
    if (read.events().logs().stream()
        .anyMatch(log -> log.log().equals(EventLog.SYSTEM) && log.failure().isPresent())) {
      outages.eventsFailed();
    }
    catchingUp = !complete;
    if (complete) {
      blindSpot.coveredByEvents(true);
    }
    facts.addAll(trackers.takeServiceFacts());
  }

  private void marked(UpdateMarker marker) {
    updateBegun |= marker.marker() == MarkerType.BEGUN;
    episodes.add(marker);
  }

  private void conclude(Moment moment, Instant now) {
    revision++;
    concluded = now;
    outages.settle(now);
    facts.addAll(trackers.takeServiceFacts());
    if (readable) {
      blindSpot.uncovered(now).ifPresent(from -> episodes.unwatched(from, now));
    }
    if (!catchingUp || !readable) {
      MailFlow.State flow =
          mail.judge(moment, now, readable ? conditions.smtp(now) : SmtpService.UNKNOWN).state();
      episodes.advance(
          now,
          readable
              ? new HostCondition(true, conditions.down(now), flow)
              : HostCondition.UNREADABLE);
    }
    facts.addAll(trackers.takeUpdateFacts(now, !catchingUp, readable));
    facts.addAll(mail.takeFacts());
    trackers.followIisAdmin(readable, now).ifPresent(facts::add);
    // The evidence first: after a torn write, events are read again rather than lost.
    facts.addAll(cursors);
    cursors.clear();
  }

  /** Changes when {@link #view} may have changed. */
  public long revision() {
    return revision;
  }

  /** Whether the event logs have more to read at once. */
  public boolean isCatchingUp() {
    return catchingUp;
  }

  /** Whether the newest poll succeeded. */
  public boolean isReadable() {
    return readable;
  }

  /** How far a log has been read; empty before. */
  public Optional<EventCursor> cursor(String log) {
    return events.cursor(log);
  }

  public ServicesNow services() {
    return services;
  }

  /**
   * What has happened, by the exporter's wall clock.
   *
   * @param source how each service is watched now
   */
  public HostHistory view(Function<String, Source> source, Moment moment) {
    Instant now = time.at(moment);
    HostHistory history =
        new HostHistory(
            conditions.histories(source, now, readable),
            conditions.newestOutages(),
            updates.history(now),
            trackers.episodeHistory(),
            events.history(),
            conditions.withHalt(mail.newest(), now),
            mail.past(),
            trackers.virtualServers().gone(),
            trackers.volumes().forecasts(now),
            trackers.waits().history(outages.boots()),
            settings.limits());
    return time.isPlain() ? history : history.on(time::wall);
  }
}
