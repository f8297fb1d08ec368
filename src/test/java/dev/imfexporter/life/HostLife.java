package dev.imfexporter.life;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.life.TrueTransition.Cause;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A month of a host, the same for the same seed. Times are true times, which the exporter's clock
 * shows; what comes from the host carries the host's clock.
 */
public final class HostLife {
  public static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  public static final Instant END = BEGIN.plus(LifePlan.SLOT.multipliedBy(LifePlan.SLOTS));

  /** Records in the log. */
  public static final int RECORDS = 10_000;

  /** How far back the log is read by one who has no cursor. */
  public static final Duration LOOK_BACK = Duration.ofDays(7);

  /** How wrong the host's time may be in {@link Step.HostRead}, in either direction. */
  static final Duration CLOCK_ERROR = Duration.ofMillis(300);

  private static final Instant FIRST_BOOT = BEGIN.minus(Duration.ofDays(12));
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** ERROR_SERVICE_NEVER_STARTED. */
  private static final long NEVER_STARTED = 1077;

  private final List<TrueTransition> transitions;
  private final Map<LifeService, NavigableMap<Instant, TrueTransition>> byService =
      new EnumMap<>(LifeService.class);
  private final NavigableSet<Instant> changes = new TreeSet<>();
  private final List<TrueUpdate> updates;
  private final List<Reboot> reboots;
  private final List<RebootPending> pending;
  private final List<DefinitionState> definitions;
  private final List<Absence> absences;
  private final Clock clock;
  private final Mail mail;
  private final List<LifeEvent> log;
  private final List<Step> notifications;

  private HostLife(Script script, LifePlan plan, Dice dice) {
    transitions =
        script.transitions.stream().sorted(Comparator.comparing(TrueTransition::at)).toList();
    for (LifeService service : LifeService.values()) {
      byService.put(service, new TreeMap<>());
    }
    transitions.forEach(t -> history(t.service()).put(t.at(), t));
    transitions.forEach(t -> changes.add(t.at()));
    script.reboots.forEach(reboot -> changes.add(reboot.up()));
    changes.add(BEGIN);
    updates = List.copyOf(script.updates);
    reboots = List.copyOf(script.reboots);
    pending = List.copyOf(script.pending);
    definitions = List.copyOf(script.definitions);
    absences = plan.absences().stream().sorted(Comparator.comparing(Absence::from)).toList();
    clock = new Clock(BEGIN, plan.starts());
    mail = new Mail(BEGIN, END, dice);
    clock.steps().forEach(script.log::clockSet);
    new Noise(script.log, dice, BEGIN, END, this::isUp).fill(RECORDS);
    log = script.log.numbered(clock::shows);
    notifications = Notices.of(this, transitions, dice);
  }

  /** The life of a seed, its log written by the given Windows. */
  public static HostLife of(long seed, LogShape shape) {
    Dice dice = new Dice(seed);
    Script script = new Script(dice, new LogBook(shape, dice));
    LifePlan plan = new LifePlan(BEGIN, script);
    plan.play();
    return new HostLife(script, plan, dice);
  }

  /** In the order of their times. */
  public List<TrueTransition> transitions() {
    return transitions;
  }

  public List<TrueUpdate> updates() {
    return updates;
  }

  public List<Reboot> reboots() {
    return reboots;
  }

  /** In the order of their times; they do not overlap. */
  public List<Absence> absences() {
    return absences;
  }

  public List<ClockStep> clockSteps() {
    return clock.steps();
  }

  public List<MailPhase> mailPhases() {
    return mail.phases();
  }

  /** The whole log, in its order. */
  public List<LifeEvent> log() {
    return log;
  }

  /** Whether the exporter runs. */
  public boolean watched(Instant t) {
    return !t.isBefore(BEGIN)
        && t.isBefore(END)
        && absences.stream().noneMatch(absence -> absence.covers(t));
  }

  /** Whether the host runs. */
  public boolean isUp(Instant t) {
    return reboots.stream().noneMatch(reboot -> reboot.covers(t));
  }

  public ServiceState state(LifeService service, Instant t) {
    Map.Entry<Instant, TrueTransition> newest = history(service).floorEntry(t);
    return newest == null ? ServiceState.RUNNING : newest.getValue().state();
  }

  /** Empty while the host is down. */
  public Optional<ServiceStatus> status(LifeService service, Instant t) {
    if (!isUp(t)) {
      return Optional.empty();
    }
    Map.Entry<Instant, TrueTransition> newest = history(service).floorEntry(t);
    if (newest == null) {
      return Optional.of(new ServiceStatus(ServiceState.RUNNING, 0, 0, service.processId()));
    }
    TrueTransition last = newest.getValue();
    boolean sinceBoot = !last.at().isBefore(booted(t));
    boolean gone = last.state() == ServiceState.STOPPED;
    return Optional.of(
        new ServiceStatus(
            last.state(),
            sinceBoot ? last.exitCode() : NEVER_STARTED,
            0,
            gone ? 0 : service.processId()));
  }

