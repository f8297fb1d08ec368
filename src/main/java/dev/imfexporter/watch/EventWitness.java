package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Events.LogRead;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Control;
import dev.imfexporter.reading.Meaning.Controlled;
import dev.imfexporter.reading.Meaning.Entered;
import dev.imfexporter.reading.Meaning.Named;
import dev.imfexporter.watch.EventTimes.Placed;
import dev.imfexporter.watch.ServiceFact.Ending;
import dev.imfexporter.watch.ServiceFact.LogRecord;
import dev.imfexporter.watch.ServiceFact.Rebooted;
import dev.imfexporter.watch.ServiceFact.Sighted;
import dev.imfexporter.watch.ServiceFact.WordHeard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the event logs say of services and of the host's boots. */
final class EventWitness {
  /** SIDs of accounts that people have; those of the system itself are S-1-5-18, 19 and 20. */
  private static final String USER = "S-1-5-21-";

  private static final int UNKNOWN_WORDS = 64;
  private static final Duration WORD_AGE = Duration.ofMinutes(2);

  private final Function<Named, Optional<ServiceLedger>> services;
  private final StateWords words;
  private final Consumer<ServiceFact> tell;
  private final BootWatch boots;
  private final Map<String, EventTimes> times = new HashMap<>();
  private final List<Unknown> unknown = new ArrayList<>();
  private Optional<Clock> clock = Optional.empty();

  /** An event whose word for a state is not known. */
  private record Unknown(ServiceLedger service, String word, Sighted seen) {}

  private record Clock(Duration ahead, Duration error) {}

  /**
   * @param services those that are watched, by the names that events have for them
   */
  EventWitness(
      Function<Named, Optional<ServiceLedger>> services,
      StateWords words,
      List<Boot> boots,
      Consumer<ServiceFact> tell) {
    this.services = services;
    this.words = words;
    this.tell = tell;
    this.boots = new BootWatch(boots);
  }

  void measured(Duration ahead, Duration error) {
    clock = Optional.of(new Clock(ahead, error));
    times.values().forEach(log -> log.measured(ahead, error));
  }

  /** A time of the host's present clock, by the exporter's. */
  Instant ours(Instant hosts) {
    return clock.map(c -> hosts.minus(c.ahead())).orElse(hosts);
  }

  void shift(Duration by) {
    clock = clock.map(c -> new Clock(c.ahead().minus(by), c.error()));
    times.values().forEach(log -> log.shift(by));
    boots.shift(by);
  }

  /** When the events of a log were written, in its order. */
  List<Placed> place(LogRead read, Instant asked, Instant ended) {
    return times
        .computeIfAbsent(read.log(), this::log)
        .place(read.events(), asked, ended, read.complete());
  }

  /**
   * Enters events into the ledgers.
   *
   * @param lastLook when the host last answered before a time
   * @return how many have a word for a state or a control of a watched service that is not known
   */
  long enter(List<Placed> events, Function<Instant, Optional<Instant>> lastLook) {
    long unrecognised = 0;
    for (Placed placed : events) {
      Meaning meaning = placed.event().meaning();
      if (meaning instanceof Meaning.Booted) {
        boots.booted(placed, lastLook).ifPresent(boot -> tell.accept(new Rebooted(boot)));
        continue;
      }
      if (meaning instanceof Meaning.ShutDown down) {
        if (down.orderly()) {
          boots.shutDown(placed);
        }
        continue;
      }
      boots.other(placed);
      if (meaning instanceof Meaning.OfService of) {
        Optional<ServiceLedger> service = services.apply(of.service());
        if (service.isPresent() && !entered(service.get(), of, placed)) {
          unrecognised++;
        }
      }
    }
    return unrecognised;
  }

  /**
   * Learns words from what the other witnesses saw.
   *
   * @param asked up to when everything is known
   */
  void learn(Instant asked) {
    for (Unknown heard : List.copyOf(unknown)) {
      Set<ServiceState> seen =
          heard.service().record().timeline().near(heard.seen()).stream()
              .filter(t -> t.dated() && !t.toldBy(Witness.EVENT))
              .map(Transition::state)
              .filter(EventWitness::isFinal)
              .collect(Collectors.toSet());
      boolean alone = unknown.stream().filter(other -> confusable(heard, other)).count() == 1;
      if (seen.size() == 1 && alone) {
        tell.accept(new WordHeard(heard.word(), seen.iterator().next()));
      }
    }
    unknown.removeIf(
        heard ->
            !heard.service().record().timeline().near(heard.seen()).isEmpty()
                || heard.seen().latest().plus(WORD_AGE).isBefore(asked));
  }

  private EventTimes log(String name) {
    EventTimes log = new EventTimes();
    clock.ifPresent(c -> log.measured(c.ahead(), c.error()));
    return log;
  }

  /** False if its word is not known. */
  private boolean entered(ServiceLedger service, Meaning.OfService meaning, Placed placed) {
    LogRecord record = new LogRecord(placed.event().record(), placed.event().written());
    if (meaning instanceof Entered entered) {
      Optional<ServiceState> state = entered.state().or(() -> words.state(entered.word()));
      state.ifPresent(
          s -> service.logged(s, Optional.empty(), placed.at(), placed.margin(), record));
      if (state.isEmpty()) {
        unknown(service, entered.word(), placed);
      }
      return state.isPresent();
    }
    if (meaning instanceof Controlled controlled) {
      controlled.control().ifPresent(control -> ordered(service, control, controlled, placed));
      return controlled.control().isPresent();
    }
    if (meaning instanceof Meaning.Failed failed) {
      ending(failed.failure())
          .ifPresent(
              ending ->
                  service.logged(
                      ServiceState.STOPPED,
                      Optional.of(ending),
                      placed.at(),
                      placed.margin(),
                      record));
    } else if (meaning instanceof Meaning.StartModeChanged changed) {
      service.mode().logged(changed.from(), placed.at());
    }
    return true;
  }

  private static void ordered(
      ServiceLedger service, Control control, Controlled controlled, Placed placed) {
    LogRecord record = new LogRecord(placed.event().record(), placed.event().written());
    boolean byUser = controlled.user().filter(sid -> sid.startsWith(USER)).isPresent();
    if (control == Control.STOP || (control == Control.START && byUser)) {
      service.ordered(control == Control.START, placed.at(), placed.margin(), record);
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

  private void unknown(ServiceLedger service, String word, Placed placed) {
    if (word.isBlank()) {
      return;
    }
    if (unknown.size() == UNKNOWN_WORDS) {
      unknown.remove(0);
    }
    unknown.add(
        new Unknown(
            service,
            word,
            new Sighted(
                "",
                ServiceState.STOPPED,
                Witness.EVENT,
                placed.at(),
                Optional.of(placed.margin()),
                Optional.empty(),
                Optional.empty())));
  }

  /** Whether a transition near the one may also be what the other tells of. */
  private static boolean confusable(Unknown one, Unknown other) {
    return one.service() == other.service()
        && one.service().record().timeline().near(one.seen()).stream()
            .anyMatch(one.service().record().timeline().near(other.seen())::contains);
  }

  private static boolean isFinal(ServiceState state) {
    return state == ServiceState.STOPPED
        || state == ServiceState.RUNNING
        || state == ServiceState.PAUSED;
  }
}
