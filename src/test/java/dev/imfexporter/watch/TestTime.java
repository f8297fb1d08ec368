package dev.imfexporter.watch;

import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only by {@link #advance}. */
public final class TestTime implements TimeSource, InstantSource {
  private Instant wall = Instant.parse("2026-11-22T03:12:00Z");
  private Duration ticks = Duration.ofSeconds(1000);

  @Override
  public synchronized Moment now() {
    return new Moment(wall, ticks);
  }

  @Override
  public Instant instant() {
    return now().wall();
  }

  public synchronized TestTime advance(Duration by) {
    wall = wall.plus(by);
    ticks = ticks.plus(by);
    return this;
  }

  /** Sets the wall clock without time passing. */
  public synchronized void set(Instant to) {
    wall = to;
  }
}
