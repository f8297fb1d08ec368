package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.watch.fact.Fact.ClockSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All clocks of a host: the exporter's wall clock and monotonic clock, and the host's own clock.
 *
 * <p>All state and all facts carry times on one axis, which goes as evenly as the monotonic clock
 * and never jumps, also from one run of the program to the next. Pages and metrics show {@link
 * #wall} times. A wall clock that is set changes how later times are shown, and nothing else. Not
 * thread-safe.
 */
public final class HostTime {
  /** Smaller differences are a clock that is being adjusted gradually, not set. */
  private static final Duration JUMP = Duration.ofSeconds(1);

  private static final int MOST_STEPS = 64;

  /** How far the wall clock is ahead of the axis, from one time on the axis to the next step. */
  private record ClockStep(Instant from, Duration ahead) {}

  /**
   * @param shown what it showed when it was measured
   */
  private record HostClock(Duration ahead, Duration error, Instant shown) {}

  private final List<ClockStep> steps = new ArrayList<>();
  private final Map<String, EventTimes> logs = new HashMap<>();
  private @Nullable Duration base;
  private Optional<HostClock> host = Optional.empty();

  /** Takes a fact of an earlier run into account. */
  public void replay(ClockSet set) {
    Duration before = Duration.ZERO;
    int place = 0;
    while (place < steps.size() && steps.get(place).from().isBefore(set.from())) {
      before = steps.get(place).ahead();
      place++;
    }
    if (place == steps.size() || !steps.get(place).from().equals(set.from())) {
      steps.add(place, new ClockStep(set.from(), before));
    }
    for (int i = place; i < steps.size(); i++) {
      steps.set(i, new ClockStep(steps.get(i).from(), steps.get(i).ahead().plus(set.by())));
    }
    if (steps.size() > MOST_STEPS) {
      steps.remove(0);
    }
  }

  /** Facts that replay to the same offsets. */
  public List<ClockSet> summary() {
    List<ClockSet> facts = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (ClockStep step : steps) {
      facts.add(new ClockSet(step.from(), step.ahead().minus(before)));
      before = step.ahead();
    }
    return facts;
  }

  /**
   * Compares both clocks of the exporter; to be called before a time of this moment is used.
   *
   * @param measuredSince the begin of the oldest duration that is being measured; null when none
   *     is, so that the axis may follow a wall clock that drifts
   * @param newest the newest time in the state, which the axis does not fall behind; null for none
   * @return present if the wall clock was set
   */
  public Optional<ClockSet> follow(
      Moment now, @Nullable Instant measuredSince, @Nullable Instant newest) {
    Duration measured =
        Duration.between(Instant.EPOCH, now.wall()).minus(now.ticks()).minus(ahead());
    Duration known = base;
    Duration jump;
    if (known == null) {
      Instant first = Instant.EPOCH.plus(now.ticks()).plus(measured);
      // The clock was set back while the program did not run: the past cannot lie ahead.
      jump =
          newest != null && newest.isAfter(first) ? Duration.between(newest, first) : Duration.ZERO;
      base = measured.minus(jump);
    } else {
      jump = measured.minus(known);
      if (jump.abs().compareTo(JUMP) <= 0) {
        base = measuredSince == null ? measured : known;
        return Optional.empty();
      }
    }
    if (jump.isZero()) {
      return Optional.empty();
    }
    Instant at = at(now);
    Instant from = measuredSince != null && measuredSince.isBefore(at) ? measuredSince : at;
    ClockSet set = new ClockSet(from, jump);
    replay(set);
    return Optional.of(set);
  }

  /** The time of a moment on the axis; {@link #follow} must have been called before. */
  public Instant at(Moment moment) {
    Duration known = base;
    if (known == null) {
      throw new IllegalStateException("follow() was not called yet");
    }
    return Instant.EPOCH.plus(moment.ticks()).plus(known);
  }

  /** Whether {@link #wall} changes nothing: the wall clock was never set. */
  public boolean isPlain() {
    return steps.isEmpty();
  }

  /** The time by the exporter's wall clock. */
  public Instant wall(Instant axis) {
    Duration ahead = Duration.ZERO;
    for (ClockStep step : steps) {
      if (step.from().isAfter(axis)) {
        break;
      }
      ahead = step.ahead();
    }
    return axis.plus(ahead);
  }

  /** Takes a reading of the host's clock into account, which ended at a time on the axis. */
  public void measured(HostClockState state, Instant at) {
    HostClock clock =
        new HostClock(Duration.between(at, state.time()), state.error(), state.time());
    host = Optional.of(clock);
    logs.values().forEach(log -> log.measured(clock.ahead(), clock.error(), clock.shown()));
  }

  /** The time on the axis of a time by the host's clock as it goes now. */
  public Instant ofHost(Instant hosts) {
    return host.map(clock -> hosts.minus(clock.ahead())).orElse(hosts);
  }

  /** When the events of a log were written, in the order of the log, on the axis. */
  public List<DatedEvent> date(LogRead read, Instant asked, Instant ended) {
    return logs.computeIfAbsent(read.log(), name -> log())
        .date(read.events(), asked, ended, read.complete());
  }

  private EventTimes log() {
    EventTimes log = new EventTimes();
    host.ifPresent(clock -> log.measured(clock.ahead(), clock.error(), clock.shown()));
    return log;
  }

  private Duration ahead() {
    return steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).ahead();
  }
}
