package dev.imfexporter.life;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The history that the exporter derived from a life; times are by the exporter's clock.
 *
 * @param outages that are over, each as it was counted
 * @param restarts by short name of the service: counts and sums as the metrics tell them
 * @param episodes in their newest state
 * @param checks what was so at each {@link Step.Check}
 */
public record Observed(
    List<Outage> outages,
    Map<String, Restarts> restarts,
    List<Episode> episodes,
    List<Check> checks) {
  public Observed {
    outages = List.copyOf(outages);
    restarts = Map.copyOf(restarts);
    episodes = List.copyOf(episodes);
    checks = List.copyOf(checks);
  }

  /** How often and how long a service was restarted. */
  public record Restarts(long count, Duration sum) {}

  /**
   * The present at a checkpoint.
   *
   * @param leftStopped short names of the services that are told to be
   */
  public record Check(Instant at, java.util.Set<String> leftStopped, MailFlow.State mailFlow) {
    public Check {
      leftStopped = java.util.Set.copyOf(leftStopped);
    }
  }
}
