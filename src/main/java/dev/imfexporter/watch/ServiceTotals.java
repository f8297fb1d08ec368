package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.Automatic;
import dev.imfexporter.watch.ServiceFact.Cause;
import dev.imfexporter.watch.ServiceFact.Ran;
import dev.imfexporter.watch.ServiceFact.Seen;
import dev.imfexporter.watch.ServiceFact.Settled;
import dev.imfexporter.watch.ServiceFact.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is counted of one service, and the newest time of each thing that happened to it. */
final class ServiceTotals {
  private final String service;
  private long restarts;
  private Duration restartTime = Duration.ZERO;
  private long disagreements;
  private boolean ran;
  private Optional<Instant> lastStop = Optional.empty();
  private Optional<Instant> lastStart = Optional.empty();
  private Optional<Instant> lastCrash = Optional.empty();
  private Optional<Boolean> automatic = Optional.empty();
  private Optional<Instant> leftAutomatic = Optional.empty();

  ServiceTotals(String service) {
    this.service = service;
  }

  void ran() {
    ran = true;
  }

  /** The service was removed: nothing is missed. */
  void gone() {
    ran = false;
  }

  void saw(Seen seen) {
    if (seen.state() == ServiceState.STOPPED) {
      lastStop = later(lastStop, seen.at());
      if (seen.cause().filter(why -> why != Cause.SHUTDOWN).isPresent()) {
        lastCrash = later(lastCrash, seen.at());
      }
    } else if (seen.state() == ServiceState.RUNNING) {
      lastStart = later(lastStart, seen.at());
    }
  }

  void add(Settled settled) {
    restarts++;
    restartTime = restartTime.plus(settled.outage().total().orElse(Duration.ZERO));
    disagreements += settled.disagreements();
    ran = true;
    lastStart = settled.outage().ended().or(() -> lastStart);
  }

  /** The start mode was read; a fact if that is news. */
  Optional<Fact> mode(boolean isAutomatic, Instant seen) {
    if (automatic.equals(Optional.of(isAutomatic))) {
      return Optional.empty();
    }
    Automatic fact = new Automatic(service, isAutomatic, seen);
    replay(fact);
    return Optional.of(fact);
  }

  void replay(ServiceFact fact) {
    if (fact instanceof Automatic mode) {
      boolean left = automatic.equals(Optional.of(true)) && !mode.automatic();
      leftAutomatic =
          left ? Optional.of(mode.at()) : mode.automatic() ? Optional.empty() : leftAutomatic;
      automatic = Optional.of(mode.automatic());
    } else if (fact instanceof Ran) {
      ran = true;
    } else if (fact instanceof Totals totals) {
      restarts = totals.restarts();
      restartTime = totals.restartTime();
      disagreements = totals.disagreements();
      ran = totals.ran();
      lastStop = totals.lastStop();
      lastStart = totals.lastStart();
      lastCrash = totals.lastCrash();
      automatic = totals.automatic();
      leftAutomatic = totals.leftAutomatic();
    }
  }

  /**
   * @param base the state before what is not settled
   */
  Totals fact(Optional<ServiceState> base) {
    return new Totals(
        service,
        base,
        restarts,
        restartTime,
        disagreements,
        ran,
        lastStop,
        lastStart,
        lastCrash,
        automatic,
        leftAutomatic);
  }

  long restarts() {
    return restarts;
  }

  Duration restartTime() {
    return restartTime;
  }

  long disagreements() {
    return disagreements;
  }

  boolean everRan() {
    return ran;
  }

  Optional<Instant> lastStop() {
    return lastStop;
  }

  Optional<Instant> lastStart() {
    return lastStart;
  }

  Optional<Instant> lastCrash() {
    return lastCrash;
  }

  Optional<Instant> leftAutomatic() {
    return leftAutomatic;
  }

  private static Optional<Instant> later(Optional<Instant> a, Instant b) {
    return a.filter(at -> at.isAfter(b)).or(() -> Optional.of(b));
  }
}
