package dev.imfexporter.watch.model;

import dev.imfexporter.access.WellKnownServices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The times in which IIS Admin stopped or started while it was watched, without those around a
 * boot, which stops and starts everything at once.
 *
 * @param past the newest of those that are over, oldest first
 * @param present the one that lasts
 */
public record WaitHistory(List<ComponentWait> past, Optional<ComponentWait> present) {
  public static final WaitHistory NONE = new WaitHistory(List.of(), Optional.empty());

  public WaitHistory {
    past = List.copyOf(past);
  }

  /** Oldest first. */
  public List<ComponentWait> all() {
    return Stream.concat(past.stream(), present.stream()).toList();
  }

  /** Those of an outage; none of another service than IIS Admin. */
  public List<ComponentWait> of(Outage outage) {
    return all().stream().filter(wait -> isOf(wait, outage)).toList();
  }

  private static boolean isOf(ComponentWait wait, Outage outage) {
    // The log, which has whole seconds, may have dated the outage.
    return outage.service().equalsIgnoreCase(WellKnownServices.IIS_ADMIN)
        && !wait.began().isBefore(outage.began().minusSeconds(2))
        && wait.began().isBefore(outage.ended().orElse(Instant.MAX));
  }

  /** Those of the outages of an episode, in the order of the outages. */
  public List<ComponentWait> of(Episode episode) {
    return episode.outages().stream()
        .flatMap(outage -> all().stream().filter(wait -> isOf(wait, outage)))
        .filter(wait -> isOf(wait, episode))
        .distinct()
        .toList();
  }

  /** Whether a stop or start is of an episode, and of no boot in it. */
  public static boolean isOf(ComponentWait wait, Episode episode) {
    return wait.began().isBefore(episode.closed().orElse(Instant.MAX))
        && episode.outages().stream().anyMatch(outage -> isOf(wait, outage))
        && episode.boots().stream().noneMatch(wait::isOf);
  }

  /** The newest stop or start that is over and was followed to its end. */
  public Optional<ComponentWait> last(Phase phase) {
    return past.stream()
        .filter(wait -> wait.phase() == phase && wait.next().isPresent())
        .reduce((first, second) -> second);
  }

  /** How many stops, or starts, were slow. */
  public long slow(Phase phase) {
    return all().stream().filter(wait -> wait.phase() == phase && wait.isSlow()).count();
  }

  /** In how many of them a file of this name was a suspect, in any version. */
  public long suspected(String module, Phase phase) {
    return all().stream()
        .filter(wait -> wait.phase() == phase)
        .filter(
            wait ->
                wait.suspects().stream()
                    .anyMatch(suspect -> suspect.component().name().equalsIgnoreCase(module)))
        .count();
  }

  /** The start from which a process came that was stopped; empty if it was not watched. */
  public Optional<ComponentWait> startOf(ComponentWait stop) {
    return past.stream()
        .filter(wait -> wait.phase() == Phase.START && stop.phase() == Phase.STOP)
        .filter(wait -> wait.processId() != 0 && wait.processId() == stop.processId())
        .filter(wait -> !wait.until().isAfter(stop.began()))
        .reduce((first, second) -> second);
  }

  /** The same history with all times converted. */
  public WaitHistory on(UnaryOperator<Instant> clock) {
    return new WaitHistory(
        past.stream().map(wait -> wait.on(clock)).toList(), present.map(wait -> wait.on(clock)));
  }
}
