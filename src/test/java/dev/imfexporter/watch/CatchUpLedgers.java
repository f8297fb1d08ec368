package dev.imfexporter.watch;

import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Services;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The ledgers of a host, for those who measure them. */
public final class CatchUpLedgers {
  private final TimeSource time = TimeSource.system();
  private final Ledgers ledgers;

  public CatchUpLedgers(FactStore store) {
    WatchPlan plan =
        new WatchPlan(
            "mail01",
            new dev.imfexporter.reading.ServicesReading(
                java.util.List.of("SMTPSVC"), java.time.InstantSource.system()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                cursor -> {
                  throw new IllegalStateException("events are brought by the caller");
                }),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new WatchPlan.Intervals(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5)),
            Set.of(),
            EpisodeLimits.DEFAULT,
            new WatchPlan.Retention(Duration.ofDays(400), 500));
    ledgers = new Ledgers(plan, store);
  }

  /** Takes a reading of the services into account. */
  public void services(Services read) {
    Moment now = time.now();
    ledgers.services(read, now, now, name -> false);
  }

  /** Takes a piece of the event logs into account; whether it was the last. */
  public boolean events(Events read) {
    Moment now = time.now();
    ledgers.events(read, now, now);
    return !ledgers.catchingUp();
  }

  /** How many restarts of the first service are counted. */
  public long restarts() {
    return ledgers.history(name -> Witness.POLL, time.now()).services().get(0).restarts();
  }
}
