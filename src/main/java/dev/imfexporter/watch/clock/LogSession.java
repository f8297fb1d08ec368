package dev.imfexporter.watch.clock;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one boot, or a piece of them, and how the host's clock was set among them.
 *
 * <p>A step is the difference between a wrong clock and a right one. The clock had been wrong since
 * the step before, or since the boot; or it had drifted away from the right time since then, which
 * is so if the steps do not add up to the difference between two measurements.
 */
final class LogSession {
  /** Windows trims a clock by less than this all the time. */
  private static final Duration JUMP = Duration.ofSeconds(1);

  /** Records are not in perfect order. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** A clock that is wrong by more than this part of the time that passed was set, not drifting. */
  private static final int MOST_DRIFT = 20;

  /**
   * @param at the index of the first event after the step
   * @param by by how much the clock was set
   * @param from what it showed before; null if the step only shows in times that go back
   */
  private record ClockStep(int at, Duration by, @Nullable Instant from) {}

  private final boolean first;
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<LoggedEvent> reports = new ArrayList<>();
  private final List<ClockStep> steps = new ArrayList<>();
  private @Nullable Instant lastWritten;

  /**
   * @param first whether it goes on from a reading before, so that it did not begin with a boot
   * @param lastWritten what the clock showed at the last event before; null for none to compare
   */
  LogSession(boolean first, @Nullable Instant lastWritten) {
    this.first = first;
    this.lastWritten = lastWritten;
  }

  /**
   * @param report whether the event reports the time at which the session before ended
   */
  void add(LoggedEvent event, boolean report) {
    if (report) {
      reports.add(event);
      return;
    }
    if (event.meaning() instanceof Meaning.ClockSet set) {
      set(set);
    } else if (!(event.meaning() instanceof Meaning.Booted
        || event.meaning() instanceof Meaning.ShutDown)) {
      // Some of these report a time before the one at which they were written.
      if (lastWritten != null && event.written().plus(SLACK).isBefore(lastWritten)) {
        // At least by that much: the time that passed meanwhile is not known.
        Duration back = Duration.between(lastWritten, event.written());
        steps.add(new ClockStep(events.size(), back, null));
      }
      lastWritten = event.written();
    }
    events.add(event);
  }

  private void set(Meaning.ClockSet set) {
    Duration by = Duration.between(set.from(), set.to());
    if (by.abs().compareTo(JUMP) <= 0) {
      return;
    }
    int newest = steps.size() - 1;
    if (by.isNegative()
        && newest >= 0
        && steps.get(newest).from() == null
        && lastWritten != null
        && Duration.between(set.to(), lastWritten).abs().compareTo(SLACK) <= 0) {
      // The step that showed in the event just before is this one.
      steps.set(newest, new ClockStep(steps.get(newest).at(), by, set.from()));
      return;
    }
    steps.add(new ClockStep(events.size(), by, set.from()));
    lastWritten = null;
  }

  List<LoggedEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Events that report the time at which the session before ended. */
  List<LoggedEvent> reports() {
    return Collections.unmodifiableList(reports);
  }

  /** What the clock showed at the last event; null after a step, when there is none to compare. */
  @Nullable Instant lastWritten() {
    return lastWritten;
  }

  /**
   * The steps up to an event.
   *
   * @param sum by how much the clock was set
   * @param inferred how many of them only show in times that go back
   */
  record Steps(Duration sum, int inferred) {
    static final Steps NONE = new Steps(Duration.ZERO, 0);

    private Steps with(ClockStep step) {
      return new Steps(sum.plus(step.by()), inferred + (step.from() == null ? 1 : 0));
    }
  }

  /** The steps up to each event, in the order of the events. */
  List<Steps> steps() {
    List<Steps> all = new ArrayList<>(events.size());
    Steps upTo = Steps.NONE;
    int next = 0;
    for (int event = 0; event < events.size(); event++) {
      for (; next < steps.size() && steps.get(next).at() <= event; next++) {
        upTo = upTo.with(steps.get(next));
      }
      all.add(upTo);
    }
    return all;
  }

