package dev.imfexporter.life;

import java.time.Duration;
import java.time.Instant;

/** From the earliest to the latest time that is right. */
public record Window(Instant from, Instant to) {

  static Window around(Instant at, Duration before, Duration after) {
    return new Window(at.minus(before), at.plus(after));
  }

  boolean contains(Instant at) {
    return !at.isBefore(from) && !at.isAfter(to);
  }

  Window with(Window other) {
    return new Window(earlier(from, other.from), later(to, other.to));
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public String toString() {
    return from + ".." + to;
  }
}
