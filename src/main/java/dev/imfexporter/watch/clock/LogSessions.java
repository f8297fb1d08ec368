package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits the events of a log, which arrive in pieces, at the boots of the host. */
final class LogSessions {
  /** Within this time, by the host's clock, the events of one boot are written. */
  private static final Duration ONE_BOOT = Duration.ofMinutes(10);

  /** What the event log writes when it starts, all within a second or two. */
  private static final Set<Integer> OF_EVENT_LOG = Set.of(6005, 6008, 6009);

  private static final Duration TOGETHER = Duration.ofSeconds(10);

  /** Ids of the boot of the current session: Windows writes each once in a boot. */
  private final Set<Integer> ids = new HashSet<>();

  private @Nullable Instant booted;
  private @Nullable Instant logStarted;
  private @Nullable Instant lastWritten;

  /**
   * @param events in the order of the log, behind those of the call before
   * @return at least one session: the first goes on from the call before, and has no event if these
   *     begin with a boot
   */
  List<LogSession> split(List<LoggedEvent> events) {
    List<LogSession> sessions = new ArrayList<>();
    LogSession current = new LogSession(true, lastWritten);
    sessions.add(current);
    for (LoggedEvent event : events) {
      if (event.meaning().isOfBoot() && begins(event)) {
        current = new LogSession(false, null);
        sessions.add(current);
      }
      current.add(event, reported(event).isPresent());
    }
    lastWritten = current.lastWritten();
    return sessions;
  }

  /**
   * When the session before the boot ended, by the host's clock; empty if the event says no time.
   */
  static Optional<Instant> reported(LoggedEvent event) {
    return event.meaning() instanceof Meaning.ShutDown down ? down.died() : Optional.empty();
  }

  private boolean begins(LoggedEvent event) {
    Instant at = event.written();
    boolean ofLog = OF_EVENT_LOG.contains(event.id());
    boolean goesOn =
        isWithin(ONE_BOOT, booted, at)
            && (!ofLog || logStarted == null || isWithin(TOGETHER, logStarted, at))
            && ids.add(event.id());
    if (!goesOn) {
      booted = at;
      logStarted = null;
      ids.clear();
      ids.add(event.id());
    }
    if (ofLog && logStarted == null) {
      logStarted = at;
    }
    return !goesOn;
  }

  private static boolean isWithin(Duration time, @Nullable Instant first, Instant at) {
    return first != null && Duration.between(first, at).abs().compareTo(time) <= 0;
  }
}
