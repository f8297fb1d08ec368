package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.HostState;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.Services;
import dev.imfexporter.watch.Episode.Boot;
import dev.imfexporter.watch.Episode.Sign;
import dev.imfexporter.watch.ServiceFact.Booted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All ledgers of a host; every writer and reader goes through this one lock, and every fact goes
 * from here to the store. Thread-safe.
 */
final class Ledgers {

  /** A clock that is slewed moves less than this between two looks. */
  private static final Duration LEAP = Duration.ofSeconds(1);

  private static final Duration ALIVE = Duration.ofHours(1);

  private final FactStore store;
  private final boolean eventsWanted;
  private final Set<String> counted;
  private final List<Fact> facts = new ArrayList<>();
  private final EventTimes times = new EventTimes();
  private final ServiceLedgers services;
  private final ServiceEvents serviceEvents;
  private final EventLedger events = new EventLedger();
  private final UpdateLedger updates = new UpdateLedger();
  private final EpisodeTracker episodes;
  private final MailFlowWatch mail;

  private boolean eventsReadable;
  private Instant eventsReadTo = Instant.MIN;
  private boolean catchingUp;
  private boolean readable;
  private @Nullable Moment clock;
  private @Nullable Moment alive;

  /** Since when nobody watched, until it is known what the event log tells of that time. */
  private @Nullable Instant absence;

  Ledgers(WatchPlan plan, FactStore store) {
    this.store = store;
    eventsWanted = plan.events().isPresent();
    eventsReadable = eventsWanted;
    counted = plan.countedProviders();
    services = new ServiceLedgers(plan.retention(), facts::add);
    serviceEvents = new ServiceEvents(services, times, facts::add);
    episodes = new EpisodeTracker(plan.limits());
    mail = new MailFlowWatch(plan.banner().isPresent());
    store.recovered().forEach(this::replay);
    facts.clear();
    store.summary(this::summary);
  }

  private void replay(Fact fact) {
    if (fact instanceof ServiceFact.WordLearned word) {
      serviceEvents.replay(word);
    } else if (fact instanceof Booted boot) {
      services.replay(boot);
      episodes.booted(new Boot(boot.down(), boot.up()));
    } else if (fact instanceof ServiceFact.Alive known) {
      services.replay(known);
      absence = known.at();
    } else if (fact instanceof ServiceFact of) {
      services.replay(of);
    } else if (fact instanceof UpdateFact of) {
      updates.replay(of);
    } else if (fact instanceof EventFact.LogRead of) {
      events.replay(of);
    }
    episodes.replay(fact);
  }

  private synchronized List<Fact> summary() {
    Instant now = clock == null ? Instant.EPOCH : clock.wall();
    List<Fact> all = new ArrayList<>(services.snapshot(now));
    all.addAll(serviceEvents.snapshot());
    all.addAll(updates.snapshot());
    all.addAll(episodes.snapshot());
    all.addAll(events.snapshot());
    return all;
  }

  /** Takes a reading of all services into account. */
  synchronized ServiceLedgers.Polled services(
      Services reading, Moment asked, Moment seen, Predicate<String> reported) {
    begin(seen);
    ServiceLedgers.Polled polled = services.observe(reading, asked, seen, reported);
    readable = true;
    conclude(seen);
    return polled;
  }

