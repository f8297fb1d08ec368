package dev.imfexporter.watch.outage;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Determines when a service's start mode changed: a poll reports the mode, the log the time. */
final class StartModeTracker {
  /** The interval at which start modes are polled (ServicesReading). */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private final String service;
  private final ServiceRecords records;
  private @Nullable Instant polled;
  private @Nullable Instant logged;
  private @Nullable Change change;

  /** A poll found another mode: the change happened after {@code after}, up to {@code until}. */
  private record Change(Instant after, Instant until) {}

  StartModeTracker(String service, ServiceRecords records) {
    this.service = service;
    this.records = records;
  }

  /** A poll found this mode, which may be a minute old. */
  void polled(StartMode mode, Instant seen) {
    Optional<StartModeObserved> before = modes().newest();
    if (!before.map(StartModeObserved::mode).equals(Optional.of(mode))) {
      Instant since =
          polled != null ? polled.minus(INTERVAL) : before.map(StartModeObserved::at).orElse(seen);
      if (before.isPresent()) {
        change = new Change(since, seen);
      }
      Instant log = logged;
      boolean dated = log != null && log.isAfter(since) && !log.isAfter(seen);
      records.add(new StartModeObserved(service, mode, dated && log != null ? log : seen));
    }
    polled = seen;
  }

  /**
   * The log reports a change (event 7040).
   *
   * @param from the former mode, in the host's language; that of an automatic start has "auto" in
   *     it in most of Windows' languages ("auto start", "Automatisch starten", "Démarrage
   *     automatique"). In the others, the mode that the SCM reported before is the only evidence.
   */
  void logged(String from, Instant at) {
    logged = at;
    StartModes modes = modes();
    Optional<StartMode> mode = modes.newest().map(StartModeObserved::mode);
    if (mode.isEmpty() || mode.get().automatic()) {
      return;
    }
    Change known = change;
    boolean dates =
        known != null
            && at.isAfter(known.after())
            && !at.isAfter(known.until().plus(Merging.TOLERANCE));
    boolean proves = modes.downgraded().isEmpty() && from.toLowerCase(Locale.ROOT).contains("auto");
    if ((dates && modes.downgraded().isPresent()) || proves) {
      records.add(new StartModeObserved(service, mode.get(), at));
    }
  }

  private StartModes modes() {
    return records.service(service).startModes();
  }
}
