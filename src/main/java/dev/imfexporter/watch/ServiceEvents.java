package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.watch.ServiceFact.Booted;
import dev.imfexporter.watch.ServiceFact.Cause;
import dev.imfexporter.watch.ServiceFact.EventRef;
import dev.imfexporter.watch.ServiceFact.Seen;
import dev.imfexporter.watch.ServiceFact.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the services' ledgers what the event log says of services and boots. */
final class ServiceEvents {
  /** Times of events are cut to whole seconds, and the record may come a second late. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** Accounts of persons, as against those of the system and its services (MS-DTYP 2.4.2.4). */
  private static final String PERSON = "S-1-5-21-";

  private static final int MOST_PENDING = 16;

  private final ServiceLedgers services;
  private final EventTimes times;
  private final Consumer<Fact> facts;
  private final StateWords words = new StateWords();
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** An event with a word that nobody knows yet. */
  private record Pending(String service, String word, Instant at) {}

  ServiceEvents(ServiceLedgers services, EventTimes times, Consumer<Fact> facts) {
    this.services = services;
    this.times = times;
    this.facts = facts;
  }

  /**
   * Takes what was read of a log into account.
   *
   * @return how many events name a watched service and a state in words that are not known
   */
  long observe(LogRead read) {
    List<Instant> at = times.axis(read.events());
    long unrecognised = 0;
    for (int i = 0; i < at.size(); i++) {
      LoggedEvent event = read.events().get(i);
      if (event.meaning() instanceof Meaning.OfService of) {
        Optional<String> service = services.named(of.service());
        if (service.isPresent() && !observe(service.get(), event, of, at.get(i))) {
          unrecognised++;
        }
      }
      host(event.meaning(), at.get(i));
    }
    return unrecognised;
  }

  /** False if the event could not be understood. */
  private boolean observe(String service, LoggedEvent event, Meaning.OfService of, Instant at) {
    if (of instanceof Meaning.Entered entered) {
      Optional<ServiceState> state = entered.state().or(() -> words.meaning(entered.word()));
      if (state.isEmpty()) {
        pending.addLast(new Pending(service, entered.word(), at));
        if (pending.size() > MOST_PENDING) {
          pending.removeFirst();
        }
        return false;
      }
      logged(service, state.get(), Optional.empty(), event, at);
    } else if (of instanceof Meaning.Failed failed) {
      cause(failed.failure())
          .ifPresent(cause -> logged(service, ServiceState.STOPPED, Optional.of(cause), event, at));
    } else if (of instanceof Meaning.Controlled controlled) {
      boolean byUser = controlled.user().filter(sid -> sid.startsWith(PERSON)).isPresent();
      controlled
          .control()
          .ifPresent(
              control ->
                  services.ledger(service).told(new Told(service, control, byUser, at, ref(event))));
      return controlled.control().isPresent();
    }
    return true;
  }

  private static Optional<Cause> cause(Meaning.Failure failure) {
    return switch (failure) {
      case TERMINATED -> Optional.of(Cause.CRASH);
      case TERMINATED_RECOVERING -> Optional.of(Cause.CRASH_RECOVERING);
      case STOPPED_WITH_ERROR -> Optional.of(Cause.ERROR);
      case START, OTHER -> Optional.empty();
    };
  }

  private void logged(
      String service,
      ServiceState state,
      Optional<Cause> cause,
      LoggedEvent event,
      Instant at) {
    Duration margin = ROUNDING.plus(times.error());
    services
        .ledger(service)
        .logged(
            new Seen(
                service,
                state,
                Witness.EVENT,
                at,
                margin,
                margin,
                cause,
                Optional.of(ref(event))),
            Merging.TOLERANCE);
  }

  private void host(Meaning meaning, Instant at) {
    Boots boots = services.boots();
    if (meaning instanceof Meaning.Booted) {
      Optional<Instant> alive = boots.alive();
      boots.up(at).ifPresent(boot -> booted(boot, alive));
    } else if (meaning instanceof Meaning.ShutDown down) {
      if (down.orderly()) {
        boots.down(at);
      }
    } else {
      boots.alive(at);
    }
  }

  /** If the end was not orderly, the host was up at least until its last record. */
  private void booted(Booted boot, Optional<Instant> alive) {
    facts.accept(boot);
    boot.down()
        .ifPresentOrElse(
            down -> services.shutDown(down, ROUNDING.plus(times.error())),
            () ->
                alive
                    .filter(at -> at.isBefore(boot.up()))
                    .ifPresent(at -> services.shutDown(at, Duration.between(at, boot.up()))));
  }

  private static EventRef ref(LoggedEvent event) {
    return new EventRef(event.log(), event.record(), event.written());
  }

  /** Learns from services that were seen to enter a state when an event had a word for it. */
  void learn() {
    for (Pending event : List.copyOf(pending)) {
      services
          .ledger(event.service())
          .enteredAt(event.at(), Merging.TOLERANCE.plus(times.error()))
          .ifPresent(
              state -> {
                pending.remove(event);
                words.agreed(event.word(), state).ifPresent(facts);
              });
    }
  }

  void replay(ServiceFact.WordLearned fact) {
    words.replay(fact);
  }

  List<Fact> snapshot() {
    return words.snapshot();
  }
}