  private Duration all() {
    Duration sum = Duration.ZERO;
    for (ClockStep step : steps) {
      sum = sum.plus(step.by());
    }
    return sum;
  }

  /**
   * By how much the clock is ahead at the last event if only the steps changed that.
   *
   * @param before by how much it was ahead before; after a boot, when it was last right
   */
  Duration after(Duration before) {
    return first ? before.plus(all()) : before;
  }

  /**
   * By how much the clock was ahead at the last event, by a measurement that was made before,
   * between or after the steps: where it fits best.
   *
   * @param measured the measurement
   * @param shown what the clock showed when it was measured
   * @param before by how much it was ahead before; after a boot, when it was last right
   */
  Duration atEnd(Duration measured, Instant shown, Duration before) {
    Duration expected = after(before);
    Duration end = measured;
    Duration best = distance(measured, expected);
    Duration later = Duration.ZERO;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Instant from = steps.get(i).from();
      if (from != null && shown.isAfter(from.plus(SLACK))) {
        break; // The clock shows that time after this step only.
      }
      later = later.plus(steps.get(i).by());
      Duration candidate = measured.plus(later);
      Duration distance = distance(candidate, expected);
      if (distance.compareTo(best) < 0) {
        best = distance;
        end = candidate;
      }
    }
    return end;
  }

  /**
   * By how much the clock was ahead at each event.
   *
   * @param begin at the begin; null if that is not known
   * @param end at the end, when the clock was right
   * @param tolerance a difference that means nothing
   */
  List<Duration> offsets(@Nullable Duration begin, Duration end, Duration tolerance) {
    boolean addUp = begin != null && distance(begin.plus(all()), end).compareTo(tolerance) <= 0;
    List<Duration> offsets = new ArrayList<>(Collections.nCopies(events.size(), end));
    Duration after = end;
    for (int i = steps.size() - 1; i >= 0; i--) {
      ClockStep step = steps.get(i);
      Duration wrong = after.minus(step.by());
      int since = i == 0 ? 0 : steps.get(i - 1).at();
      Duration right = addUp || !isDrift(i, since) ? null : i == 0 ? begin : end;
      for (int event = since; event < step.at(); event++) {
        offsets.set(event, right == null ? wrong : between(right, wrong, since, event, step));
      }
      after = right == null ? wrong : right;
    }
    return offsets;
  }

  /** Whether a step can have taken back what the clock had drifted since the step before. */
  private boolean isDrift(int index, int since) {
    ClockStep step = steps.get(index);
    if (step.from() == null || since >= events.size()) {
      return false;
    }
    if (index > 0
        && distance(steps.get(index - 1).by().negated(), step.by()).compareTo(SLACK) <= 0
        && steps.get(index - 1).by().abs().compareTo(SLACK) > 0) {
      return false; // The clock was set wrong, and set right again.
    }
    Duration passed = Duration.between(events.get(since).written(), step.from());
    return !passed.isNegative() && step.by().abs().multipliedBy(MOST_DRIFT).compareTo(passed) <= 0;
  }

  /** An offset that grew evenly from one step to the next. */
  private Duration between(Duration right, Duration wrong, int since, int event, ClockStep until) {
    Instant begin = events.get(since).written();
    long all = until.from() == null ? 0 : Duration.between(begin, until.from()).toMillis();
    if (all <= 0) {
      return wrong;
    }
    long part = Duration.between(begin, events.get(event).written()).toMillis();
    double share = Math.max(0, Math.min(1, (double) part / all));
    return right.plusMillis(Math.round(wrong.minus(right).toMillis() * share));
  }

  private static Duration distance(Duration a, Duration b) {
    return a.minus(b).abs();
  }
}
