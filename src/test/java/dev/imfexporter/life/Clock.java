package dev.imfexporter.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The host's clock. */
final class Clock {
  /** It goes back for minutes while the exporter looks on. */
  static final int JUMP_SEEN_SLOT = 23;

  /** It goes back for minutes while the exporter is away. */
  static final int JUMP_UNSEEN_SLOT = 45;

  /** It is set in the middle of an incident. */
  static final int STEP_WITHIN_SLOT = 35;

  private static final Duration AT_FIRST = Duration.ofSeconds(37);

  private final List<ClockStep> steps = new ArrayList<>();
  private final NavigableMap<Instant, Duration> ahead = new TreeMap<>();

  Clock(Instant begin, List<Instant> incidents) {
    ahead.put(Instant.MIN, AT_FIRST);
    set(calm(begin, 5), -22_000);
    set(calm(begin, 11), 8_000);
    set(calm(begin, 17), -38_000);
    set(calm(begin, JUMP_SEEN_SLOT), -190_000);
    set(calm(begin, JUMP_SEEN_SLOT).plusSeconds(25 * 60), 400);
    set(calm(begin, 29), 15_000);
    set(incidents.get(STEP_WITHIN_SLOT).plusSeconds(3), -9_000);
    set(calm(begin, 41), 2_500);
    set(calm(begin, JUMP_UNSEEN_SLOT), -240_000);
    set(calm(begin, JUMP_UNSEEN_SLOT).plusSeconds(30 * 60), 39_000);
    set(calm(begin, 53), -31_000);
  }

  List<ClockStep> steps() {
    return List.copyOf(steps);
  }

  /** By how much it is ahead. */
  Duration ahead(Instant t) {
    Map.Entry<Instant, Duration> newest = ahead.floorEntry(t);
    return newest == null ? AT_FIRST : newest.getValue();
  }

  Instant shows(Instant t) {
    return t.plus(ahead(t));
  }

  private void set(Instant at, long millisAhead) {
    Duration after = Duration.ofMillis(millisAhead);
    steps.add(new ClockStep(at, ahead(at), after));
    ahead.put(at, after);
  }

  private static Instant calm(Instant begin, int slot) {
    return LifePlan.slot(begin, slot).plus(LifePlan.CALM).plusSeconds(600);
  }
}
