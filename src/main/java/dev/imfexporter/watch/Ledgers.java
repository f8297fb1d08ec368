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
import dev.imfexporter.watch.EventTimes.Placed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  /** The log that tells of services. */
  private static final String SYSTEM = "System";

  /** More outages of earlier runs than may yet belong to an episode. */
  private static final int JOINABLE = 100;

  private final FactStore store;
  private final Set<String> counted;
  private final List<Fact> facts = new ArrayList<>();
  private final ServiceLook services;
  private final EventLedger events = new EventLedger();
  private final UpdateLedger updates = new UpdateLedger();
  private final EpisodeTracker episodes;
  private final MailFlowWatch mail;
  private final Absence absence = new Absence();
  private final boolean eventsTell;
  private long revision;
  private boolean catchingUp;
  private boolean readable;
  private @Nullable Moment lastRead;

  Ledgers(WatchPlan plan, FactStore store) {
    this.store = store;
    counted = plan.countedProviders();
    services = new ServiceLook(plan.retention(), facts::add);
    episodes = new EpisodeTracker(plan.limits());
    mail = new MailFlowWatch(plan.banner().isPresent());
    replay(store.recovered());
    facts.clear();
    eventsTell = plan.events().isPresent();
    if (eventsTell) {
      services.outages().expectEvents();
    } else {
      absence.eventsTell(false);
    }
    store.summary(this::summary);
  }

  private void replay(List<Fact> recovered) {
    Deque<Outage> newest = new ArrayDeque<>();
    for (Fact fact : recovered) {
      replay(fact);
      if (fact instanceof ServiceFact.Settled settled) {
        newest.addLast(settled.outage());
        if (newest.size() > JOINABLE) {
          newest.removeFirst();
        }
      }
    }
    newest.forEach(episodes::observe);
  }

  private void replay(Fact fact) {
    if (fact instanceof ServiceFact of) {
      services.outages().replay(of);
    } else if (fact instanceof UpdateFact of) {
      updates.replay(of);
    } else if (fact instanceof EventFact.LogRead of) {
      events.replay(of);
    } else if (fact instanceof Fact.Alive known) {
      absence.since(known.at());
      services.outages().alive(known.at());
    }
    if (fact instanceof ServiceFact.Rebooted rebooted) {
      episodes.booted(rebooted.boot());
    } else if (fact instanceof UpdateFact) {
      episodes.replay(fact);
    }
  }

  private synchronized List<Fact> summary() {
    List<Fact> all = new ArrayList<>(services.outages().summary());
    all.addAll(updates.snapshot());
    all.addAll(episodes.snapshot());
    all.addAll(events.snapshot());
    absence.newest().ifPresent(all::add);
    return all;
  }

  /** Takes a reading of all services into account. */
  synchronized ServiceLook.Polled services(
      Services reading, Moment asked, Moment seen, Predicate<String> reported) {
    ServiceLook.Polled polled = services.observe(reading, asked, seen, reported);
    if (!readable) {
      // The log is still to tell what nobody saw; until then, an outage seems to last until now.
      catchingUp = eventsTell;
    }
    readable = true;
    lastRead = asked;
    conclude(seen);
    return polled;
  }

  /** The services could not be read. */
  synchronized void unreadable(Moment now) {
    services.outages().now(now);
    if (readable) {
      absence.lastSeen(lastRead).ifPresent(facts::add);
    }
    readable = false;
    conclude(now);
  }

  /** Takes a notification into account; true if it shows another state than before. */
  synchronized boolean notified(String service, ServiceStatus status, Moment seen) {
    boolean changed = services.observe(service, status, seen);
    conclude(seen);
    return changed;
  }

  /** Takes a piece of the event logs into account. */
  synchronized void events(Events read, Moment asked, Moment seen) {
    services.outages().now(seen);
    OutageLedger.Told told = services.outages().told(read, asked, seen);
    for (Placed placed : told.placed()) {
      updates.observe(placed.event().meaning(), placed.at()).ifPresent(episodes::observe);
    }
    catchingUp = false;
    for (LogRead log : read.logs()) {
      lost(log, told.placed(), seen);
      long unrecognised = told.unrecognised().getOrDefault(log.log(), 0L);
      events
          .observe(log, this::isCounted, services.outages()::shortName, unrecognised, seen.wall())
          .ifPresent(facts::add);
      catchingUp |= !log.complete();
    }
    if (read.logs().stream()
        .anyMatch(log -> log.log().equals(SYSTEM) && log.failure().isPresent())) {
      services.outages().eventsUnreadable();
    }
    if (!catchingUp) {
      absence.eventsTell(true);
    }
    conclude(seen);
  }

  /** Of records that were lost, nobody knows what they told. */
  private void lost(LogRead log, List<Placed> placed, Moment seen) {
    Optional<Instant> from =
        log.interruption()
            .flatMap(why -> events.cursor(log.log()))
            .map(EventCursor::written)
            .map(services.outages()::ours);
    Instant until =
        placed.stream()
            .filter(p -> p.event().log().equals(log.log()))
            .map(Placed::at)
            .findFirst()
            .orElse(seen.wall());
    from.filter(start -> start.isBefore(until))
        .ifPresent(start -> episodes.unwatched(start, until));
  }

  private boolean isCounted(LoggedEvent event) {
    return counted.contains(event.provider());
  }

  /** The event logs cannot be read, for whatever reason. */
  synchronized void eventsUnreadable(Moment now) {
    services.outages().now(now);
    services.outages().eventsUnreadable();
    catchingUp = false;
    absence.eventsTell(false);
    conclude(now);
  }

  synchronized void definition(Definition read, Moment seen) {
    services.outages().now(seen);
    updates.observe(read, services.outages()::ours, seen.wall()).forEach(episodes::observe);
    conclude(seen);
  }

  /** Takes a look at the host's clock into account. */
  synchronized void machine(HostState state, Moment ended) {
    services.outages().now(ended);
    services.outages().clock(state, ended);
    conclude(ended);
  }

  /** Takes something that was read of the mail into account. */
  synchronized void mail(Consumer<MailFlowWatch> reading, Moment now) {
    services.outages().now(now);
    reading.accept(mail);
    conclude(now);
  }

  /** Lets time pass. */
  synchronized void tick(Moment now) {
    services.outages().now(now);
    if (readable) {
      absence.alive(now).ifPresent(facts::add);
    }
    conclude(now);
  }

  private void conclude(Moment now) {
    revision++;
    // Before they are counted, and then once more: the last word on an outage is a better one.
    services.outages().unsettled().forEach(episodes::observe);
    services.outages().settle(now);
    for (Fact fact : facts) {
      if (fact instanceof ServiceFact.Rebooted rebooted) {
        episodes.booted(rebooted.boot());
      } else if (fact instanceof ServiceFact.Settled settled) {
        episodes.observe(settled.outage());
      }
    }
    if (readable) {
      absence.unwatched(now.wall()).ifPresent(from -> episodes.unwatched(from, now.wall()));
    }
    if (!catchingUp || !readable) {
      MailFlow.State flow = mail.judge(now, readable, services).state();
      episodes.advance(
          now.wall(),
          readable ? new HostCondition(true, services.out(now), flow) : HostCondition.UNREADABLE);
    }
    // A write that is torn between the two then repeats a sign, and loses no episode.
    facts.addAll(episodes.takeFacts());
    facts.addAll(updates.takeFacts());
    if (!facts.isEmpty()) {
      store.keep(List.copyOf(facts));
      facts.clear();
    }
  }

  /**
   * Changes with everything that is told, be it news or not, and with the time, second by second.
   */
  synchronized long revision() {
    return revision;
  }

  /** Whether an outage that is over waits for the event log. */
  synchronized boolean unsettled() {
    return services.outages().unsettled().stream().anyMatch(o -> o.ended().isPresent());
  }

  /** Whether there is more to read of an event log at once. */
  synchronized boolean catchingUp() {
    return catchingUp;
  }

  /** Whether the services are known, without which events say little. */
  synchronized boolean servicesKnown() {
    return services.known();
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
  synchronized HostHistory history(Function<String, Witness> witness, Moment now) {
    return new HostHistory(
        services.histories(witness, now),
        services.outages().newest(),
        updates.history(),
        episodes.history(),
        events.history(),
        mail.newest());
  }
}
