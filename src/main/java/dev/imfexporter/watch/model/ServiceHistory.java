package dev.imfexporter.watch.model;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What has happened to one service, by the evidence of all sources and of the journal.
 *
 * @param status the newest that a poll or a notification reported; empty while the service is not
 *     installed
 * @param source how its state is watched now
 * @param outageStart when it left RUNNING; empty while it runs, and when that was not observed
 * @param lastStop when it last became STOPPED
 * @param lastStart when it last became RUNNING
 * @param lastRestart the newest one that was observed from end to end; until it is settled, its
 *     times may still be corrected
 * @param typical how long its restarts usually take
 * @param lastCrash when it last stopped by a failure of its own instead of a control
 * @param recentOutages how many began within the last 15 minutes
 * @param downgraded when its start mode last changed from automatic to manual or disabled, or from
 *     manual to disabled; empty while it starts automatically, once it is as it was before, and
 *     when that was not observed
 */
public record ServiceHistory(
    String name,
    Optional<ServiceStatus> status,
    Source source,
    Condition condition,
    Optional<Instant> outageStart,
    Optional<Instant> lastStop,
    Optional<Instant> lastStart,
    Optional<Outage> lastRestart,
    Typical typical,
    Totals totals,
    Optional<Instant> lastCrash,
    long recentOutages,
    Optional<Instant> downgraded) {

  /**
   * How the service is now.
   *
   * @param downSince present while the standing is down: the begin of the outage, or when the
   *     exporter first saw it so
   * @param halted whether it has been down for longer than the host's limit
   * @param concerns none while the standing is unknown
   */
  public record Condition(
      Standing standing, Optional<Instant> downSince, boolean halted, Set<Concern> concerns) {
    public Condition {
      concerns = concerns.isEmpty() ? Set.of() : EnumSet.copyOf(concerns);
    }

    /** The condition of a service that is not down and has no concern. */
    public static Condition of(Standing standing) {
      return new Condition(standing, Optional.empty(), false, Set.of());
    }

    public Condition with(Set<Concern> all) {
      return new Condition(standing, downSince, halted, all);
    }
  }

  /**
   * How long its restarts usually take; empty where fewer than three are known.
   *
   * @param beforeLast by those before {@link #lastRestart}: what that one is compared with
   * @param withLast by that one too: what the next one is compared with
   */
  public record Typical(Optional<TypicalRestart> beforeLast, Optional<TypicalRestart> withLast) {
    public static final Typical UNKNOWN = new Typical(Optional.empty(), Optional.empty());

    /**
     * @param restarts the outages of one service that ended, in the order of their begins
     */
    public static Typical of(List<Outage> restarts) {
      return restarts.isEmpty()
          ? UNKNOWN
          : new Typical(
              TypicalRestart.of(restarts.subList(0, restarts.size() - 1)),
              TypicalRestart.of(restarts));
    }
  }

  /**
   * What was counted, over all runs.
   *
   * @param restarts settled outages
   * @param restartTime the sum of their durations
   * @param disagreements transitions that one source reported and another that should have did not
   */
  public record Totals(long restarts, Duration restartTime, long disagreements) {}

  /** The same history with all times converted. */
  public ServiceHistory on(UnaryOperator<Instant> clock) {
    return new ServiceHistory(
        name,
        status,
        source,
        new Condition(
            condition.standing(),
            condition.downSince().map(clock),
            condition.halted(),
            condition.concerns()),
        outageStart.map(clock),
        lastStop.map(clock),
        lastStart.map(clock),
        lastRestart.map(outage -> outage.on(clock)),
        typical,
        totals,
        lastCrash.map(clock),
        recentOutages,
        downgraded.map(clock));
  }

  /**
   * How long the restarts before an outage took.
   *
   * @param outage the last restart, or the one under way
   * @return empty below three, and for an outage that is not comparable
   */
  public Optional<TypicalRestart> typicalBefore(Outage outage) {
    if (!outage.isComparable()) {
      return Optional.empty();
    }
    return outage.ended().isPresent() ? typical.beforeLast() : typical.withLast();
  }

  public Standing standing() {
    return condition.standing();
  }

  /** In the order of the constants. */
  public Set<Concern> concerns() {
    return condition.concerns();
  }

  /** Whether it is down and STOPPED: nothing will start it by itself. */
  public boolean leftStopped() {
    return standing().isDown() && status.filter(s -> s.state() == ServiceState.STOPPED).isPresent();
  }
}
