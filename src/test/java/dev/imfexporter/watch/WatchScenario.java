package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
import dev.imfexporter.collector.Services;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A host with two services, a log and a clock of its own, and an exporter that watches it. Time
 * passes only by {@link #pass}.
 */
final class WatchScenario {
  static final String MAIL = "SMTPSVC";
  static final String ADMIN = "IISADMIN";
  static final String USER = "S-1-5-21-1-2-3-500";
  static final String SYSTEM = "S-1-5-18";

  final TestTime time = new TestTime();
  final List<Fact> facts = new ArrayList<>();
  ObservedState state = ObservedState.begin(false, facts, time.now());

  /** By how much the host's clock is ahead of the exporter's at its start. */
  Duration ahead = Duration.ZERO;

  /** Whether the host sends notifications. */
  boolean reports;

  StartMode mode = StartMode.AUTO;

  private final Instant start = time.now().wall();
  private final Duration startTicks = time.now().ticks();
  private final Map<String, ServiceStatus> services = new TreeMap<>();
  private final List<LoggedEvent> log = new ArrayList<>();
  private int read;
  private long number = 100;
  private Optional<Events.Interruption> interruption = Optional.empty();

  WatchScenario() {
    is(ADMIN, ServiceState.RUNNING);
    is(MAIL, ServiceState.RUNNING);
  }

  /** A host whose services run and whose log, clock and services are watched. */
  static WatchScenario watched() {
    WatchScenario scenario = new WatchScenario();
    scenario.expectEvents();
    return scenario.polls().measures().reads().pass(10);
  }

  /** The event log of the host is read. */
  WatchScenario expectEvents() {
    state = ObservedState.begin(true, facts, time.now());
    return this;
  }

  WatchScenario pass(double seconds) {
    time.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    return this;
  }

  Instant now() {
    return time.now().wall();
  }

  /** The state of a service changes without a notification or an event. */
  WatchScenario is(String service, ServiceState state) {
    return is(service, new ServiceStatus(state, 0, 0, 0));
  }

  WatchScenario is(String service, ServiceStatus status) {
    services.put(service, status);
    return this;
  }

  WatchScenario gone(String service) {
    services.remove(service);
    return this;
  }

  WatchScenario notifies(String service, ServiceState state) {
    is(service, state);
    this.state.step(
        new Observation.Notified(service, new ServiceStatus(state, 0, 0, 0), time.now()));
    return this;
  }

  WatchScenario polls() {
    state.step(poll());
    return this;
  }

  /** What a poll of all services finds now. */
  Observation poll() {
    List<Services.Service> all = new ArrayList<>();
    for (String name : List.of(ADMIN, MAIL)) {
      Optional<ServiceStatus> status = Optional.ofNullable(services.get(name));
      all.add(
          new Services.Service(
              name,
              status,
              status.map(s -> new ServiceConfig("The " + name + " service", mode, List.of()))));
    }
    return new Observation.Polled(
        new Services(all), time.now(), time.now(), reports ? Set.of(ADMIN, MAIL) : Set.of());
  }

  /** The service is found in this state by a poll. */
  WatchScenario polls(String service, ServiceState state) {
    return is(service, state).polls();
  }

  /** A state with its event: 7036. */
  WatchScenario logs(String service, ServiceState state) {
    is(service, state);
    return event(7036, new Meaning.Entered(new Named(service, true), "", Optional.of(state)));
  }

  /** 7036 in a language that is not known, as Windows 2003 has it. */
  WatchScenario logsWord(String service, String word) {
    return event(
        7036,
        new Meaning.Entered(
            new Named("The " + service + " service", false), word, Optional.empty()));
  }

  WatchScenario fails(String service, int id, Failure failure) {
    return event(id, new Meaning.Failed(new Named(service, true), failure));
  }

  WatchScenario orders(String service, Control control, String sid) {
    return event(
        7035,
        new Meaning.Controlled(
            new Named(service, true), "", Optional.of(control), Optional.of(sid)));
  }

  /** 7035 in a language that is not known. */
  WatchScenario ordersWord(String service, String word, String sid) {
    return event(
        7035,
        new Meaning.Controlled(
            new Named("The " + service + " service", false),
            word,
            Optional.empty(),
            Optional.of(sid)));
  }

  WatchScenario event(int id, Meaning meaning) {
    Instant written = hostTime().truncatedTo(ChronoUnit.SECONDS);
    log.add(
        new LoggedEvent(
            "System",
            ++number,
            written,
            "Service Control Manager",
            id,
            LoggedEvent.Level.INFORMATION,
            meaning));
    return this;
  }

  WatchScenario boots() {
    return event(6009, new Meaning.Booted())
        .event(6005, new Meaning.Booted())
        .event(12, new Meaning.Booted());
  }

  WatchScenario shutsDown() {
    return event(6006, new Meaning.ShutDown(true)).event(13, new Meaning.ShutDown(true));
  }

  /** The host's clock is set, and the log may say so. */
  WatchScenario setsClock(Duration by, boolean said) {
    Instant from = hostTime();
    ahead = ahead.plus(by);
    return said ? event(1, new Meaning.ClockSet(from, hostTime())) : this;
  }

  /** The exporter's clock is set. */
  WatchScenario setsOwnClock(Duration by) {
    time.set(now().plus(by));
    return this;
  }

  WatchScenario clearsLog() {
    log.clear();
    read = 0;
    number = 0;
    interruption = Optional.of(Events.Interruption.CLEARED);
    return this;
  }

  WatchScenario measures() {
    state.step(
        new Observation.ClockRead(
            new HostClockState(
                hostTime(), Duration.ofMillis(50), Duration.ofDays(1), Optional.empty()),
            time.now()));
    return this;
  }

  /** The services cannot be polled. */
  WatchScenario cannotPoll() {
    state.step(new Observation.PollFailed(time.now()));
    return this;
  }

  WatchScenario ticks() {
    state.step(new Observation.Tick(time.now()));
    return this;
  }

  WatchScenario reads() {
    return reads(log.size(), true);
  }

  /** Reads the log up to its record of this index. */
  WatchScenario reads(int until, boolean complete) {
    readsLog(until, complete);
    return this;
  }

  /** What reading the whole log brings about. */
  Step readsLog() {
    return readsLog(log.size(), true);
  }

  private Step readsLog(int until, boolean complete) {
    List<LoggedEvent> events = List.copyOf(log.subList(read, until));
    read = until;
    Events.LogRead system =
        new Events.LogRead("System", Optional.empty(), interruption, complete, events);
    interruption = Optional.empty();
    return state.step(
        new Observation.EventsRead(new Events(List.of(system)), time.now(), time.now()));
  }

  /** The exporter is killed and started again; how far it read the log is known or not. */
  WatchScenario restarts(boolean cursorKept) {
    expectEvents();
    read = cursorKept ? read : 0;
    return this;
  }

  ServiceHistory history(String service) {
    return state.service(service, time.now());
  }

  /** The event log cannot be read. */
  WatchScenario cannotReadEvents() {
    state.step(new Observation.EventsFailed(time.now()));
    return this;
  }

  List<Outage> outages() {
    return state.outages(time.now());
  }

  List<ClueSeen> clues() {
    return state.history(time.now()).events().clues();
  }

  ServiceHistory mail() {
    return history(MAIL);
  }

  Outage lastRestart() {
    return mail().lastRestart().orElseThrow();
  }

  private Instant hostTime() {
    return start.plus(time.now().ticks().minus(startTicks)).plus(ahead);
  }
}