  /** The services could not be read. */
  synchronized void unreadable(Moment now) {
    begin(now);
    readable = false;
    conclude(now);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  synchronized boolean notified(String service, ServiceStatus status, Moment seen) {
    begin(seen);
    boolean changed = services.observe(service, status, seen);
    conclude(seen);
    return changed;
  }

  /** Takes a piece of the event logs into account. */
  synchronized void events(Events read, Moment asked, Moment seen) {
    begin(seen);
    boolean complete = true;
    for (LogRead log : read.logs()) {
      long unrecognised = serviceEvents.observe(log);
      List<Instant> at = times.axis(log.events());
      for (int i = 0; i < at.size(); i++) {
        updates.observe(log.events().get(i).meaning(), at.get(i)).ifPresent(episodes::observe);
      }
      lost(log, at, seen);
      facts.add(
          events.observe(log, this::isCounted, services::named, unrecognised, seen.wall()));
      complete &= log.complete();
      if (!log.complete() && !at.isEmpty()) {
        eventsReadTo = at.get(at.size() - 1);
      }
    }
    eventsReadable = true;
    catchingUp = !complete;
    if (complete) {
      eventsReadTo = asked.wall();
    }
    conclude(seen);
  }

  private void lost(LogRead log, List<Instant> at, Moment seen) {
    if (log.interruption().isPresent()) {
      Optional<Instant> from = events.cursor(log.log()).map(EventCursor::written).map(times::axis);
      Instant until = at.isEmpty() ? seen.wall() : at.get(0);
      from.filter(start -> start.isBefore(until)).ifPresent(f -> episodes.unwatched(f, until));
    }
  }

  private boolean isCounted(LoggedEvent event) {
    return counted.contains(event.provider());
  }

  /** The event logs cannot be read, for whatever reason. */
  synchronized void eventsUnreadable(Moment now) {
    begin(now);
    eventsReadable = false;
    catchingUp = false;
    conclude(now);
  }

  synchronized void definition(Definition read, Moment seen) {
    begin(seen);
    List<Sign> news = updates.observe(read, times::axis, seen.wall());
    news.forEach(episodes::observe);
    conclude(seen);
  }

  /** Takes a look at the host's clock into account. */
  synchronized void machine(HostState state, Moment asked, Moment ended) {
    begin(ended);
    Duration half = ended.since(asked).dividedBy(2);
    times.measured(
        Duration.between(ended.wall().minus(half), state.time()), state.error());
    if (!eventsReadable) {
      services.boots().up(ended.wall().minus(half).minus(state.sinceBoot())).ifPresent(facts::add);
    }
    conclude(ended);
  }

  /** What is read of the mail, for the judgement of its flow. */
  synchronized void mail(Consumer<MailFlowWatch> reading, Moment now) {
    begin(now);
    reading.accept(mail);
    conclude(now);
  }

  /** Lets time pass. */
  synchronized void tick(Moment now) {
    begin(now);
    Moment last = alive;
    if (readable && (last == null || now.since(last).compareTo(ALIVE) >= 0)) {
      alive = now;
      facts.add(new ServiceFact.Alive(now.wall()));
    }
    conclude(now);
  }

  /** A clock that was set moves with it what is not settled, so that durations stay true. */
  private void begin(Moment now) {
    Moment last = clock;
    clock = now;
    if (last == null) {
      return;
    }
    Duration by = Duration.between(last.wall(), now.wall()).minus(now.since(last));
    if (by.abs().compareTo(LEAP) > 0) {
      services.clockMoved(by, now.wall());
      facts.add(new ServiceFact.ClockMoved(by, now.wall()));
      if (eventsReadTo.isAfter(Instant.MIN)) {
        eventsReadTo = eventsReadTo.plus(by);
      }
    }
  }

  private void conclude(Moment now) {
    Instant wall = now.wall();
    services.agree(wall);
    serviceEvents.learn();
    absence(wall);
    services.unsettledOutages().forEach(episodes::observe);
    services.settle(eventsReadable, eventsReadTo, wall);
    facts.stream()
        .filter(Booted.class::isInstance)
        .map(Booted.class::cast)
        .forEach(boot -> episodes.booted(new Boot(boot.down(), boot.up())));
    if (!catchingUp) {
      track(now);
    }
    facts.addAll(updates.takeFacts());
    facts.addAll(episodes.takeFacts());
    if (!facts.isEmpty()) {
      store.keep(List.copyOf(facts));
      facts.clear();
    }
  }

  /** Of the time before this run, the event log tells, or nobody. */
  private void absence(Instant now) {
    Instant since = absence;
    if (since != null && readable && !catchingUp) {
      if (!eventsReadable) {
        episodes.unwatched(since, now);
      }
      if (!eventsReadable || eventsReadTo.isAfter(Instant.MIN)) {
        absence = null;
      }
    }
  }

  private void track(Moment now) {
    MailFlow.State flow = mail.judge(now, readable, services).state();
    episodes.advance(
        now.wall(),
        readable ? new HostCondition(true, services.out(), flow) : HostCondition.UNREADABLE);
  }

  /** Whether an outage that is over waits for the event log. */
  synchronized boolean unsettled() {
    return eventsReadable && services.unsettled();
  }

  /** Whether there is more to read of an event log at once. */
  synchronized boolean catchingUp() {
    return catchingUp;
  }

  /** Whether the services are known, without which events say little. */
  synchronized boolean servicesKnown() {
    return services.read();
  }

  /** How far a log has been read. */
  synchronized Optional<EventCursor> cursor(String log) {
    return events.cursor(log);
  }

  /** Whether another look has to tell who is right, a poll or the notifications. */
  synchronized boolean inDoubt() {
    return services.inDoubt();
  }

  /** The newest known state; empty when the service is not installed or was never read. */
  synchronized Optional<ServiceState> state(String service) {
    return services.state(service);
  }

  /** The services in the newest reading that are installed, in its order. */
  synchronized List<String> installed() {
    return services.installed();
  }

  /** What has happened. */
  synchronized HostHistory history(Function<String, Witness> witness, Instant now) {
    return new HostHistory(
        services.histories(witness, now),
        updates.history(),
        episodes.history(),
        events.history(),
        mail.newest());
  }
}
