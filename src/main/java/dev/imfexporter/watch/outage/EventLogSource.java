package dev.imfexporter.watch.outage;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Controlled;
import dev.imfexporter.collector.Meaning.Entered;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.fact.ServiceFact.Ending;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.Rebooted;
import dev.imfexporter.watch.fact.ServiceFact.StartFailed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Enters the events of services and boots into the trackers. */
final class EventLogSource {
  /** SIDs of users' accounts; those of the system itself are S-1-5-18, 19 and 20. */
  private static final String USER = "S-1-5-21-";

  private final Function<Meaning.Named, Optional<ServiceTracker>> services;
  private final Map<String, Logged> logged = new HashMap<>();
  private final ServiceRecords records;
  private final BootTracker boots;

  /** The state that the log reported last of a service. */
  private record Logged(ServiceState state, Instant at) {}

  /**
   * @param services the watched services, by the names that events have for them
   */
  EventLogSource(
      Function<Meaning.Named, Optional<ServiceTracker>> services,
      ServiceRecords records,
      LastSeen lastSeen) {
    this.services = services;
    this.records = records;
    this.boots = new BootTracker(records.boots(), lastSeen);
  }

  /**
   * Enters events, in the order of their log.
   *
   * @return how many name a state or a control of a watched service by a word that is not known,
   *     and do not show otherwise what it means
   */
  long enter(List<DatedEvent> events) {
    long unrecognised = 0;
    for (DatedEvent event : events) {
      Meaning meaning = event.event().meaning();
      if (meaning instanceof Meaning.Booted) {
        boots.booted(event).ifPresent(boot -> records.add(new Rebooted(boot)));
      } else if (meaning instanceof Meaning.ShutDown down) {
        if (down.orderly()) {
          boots.shutDown(event);
        } else if (down.died().isPresent()) {
          boots.died(event);
        }
      } else {
        boots.other(event);
        if (meaning instanceof Meaning.OfService of) {
          Optional<ServiceTracker> service = services.apply(of.service());
          if (service.isPresent() && !enter(service.get(), of, event)) {
            unrecognised++;
          }
        }
      }
    }
    return unrecognised;
  }

  /** Forgets what the log reported of a service. */
  void forget(String service) {
    logged.remove(service);
  }

  /** False if its word is not known and does not follow from the state. */
  private boolean enter(ServiceTracker service, Meaning.OfService meaning, DatedEvent event) {
    if (meaning instanceof Entered entered) {
      entered.state().ifPresent(state -> entered(service, state, Optional.empty(), event));
      return entered.state().isPresent();
    }
    if (meaning instanceof Controlled controlled) {
      Optional<Control> control = controlled.control().or(() -> byState(service, event));
      control.ifPresent(known -> controlled(service, known, controlled, event));
      return control.isPresent();
    }
    if (meaning instanceof Meaning.Failed failed) {
      Optional<Ending> ending = ending(failed.failure());
      if (ending.isPresent()) {
        entered(service, ServiceState.STOPPED, ending, event);
      } else if (failed.failure() == Meaning.Failure.START) {
        startFailed(service, event);
      }
    } else if (meaning instanceof Meaning.StartModeChanged changed) {
      service.mode().logged(changed.from(), event.at());
    }
    return true;
  }

  private void entered(
      ServiceTracker service, ServiceState state, Optional<Ending> ending, DatedEvent event) {
    logged.put(service.name(), new Logged(state, event.at()));
    service.logged(state, ending, event);
  }

  /**
   * The control that a service can obey in its state: one that runs is stopped, one that is stopped
   * is started. A pause, which is rare, is taken for a stop; no outage begins by that.
   */
  private Optional<Control> byState(ServiceTracker service, DatedEvent event) {
    Logged last = logged.get(service.name());
    // Within a second, the order of the log is better evidence than times.
    ServiceState state =
        last != null && !last.at().isBefore(event.at().minus(Merging.TOLERANCE))
            ? last.state()
            : service.record().timeline().stateAt(event.at());
    if (state == null) {
      return Optional.empty();
    }
    return switch (state) {
      case RUNNING -> Optional.of(Control.STOP);
      case STOPPED -> Optional.of(Control.START);
      case START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING, PAUSED -> Optional.empty();
    };
  }

  private void startFailed(ServiceTracker service, DatedEvent event) {
    LogRecord record = record(event);
    if (!service.record().has(record)) {
      records.add(new StartFailed(service.name(), event.at(), event.margin(), record));
    }
  }

  private static void controlled(
      ServiceTracker service, Control control, Controlled controlled, DatedEvent event) {
    boolean byUser = controlled.user().filter(sid -> sid.startsWith(USER)).isPresent();
    if (control == Control.STOP || (control == Control.START && byUser)) {
      service.controlled(control == Control.START, event);
    }
  }

  private static Optional<Ending> ending(Meaning.Failure failure) {
    return switch (failure) {
      case TERMINATED -> Optional.of(Ending.TERMINATED);
      case TERMINATED_RECOVERING -> Optional.of(Ending.TERMINATED_RECOVERING);
      case STOPPED_WITH_ERROR -> Optional.of(Ending.ERROR);
      case START, OTHER -> Optional.empty();
    };
  }

  /** The record of an event, as the host numbers and dates it. */
  static LogRecord record(DatedEvent event) {
    return new LogRecord(event.event().record(), event.event().written());
  }
}
