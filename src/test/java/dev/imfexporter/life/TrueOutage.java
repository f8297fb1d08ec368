package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.life.TrueTransition.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A time in which a service truly was not RUNNING.
 *
 * @param stopped when it first was STOPPED
 * @param start when the start that succeeded began
 * @param how why it left RUNNING
 * @param by why it was started
 * @param reboot that of the host during it
 */
public record TrueOutage(
    LifeService service,
    Instant began,
    Instant stopped,
    Instant start,
    Instant ended,
    Cause how,
    Cause by,
    Optional<Reboot> reboot) {

  /** Of all services, in the order of their begins; each has an end. */
  public static List<TrueOutage> of(HostLife life) {
    List<TrueOutage> outages = new ArrayList<>();
    for (LifeService service : LifeService.values()) {
      ofService(service, life.history(service).values(), life.reboots(), outages);
    }
    outages.sort(java.util.Comparator.comparing(TrueOutage::began));
    return outages;
  }

  public boolean crash() {
    return how == Cause.CRASH;
  }

  public Duration total() {
    return Duration.between(began, ended);
  }

  /**
   * How long it was out as limits count: from the boot if there was one, and without the time
   * before it, which was that of an orderly shutdown.
   */
  public Duration counted() {
    return reboot.map(r -> Duration.between(r.up(), ended)).orElse(total());
  }

  /** Whether it was out for longer than is put up with. */
  public boolean halted() {
    long minutes = reboot.isPresent() ? 10 : 5;
    return counted().compareTo(Duration.ofMinutes(minutes)) >= 0;
  }

  private static void ofService(
      LifeService service,
      Collection<TrueTransition> transitions,
      List<Reboot> reboots,
      List<TrueOutage> into) {
    List<TrueTransition> open = new ArrayList<>();
    for (TrueTransition transition : transitions) {
      open.add(transition);
      if (transition.state() == ServiceState.RUNNING) {
        into.add(closed(service, open, reboots));
        open.clear();
      }
    }
  }

  private static TrueOutage closed(
      LifeService service, List<TrueTransition> all, List<Reboot> reboots) {
    TrueTransition first = all.get(0);
    TrueTransition last = all.get(all.size() - 1);
    Instant stopped =
        all.stream()
            .filter(t -> t.state() == ServiceState.STOPPED)
            .map(TrueTransition::at)
            .findFirst()
            .orElseThrow();
    return new TrueOutage(
        service,
        first.at(),
        stopped,
        all.get(all.size() - 2).at(),
        last.at(),
        first.cause(),
        last.cause(),
        reboots.stream()
            .filter(r -> !r.down().isBefore(first.at()) && r.up().isBefore(last.at()))
            .findFirst());
  }
}
