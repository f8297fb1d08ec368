package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.Fact.Alive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time that no poll covers, from the end of the last run to the first poll of this one. Times
 * are on the axis.
 */
public final class BlindSpot {
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private @Nullable Instant lastRun;
  private @Nullable Instant alive;
  private boolean reported;
  private @Nullable Boolean covered;

  /** An earlier run watched the host at least until then. */
  public void replay(Alive fact) {
    lastRun = fact.at();
  }

  /** Whether the event log covers the time between the runs. */
  public void coveredByEvents(boolean all) {
    covered = all;
  }

  /** The host was watched; returns a fact for the next run, every ten minutes. */
  public Optional<Alive> alive(Instant now) {
    Instant last = alive;
    if (last != null && now.isBefore(last.plus(INTERVAL))) {
      return Optional.empty();
    }
    alive = now;
    return Optional.of(new Alive(now));
  }

  /** The host has become unreachable; returns the fact for the next run. */
  public Optional<Alive> lost(@Nullable Instant lastPoll) {
    alive = lastPoll == null ? alive : lastPoll;
    return newest();
  }

  /** The newest time at which the host was watched, in this run or an earlier one. */
  public Optional<Alive> newest() {
    return Optional.ofNullable(alive == null ? lastRun : alive).map(Alive::new);
  }

  /**
   * Start of the time that neither polls nor the event log cover. Returned once; empty until the
   * event log was tried. {@link Instant#EPOCH} on the first run.
   */
  public Optional<Instant> uncovered(Instant now) {
    if (reported || covered == null) {
      return Optional.empty();
    }
    reported = true;
    Instant from = lastRun == null ? Instant.EPOCH : lastRun;
    return covered || !from.isBefore(now) ? Optional.empty() : Optional.of(from);
  }
}
