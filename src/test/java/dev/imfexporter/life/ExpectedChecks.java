package dev.imfexporter.life;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Chooses moments, and says what is true then. */
final class ExpectedChecks {
  private static final Duration EVERY = Duration.ofMinutes(30);

  /** Mail flow looks back 5 minutes, and counters are read each minute. */
  private static final Duration SETTLED = Duration.ofMinutes(8);

  private static final Duration SEEN = Duration.ofMinutes(2);
  private static final Duration BOOT_LIMIT = Duration.ofMinutes(10);
  private static final Duration EPISODE = Duration.ofMinutes(45);

  private final HostLife life;
  private final List<TrueOutage> outages;

  ExpectedChecks(HostLife life, List<TrueOutage> outages) {
    this.life = life;
    this.outages = outages;
  }

  List<ExpectedCheck> all() {
    TreeSet<Instant> moments = new TreeSet<>();
    for (Instant t = HostLife.BEGIN.plus(EVERY); t.isBefore(HostLife.END); t = t.plus(EVERY)) {
      moments.add(t);
    }
    for (TrueOutage outage : outages) {
      if (outage.total().compareTo(SEEN.multipliedBy(2)) > 0) {
        moments.add(outage.ended().minusSeconds(45));
        moments.add(outage.began().plus(outage.total().dividedBy(2)));
      }
    }
    List<ExpectedCheck> checks = new ArrayList<>();
    moments.stream().filter(this::settled).forEach(t -> checks.add(check(t)));
    return checks;
  }

  /** The host runs and the exporter has looked for long enough. */
  private boolean settled(Instant t) {
    Instant since = t.minus(SETTLED);
    boolean away = life.absences().stream().anyMatch(a -> a.touches(since, t.plusMillis(1)));
    boolean down =
        life.reboots().stream()
            .anyMatch(r -> r.down().isBefore(t) && t.isBefore(r.up().plus(BOOT_LIMIT)));
    return !since.isBefore(HostLife.BEGIN) && !away && !down;
  }

  private ExpectedCheck check(Instant t) {
    Map<LifeService, Boolean> leftStopped = new EnumMap<>(LifeService.class);
    for (LifeService service : LifeService.values()) {
      ServiceState state = life.state(service, t);
      boolean pending = state != ServiceState.RUNNING && state != ServiceState.STOPPED;
      if (!pending && since(service, t).compareTo(SEEN) > 0) {
        leftStopped.put(service, state == ServiceState.STOPPED);
      }
    }
    return new ExpectedCheck(t, leftStopped, mailFlow(t));
  }

  /**
   * Ambiguous: {@code flowing} also says "banner answers and no queue is longer than before the
   * episode", which is true of a quiet host. Taken for what is said while an episode is verified;
   * at all other times a quiet host is {@code idle}.
   */
  private Optional<MailFlow.State> mailFlow(Instant t) {
    Duration since = since(LifeService.SMTPSVC, t);
    if (life.state(LifeService.SMTPSVC, t) != ServiceState.RUNNING) {
      return since.compareTo(SEEN) > 0 ? Optional.of(MailFlow.State.HALTED) : Optional.empty();
    }
    MailPhase phase = phase(t);
    Duration unchanged = Duration.between(phase.from(), t);
    if (since.compareTo(SETTLED) < 0 || unchanged.compareTo(SETTLED) < 0) {
      return Optional.empty();
    }
    return switch (phase.kind()) {
      case BUSY, DEAD_DESTINATION -> Optional.of(MailFlow.State.FLOWING);
      case STALLED, MUTE -> Optional.of(MailFlow.State.STALLED);
      case QUIET -> nearUpdate(t) ? Optional.empty() : Optional.of(MailFlow.State.IDLE);
    };
  }

  private boolean nearUpdate(Instant t) {
    return life.updates().stream()
        .flatMap(update -> update.signs().stream())
        .anyMatch(sign -> Duration.between(sign.at(), t).abs().compareTo(EPISODE) < 0);
  }

  private MailPhase phase(Instant t) {
    return life.mailPhases().stream()
        .filter(p -> !p.from().isAfter(t) && t.isBefore(p.until()))
        .findFirst()
        .orElseThrow();
  }

  /** How long ago the service last changed its state. */
  private Duration since(LifeService service, Instant t) {
    Map.Entry<Instant, TrueTransition> last = life.history(service).floorEntry(t);
    return Duration.between(last == null ? HostLife.BEGIN : last.getKey(), t);
  }
}