  /** What a poll reads; the host must be up. */
  public Services services(Instant t) {
    return new Services(
        Arrays.stream(LifeService.values())
            .map(
                service ->
                    new Services.Service(
                        service.shortName(),
                        status(service, t),
                        Optional.of(
                            new ServiceConfig(
                                service.displayName(), StartMode.AUTO, service.requires()))))
            .toList());
  }

  public Definition definition(Instant t) {
    DefinitionState state = definitions.get(0);
    for (DefinitionState next : definitions) {
      state = next.from().isAfter(t) ? state : next;
    }
    return new Definition(
        Optional.of(
            new Definition.Registered(
                version(state.registered()),
                Optional.empty(),
                Optional.of(clock.shows(state.written())))),
        Optional.of(new Definition.Folder(version(state.folder()), clock.shows(state.created()))),
        Optional.of(true));
  }

  public HostClockState hostState(Instant t) {
    Optional<Instant> waitsSince =
        pending.stream()
            .filter(p -> !p.from().isAfter(t) && t.isBefore(p.until()))
            .map(p -> clock.shows(p.from()))
            .findFirst();
    // Wrong by as much as it may be, either way.
    Duration wrong = t.getEpochSecond() / 60 % 2 == 0 ? CLOCK_ERROR : CLOCK_ERROR.negated();
    return new HostClockState(
        clock.shows(t).plus(wrong), CLOCK_ERROR, Duration.between(booted(t), t), waitsSince);
  }

  /** Empty while SMTPSVC does not run. */
  public Optional<Smtp> smtp(Instant t) {
    if (!isUp(t) || state(LifeService.SMTPSVC, t) != ServiceState.RUNNING) {
      return Optional.empty();
    }
    Map.Entry<Instant, TrueTransition> since = history(LifeService.SMTPSVC).floorEntry(t);
    return Optional.of(mail.counters(since == null ? BEGIN : since.getKey(), t));
  }

  public Banner banner(Instant t) {
    if (state(LifeService.SMTPSVC, t) != ServiceState.RUNNING) {
      return new Banner(Map.of(), Optional.of("The connection was refused."));
    }
    if (!mail.phase(t).kind().answers()) {
      return new Banner(
          Map.of(Banner.Step.CONNECT, MILLISECOND), Optional.of("No greeting came within 10 s."));
    }
    Map<Banner.Step, Duration> durations = new EnumMap<>(Banner.Step.class);
    Arrays.stream(Banner.Step.values()).forEach(step -> durations.put(step, MILLISECOND));
    return new Banner(durations, Optional.empty());
  }

  /**
   * What the log has that is new at a true time.
   *
   * @param cursor how far it was read; empty for the look-back
   */
  public Events events(Optional<EventCursor> cursor, Instant t) {
    Instant oldest = clock.shows(t).minus(LOOK_BACK);
    // Records are numbered from 1 on, in the order of their true times.
    List<LifeEvent> unread =
        cursor.map(c -> log.subList(Math.toIntExact(c.record()), log.size())).orElse(log);
    List<LifeEvent> fresh =
        unread.stream()
            .takeWhile(event -> !event.at().isAfter(t))
            .filter(event -> cursor.isPresent() || !event.written().isBefore(oldest))
            .toList();
    Optional<EventCursor> now =
        fresh.isEmpty()
            ? cursor
            : Optional.of(
                new EventCursor(
                    fresh.get(fresh.size() - 1).record(), fresh.get(fresh.size() - 1).written()));
    return new Events(
        List.of(
            new Events.LogRead(
                LifeEvent.LOG,
                now,
                Optional.empty(),
                true,
                fresh.stream().flatMap(event -> event.logged().stream()).toList())));
  }

  /** What the exporter meets by way of the given sources, in the order of time. */
  public Stream<Step> steps(Set<Source> sources, List<Instant> checks) {
    List<Step> fixed = new ArrayList<>();
    if (sources.contains(Source.NOTIFICATION)) {
      fixed.addAll(notifications);
    }
    checks.forEach(at -> fixed.add(new Step.Check(at)));
    return Itinerary.of(this, sources, fixed);
  }

  Duration ahead(Instant t) {
    return clock.ahead(t);
  }

  /** Since when what {@link #services} tells has been so. */
  Instant lastChange(Instant t) {
    return Objects.requireNonNull(changes.floor(t));
  }

  Instant booted(Instant t) {
    return reboots.stream()
        .map(Reboot::up)
        .filter(up -> !up.isAfter(t))
        .max(Comparator.naturalOrder())
        .orElse(FIRST_BOOT);
  }

  NavigableMap<Instant, TrueTransition> history(LifeService service) {
    return Objects.requireNonNull(byService.get(service));
  }

  /** Whether a cause is one that takes the host with it. */
  static boolean isShutdown(Cause cause) {
    return cause == Cause.SHUTDOWN || cause == Cause.POWER_LOSS;
  }

  private static DefinitionVersion version(int build) {
    return DefinitionVersion.of(DefinitionState.version(build)).orElseThrow();
  }
}
