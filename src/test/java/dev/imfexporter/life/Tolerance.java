package dev.imfexporter.life;

import dev.imfexporter.life.TrueTransition.Cause;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** How well the times of an outage can be known by way of some sources. */
final class Tolerance {
  /** Whole seconds, and a write that is late by up to one. */
  private static final Duration EVENT = Duration.ofMillis(1100);

  private static final Duration NOTICE = Notices.slowest().plusMillis(200);
  private static final Duration POLL = Itinerary.POLL.plusSeconds(1);

  /** When the event log service of a booting host has said so. */
  private static final Duration BOOT_LOGGED = Duration.ofSeconds(8);

  /** What is seen is entered for good within this time. */
  private static final Duration SETTLE = Duration.ofMinutes(2);

  /** One who was away knows no better when the host was last seen. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(10).plus(Itinerary.LOOK);

  private final HostLife life;
  private final Set<Source> sources;

  Tolerance(HostLife life, Set<Source> sources) {
    this.life = life;
    this.sources = sources;
  }

  /** Whether the exporter was away at any time from shortly before it to shortly after it. */
  boolean partlyMissed(TrueOutage outage) {
    Instant from = outage.began().minus(POLL);
    Instant until = outage.ended().plus(SETTLE);
    return life.absences().stream().anyMatch(a -> a.touches(from, until));
  }

  /** Whether the exporter was away for all of it. */
  boolean whollyMissed(TrueOutage outage) {
    return life.absences().stream()
        .anyMatch(a -> a.covers(outage.began()) && a.covers(outage.ended().plus(Itinerary.LOOK)));
  }

  /** Whether notifications told all of it. */
  boolean exact(TrueOutage outage) {
    return sources.contains(Source.NOTIFICATION)
        && !partlyMissed(outage)
        && outage.reboot().isEmpty();
  }

  /**
   * Whether it must be known at all. Events tell of every outage. One that falls between two polls
   * does not show, and one whose begin or end was not observed is not checked.
   */
  boolean mustBeSeen(TrueOutage outage) {
    if (sources.contains(Source.EVENT)) {
      return true;
    }
    boolean longEnough =
        sources.contains(Source.NOTIFICATION) || outage.total().compareTo(POLL) > 0;
    return longEnough && !partlyMissed(outage);
  }

  Window began(TrueOutage outage) {
    Instant at = outage.began();
    if (exact(outage)) {
      return Window.around(at, NOTICE, NOTICE);
    }
    if (HostLife.isShutdown(outage.how())) {
      return beganWithShutdown(outage);
    }
    Window window = new Window(at.minusMillis(100), at.plusMillis(100));
    if (sources.contains(Source.EVENT)) {
      // No event says that a service leaves RUNNING, but for crashes and the controls of old.
      Window event =
          new Window(at.minus(event(at)), outage.stopped().plus(event(outage.stopped())));
      window = window.with(event);
    }
    return polls() ? window.with(new Window(at, nextPoll(at))) : window;
  }

  Window ended(TrueOutage outage) {
    Instant at = outage.ended();
    if (exact(outage)) {
      return Window.around(at, NOTICE, NOTICE);
    }
    Window window = new Window(at.minusMillis(100), at.plusMillis(300));
    if (sources.contains(Source.EVENT)) {
      window = window.with(Window.around(at, event(at), event(at)));
    }
    return polls() ? window.with(new Window(at, nextPoll(at))) : window;
  }

  Window sign(Instant at) {
    return Window.around(at, event(at), event(at));
  }

  /** By how much the length of a phase may be wrong. */
  Duration phase(TrueOutage outage) {
    if (exact(outage)) {
      return NOTICE.multipliedBy(2);
    }
    Duration told = event(outage.began()).plus(event(outage.ended()));
    if (outage.how() == Cause.POWER_LOSS) {
      told = told.plus(Duration.between(lastLook(outage.began()), outage.began()));
    }
    return polls() ? told.plus(POLL.multipliedBy(2)) : told;
  }

  /**
   * A shutdown is known by the log's last words, or else by the first poll without an answer or by
   * the boot; how long before a loss of power the host was last seen is no better a time.
   */
  private Window beganWithShutdown(TrueOutage outage) {
    Instant at = outage.began();
    Reboot reboot = outage.reboot().orElseThrow();
    boolean logged = sources.contains(Source.EVENT) && outage.how() == Cause.SHUTDOWN;
    Instant latest =
        logged
            ? reboot.down().plus(event(reboot.down()))
            : reboot.up().plus(BOOT_LOGGED).plus(event(reboot.up()));
    Instant earliest = at.minus(event(at));
    if (outage.how() == Cause.POWER_LOSS) {
      Instant lastLook = lastLook(at);
      earliest = lastLook.minus(event(lastLook));
    } else if (polls()) {
      earliest = Window.earlier(earliest, at.minus(POLL));
      latest = Window.later(latest, nextPoll(at));
    }
    return new Window(earliest, latest);
  }

  /** Of events at a time, with the clock that they carry. */
  private Duration event(Instant at) {
    return EVENT.plus(HostLife.CLOCK_ERROR).plus(clockSteps(at));
  }

  /**
   * How far the host's clock was set between an event and the next time that it was read, and
   * shortly before it.
   */
  private Duration clockSteps(Instant at) {
    Instant asked = nextPresence(at).plus(Itinerary.LOOK.multipliedBy(2));
    return life.clockSteps().stream()
        .filter(s -> s.at().isAfter(at.minus(Itinerary.LOOK)) && s.at().isBefore(asked))
        .map(ClockStep::size)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private boolean polls() {
    return sources.contains(Source.POLL) || sources.contains(Source.NOTIFICATION);
  }

  private Instant nextPoll(Instant at) {
    return nextPresence(at).plus(POLL);
  }

  private Instant nextPresence(Instant at) {
    return life.absences().stream()
        .filter(a -> a.covers(at.plusSeconds(15)) || a.covers(at))
        .map(Absence::until)
        .findFirst()
        .orElse(at);
  }

  private Instant lastLook(Instant at) {
    Instant seen = at.minus(Itinerary.LOOK);
    return life.absences().stream()
        .filter(a -> a.touches(seen, at))
        .map(a -> a.from().minus(SIGN_OF_LIFE))
        .findFirst()
        .orElse(seen);
  }
}
