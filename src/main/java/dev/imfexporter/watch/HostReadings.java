package dev.imfexporter.watch;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Components;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Filter;
import dev.imfexporter.reading.HostClockState;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.Result;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every reading of a host, each in its slot and at its interval. What needs SMTP to answer is not
 * asked for while SMTPSVC does not run: counters would hang with it, and a closed port is no news.
 * Thread-safe.
 */
final class HostReadings {

  /** Scrapes that come closer together than this share what was read: a host is not a toy. */
  static final Duration SHARED = Duration.ofSeconds(1);

  /**
   * Each is a connection in SMTP's log or a walk through a folder; often enough for a verdict on
   * mail flow within minutes when nobody scrapes.
   */
  private static final Duration OUTSIDE = Duration.ofSeconds(15);

  private static final Duration MACHINE = Duration.ofMinutes(1);
  private static final Duration COMPONENTS = Duration.ofMinutes(5);

  private final WatchPlan.Intervals intervals;
  private final ReadingSlot<Services> services;
  private final Optional<ReadingSlot<Definition>> definition;
  private final Optional<ReadingSlot<Smtp>> smtp;
  private final Optional<ReadingSlot<Filter>> filter;
  private final Optional<ReadingSlot<Events>> events;
  private final Optional<ReadingSlot<MailFolders>> folders;
  private final Optional<ReadingSlot<Banner>> banner;
  private final Optional<ReadingSlot<Components>> components;
  private final Optional<ReadingSlot<HostClockState>> machine;
  private final Instant begun;

  /** Hears of every reading that ended, before anybody who waits for it does. */
  interface Listener {
    void services(Taken<Services> taken, Moment asked, Moment ended);

    void definition(Taken<Definition> taken, Moment asked, Moment ended);

    void smtp(Taken<Smtp> taken, Moment asked, Moment ended);

    void events(Taken<Events> taken, Moment asked, Moment ended);

    void folders(Taken<MailFolders> taken, Moment asked, Moment ended);

    void banner(Taken<Banner> taken, Moment asked, Moment ended);

    void machine(Taken<HostClockState> taken, Moment asked, Moment ended);
  }

  HostReadings(
      WatchPlan plan,
      HostAccess access,
      Executor calls,
      TimeSource time,
      CallTimer timer,
      Function<String, Optional<EventCursor>> cursor,
      Listener listener) {
    this.intervals = plan.intervals();
    begun = time.now().wall();
    Slots slots = new Slots(plan.host(), access, intervals.timeout(), calls, time, timer);
    services = slots.of(plan.services(), listener::services);
    definition = plan.definition().map(r -> slots.of(r, listener::definition));
    smtp = plan.smtp().map(r -> slots.of(r, listener::smtp));
    filter = plan.filter().map(r -> slots.of(r, (taken, asked, ended) -> {}));
    events = plan.events().map(of -> slots.of(of.apply(cursor), listener::events));
    folders = plan.folders().map(r -> slots.of(r, listener::folders));
    banner = plan.banner().map(r -> slots.of(r, listener::banner));
    components = plan.components().map(r -> slots.of(r, (taken, asked, ended) -> {}));
    machine = plan.machine().map(r -> slots.of(r, listener::machine));
  }

  /** What every slot has in common. */
  private record Slots(
      String host,
      HostAccess access,
      Duration timeout,
      Executor calls,
      TimeSource time,
      CallTimer timer) {
    <T> ReadingSlot<T> of(Reading<T> reading, ReadingSlot.Listener<T> listener) {
      return new ReadingSlot<>(host, reading, access, timeout, calls, time, listener, timer);
    }
  }

  /**
   * Every reading, taken anew where it is older than it may be, by the deadline.
   *
   * @param servicesAge how old the reading of the services may be
   * @param smtpState what is known of SMTPSVC once the services are read
   */
  CompletableFuture<Readings> all(
      Moment end, Duration servicesAge, Supplier<Optional<ServiceState>> smtpState) {
    // Those that need not wait for the services are under way meanwhile.
    var definitionEnd = by(end, definition, intervals.definition());
    var foldersEnd = by(end, folders, OUTSIDE);
    var machineEnd = by(end, machine, MACHINE);
    return services
        .by(end, services.fresh(servicesAge))
        .thenCompose(
            read -> {
              Gate gate = new Gate(end, read, smtpState.get());
              // The process to look into is asked of the SCM too, once that has answered.
              var componentsEnd = by(end, components, COMPONENTS);
              // Events name some services in words that only the host knows, and carry its clock.
              var eventsEnd = machineEnd.thenCompose(known -> by(end, events, intervals.events()));
              var smtpEnd = gate.by(smtp, SHARED);
              var filterEnd = gate.by(filter, SHARED);
              var bannerEnd = gate.by(banner, OUTSIDE);
              return CompletableFuture.allOf(
                      definitionEnd,
                      eventsEnd,
                      foldersEnd,
                      componentsEnd,
                      machineEnd,
                      smtpEnd,
                      filterEnd,
                      bannerEnd)
                  .thenApply(
                      done ->
                          new Readings(
                              read,
                              definitionEnd.join(),
                              smtpEnd.join(),
                              filterEnd.join(),
                              eventsEnd.join(),
                              foldersEnd.join(),
                              bannerEnd.join(),
                              componentsEnd.join(),
                              machineEnd.join()));
            });
  }

