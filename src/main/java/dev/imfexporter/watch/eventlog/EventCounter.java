package dev.imfexporter.watch.eventlog;

import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.fact.EventFact.EventCount;
import dev.imfexporter.watch.fact.EventFact.FailureCount;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.BindFailureCount;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.EventHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts events, and knows how far each log has been read. Pure, and to be fed by one thread at a
 * time; {@link #replay} of all facts that {@link #observe} gave makes it what it was.
 */
public final class EventCounter {
  /** Kinds of events of a log. The providers are bounded by configuration, their ids are not. */
  private static final int MOST_KINDS = 300;

  /** Virtual servers that could not bind; IIS numbers them, and few hosts have more than one. */
  private static final int MOST_VIRTUAL_SERVERS = 64;

  /** The event of a port that could not be bound; 429 is about a folder. */
  private static final int PORT_TAKEN = 115;

  /** Stands for all further virtual servers. */
  private static final String OTHER_SERVERS = "other";

  private final Map<String, Log> logs = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Long>> failures =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Long> bindFailures = new TreeMap<>();
  private final Map<Clue, ClueSeen> clues = new EnumMap<>(Clue.class);

  /** Those that the next fact of a log takes along. */
  private final Map<Clue, ClueSeen> newClues = new EnumMap<>(Clue.class);

  private record Kind(String provider, int id, Level level) {}

  private static final class Log {
    @Nullable EventCursor cursor;
    long gaps;
    Optional<Instant> lastGap = Optional.empty();
    long unrecognised;
    final Map<Kind, Long> counts = new LinkedHashMap<>();
  }

  /**
   * Takes the clue of an event, if it gives one; {@link #observe} of its log comes next.
   *
   * @param at on the axis of the state
   */
  public void clue(LoggedEvent event, Instant at) {
    String name = event.provider() + " " + event.id();
    if (event.meaning() instanceof Meaning.ClueGiven given) {
      keep(newClues, new ClueSeen(given.clue(), name, given.about(), given.reason(), at));
    } else if (event.meaning() instanceof Meaning.BindFailed failed && event.id() == PORT_TAKEN) {
      keep(newClues, new ClueSeen(Clue.PORT_TAKEN, name, failed.virtualServer(), "", at));
    }
  }

  private static void keep(Map<Clue, ClueSeen> newest, ClueSeen seen) {
    newest.merge(seen.clue(), seen, (a, b) -> b.at().isBefore(a.at()) ? a : b);
  }

  /**
   * Takes what was read of a log into account.
   *
   * @param counted whether an event's provider is one of those that are counted
   * @param service the short name of a watched service; empty for all others
   * @param unrecognised how many of the events have a meaning that could not be decoded
   * @param seen when it was read, by the exporter's clock
   * @return the fact; empty when nothing came
   */
  public Optional<EventFact.LogRead> observe(
      LogRead read,
      Predicate<LoggedEvent> counted,
      Function<Meaning.Named, Optional<String>> service,
      long unrecognised,
      Instant seen) {
    Map<Kind, Long> counts = new LinkedHashMap<>();
    Map<String, Map<Integer, Long>> failed = new TreeMap<>();
    Map<String, Long> unbound = new TreeMap<>();
    for (LoggedEvent event : read.events()) {
      if (counted.test(event)) {
        counts.merge(new Kind(event.provider(), event.id(), event.level()), 1L, Long::sum);
      }
      if (event.meaning() instanceof Meaning.Failed failure) {
        service
            .apply(failure.service())
            .ifPresent(
                name ->
                    failed
                        .computeIfAbsent(name, n -> new TreeMap<>())
                        .merge(event.id(), 1L, Long::sum));
      }
      if (event.meaning() instanceof Meaning.BindFailed failure) {
        unbound.merge(failure.virtualServer(), 1L, Long::sum);
      }
    }
    EventFact.LogRead fact =
        new EventFact.LogRead(
            read.log(),
            read.cursor(),
            read.interruption().map(why -> seen),
            read.interruption().isPresent() ? 1 : 0,
            eventCounts(counts),
            failureCounts(failed),
            bindFailureCounts(unbound),
            unrecognised,
            List.copyOf(newClues.values()));
    newClues.clear();
    boolean known = logs.containsKey(read.log()) && read.cursor().equals(cursor(read.log()));
    if (known && read.interruption().isEmpty() && unrecognised == 0 && fact.clues().isEmpty()) {
      return Optional.empty();
    }
    replay(fact);
    return Optional.of(fact);
  }

  /** A fact that a journal has twice counts once, also with other facts between the two. */
  public void replay(EventFact.LogRead fact) {
    Log log = logs.computeIfAbsent(fact.log(), name -> new Log());
    EventCursor before = log.cursor;
    boolean known =
        before != null && fact.cursor().filter(cursor -> isUpTo(cursor, before)).isPresent();
    if (known && (fact.gap().isEmpty() || fact.gap().equals(log.lastGap))) {
      return;
    }
    log.cursor = fact.cursor().orElse(log.cursor);
    if (fact.gap().isPresent()) {
      log.gaps += fact.gaps();
      log.lastGap = fact.gap();
    }
    log.unrecognised += fact.unrecognised();
    for (EventCount count : fact.counts()) {
      Kind kind = new Kind(count.provider(), count.id(), count.level());
      if (!log.counts.containsKey(kind) && log.counts.size() >= MOST_KINDS) {
        kind = new Kind(count.provider(), EventHistory.OTHER, count.level());
      }
      log.counts.merge(kind, count.count(), Long::sum);
    }
    for (FailureCount count : fact.failures()) {
      failures
          .computeIfAbsent(count.service(), name -> new TreeMap<>())
          .merge(count.id(), count.count(), Long::sum);
    }
    for (BindFailureCount count : fact.bindFailures()) {
      bindFailures.merge(listed(count.virtualServer()), count.count(), Long::sum);
    }
    fact.clues().forEach(seen -> keep(clues, seen));
  }

  /** After a log was cleared the numbers are lower, after a clock was set back the times are. */
  private static boolean isUpTo(EventCursor cursor, EventCursor other) {
    return cursor.record() <= other.record() && !cursor.written().isAfter(other.written());
  }

  /** Forgets the failures of services. */
  public void forget(Set<String> services) {
    services.forEach(failures::remove);
  }

  private String listed(String virtualServer) {
    int servers = bindFailures.size() - (bindFailures.containsKey(OTHER_SERVERS) ? 1 : 0);
    return bindFailures.containsKey(virtualServer) || servers < MOST_VIRTUAL_SERVERS
        ? virtualServer
        : OTHER_SERVERS;
  }

  /** How far a log has been read; empty before. */
  public Optional<EventCursor> cursor(String log) {
    return Optional.ofNullable(logs.get(log)).map(known -> known.cursor);
  }

  /** Facts that stand for all so far. */
  public List<Fact> snapshot() {
    List<Fact> facts = new ArrayList<>();
    boolean first = true;
    for (Map.Entry<String, Log> entry : logs.entrySet()) {
      Log log = entry.getValue();
      facts.add(
          new EventFact.LogRead(
              entry.getKey(),
              Optional.ofNullable(log.cursor),
              log.lastGap,
              log.gaps,
              eventCounts(log.counts),
              first ? failureCounts(failures) : List.of(),
              first ? bindFailureCounts(bindFailures) : List.of(),
              log.unrecognised,
              first ? List.copyOf(clues.values()) : List.of()));
      first = false;
    }
    return facts;
  }

  public EventHistory history() {
    List<EventHistory.Log> told = new ArrayList<>();
    List<EventHistory.Events> events = new ArrayList<>();
    logs.forEach(
        (name, log) -> {
          told.add(new EventHistory.Log(name, log.gaps, log.lastGap, log.unrecognised));
          log.counts.forEach(
              (kind, count) ->
                  events.add(
                      new EventHistory.Events(name, kind.provider, kind.id, kind.level, count)));
        });
    List<EventHistory.Failures> failed = new ArrayList<>();
    failures.forEach(
        (service, ids) ->
            ids.forEach((id, count) -> failed.add(new EventHistory.Failures(service, id, count))));
    return new EventHistory(
        told, events, failed, bindFailureCounts(bindFailures), List.copyOf(clues.values()));
  }

  private static List<EventCount> eventCounts(Map<Kind, Long> counts) {
    return counts.entrySet().stream()
        .map(
            e -> new EventCount(e.getKey().provider, e.getKey().id, e.getKey().level, e.getValue()))
        .toList();
  }

  private static List<FailureCount> failureCounts(Map<String, Map<Integer, Long>> failures) {
    List<FailureCount> counts = new ArrayList<>();
    failures.forEach(
        (service, ids) ->
            ids.forEach((id, count) -> counts.add(new FailureCount(service, id, count))));
    return counts;
  }

  private static List<BindFailureCount> bindFailureCounts(Map<String, Long> failures) {
    return failures.entrySet().stream()
        .map(e -> new BindFailureCount(e.getKey(), e.getValue()))
        .toList();
  }
}