  /** What was read last, without a question to the host. */
  Readings known() {
    return new Readings(
        services.known(begun),
        known(definition),
        known(smtp),
        known(filter),
        known(events),
        known(folders),
        known(banner),
        known(components),
        known(machine));
  }

  private <T> Taken<T> known(Optional<ReadingSlot<T>> slot) {
    return slot.map(s -> s.known(begun)).orElseGet(this::switchedOff);
  }

  /** What asks for a reading of the definition or the events before its time. */
  void refreshDefinition() {
    definition.ifPresent(ReadingSlot::refresh);
  }

  void refreshEvents() {
    events.ifPresent(ReadingSlot::refresh);
  }

  /**
   * Takes what is due by itself, whether or not anybody scrapes.
   *
   * @param servicesAge how old the reading of the services may be
   * @param eventsAge how old that of the events may be
   * @param servicesKnown whether the services were ever read: events name some of them in words
   *     that only the host knows
   * @param smtpRuns whether SMTPSVC is known to run
   */
  void tend(Duration servicesAge, Duration eventsAge, boolean servicesKnown, boolean smtpRuns) {
    services.tend(servicesAge);
    definition.ifPresent(slot -> slot.tend(intervals.definition()));
    if (servicesKnown) {
      events.ifPresent(slot -> slot.tend(eventsAge));
    }
    folders.ifPresent(slot -> slot.tend(OUTSIDE));
    machine.ifPresent(slot -> slot.tend(MACHINE));
    if (smtpRuns) {
      smtp.ifPresent(slot -> slot.tend(OUTSIDE));
      banner.ifPresent(slot -> slot.tend(OUTSIDE));
    }
  }

  /** How many readings have taken longer than they may and have still not returned. */
  int stuck() {
    Stream<Optional<? extends ReadingSlot<?>>> all =
        Stream.of(
            Optional.of(services),
            definition,
            smtp,
            filter,
            events,
            folders,
            banner,
            components,
            machine);
    return (int) all.flatMap(Optional::stream).filter(ReadingSlot::stuck).count();
  }

  private <T> CompletableFuture<Taken<T>> by(
      Moment end, Optional<ReadingSlot<T>> slot, Duration age) {
    return slot.map(s -> s.by(end, s.fresh(age)))
        .orElseGet(() -> CompletableFuture.completedFuture(switchedOff()));
  }

  private <T> Taken<T> switchedOff() {
    return new Taken<>(
        new Result.NotApplicable<>("Switched off by the configuration"), begun, Duration.ZERO);
  }

  /** Lets through to what needs SMTP while SMTPSVC runs. */
  private final class Gate {
    private final Moment end;
    private final Taken<Services> services;
    private final Optional<ServiceState> smtpState;

    Gate(Moment end, Taken<Services> services, Optional<ServiceState> smtpState) {
      this.end = end;
      this.services = services;
      this.smtpState = smtpState;
    }

    <T> CompletableFuture<Taken<T>> by(Optional<ReadingSlot<T>> slot, Duration age) {
      boolean known = services.value().isPresent();
      if (slot.isEmpty() || (known && smtpState.equals(Optional.of(ServiceState.RUNNING)))) {
        return HostReadings.this.by(end, slot, age);
      }
      return CompletableFuture.completedFuture(
          new Taken<>(known ? notRunning() : notKnown(), services.at(), Duration.ZERO));
    }

    private <T> Result<T> notKnown() {
      return new Result.Failed<>(
          "Not asked, as it is not known whether SMTPSVC runs", ErrorReason.OTHER);
    }

    private <T> Result<T> notRunning() {
      return new Result.NotApplicable<>(
          smtpState
              .map(state -> "SMTPSVC is " + state + "; there is nothing to ask while it is")
              .orElse("SMTPSVC is not installed"));
    }
  }
}
