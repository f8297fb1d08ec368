package dev.imfexporter.life;

import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes of each true outage what must be known of it. */
final class ExpectedOutages {
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private final LogShape shape;
  private final Set<Source> sources;
  private final Tolerance tolerance;
  private final List<TrueOutage> truth;

  ExpectedOutages(HostLife life, LogShape shape, Set<Source> sources) {
    this.shape = shape;
    this.sources = sources;
    this.tolerance = new Tolerance(life, sources);
    this.truth = TrueOutage.of(life);
  }

  List<ExpectedOutage> all() {
    return truth.stream().map(this::expected).toList();
  }

  private ExpectedOutage expected(TrueOutage outage) {
    return new ExpectedOutage(
        outage,
        tolerance.mustBeSeen(outage),
        tolerance.exact(outage),
        tolerance.began(outage),
        tolerance.ended(outage),
        tolerance.phase(outage),
        mustTell(outage),
        mayTell(outage),
        crash(outage),
        startedBy(outage));
  }

  private Set<Source> mustTell(TrueOutage outage) {
    Set<Source> must = EnumSet.noneOf(Source.class);
    if (sources.contains(Source.EVENT)) {
      must.add(Source.EVENT);
    }
    if (tolerance.exact(outage)) {
      must.add(Source.NOTIFICATION);
    }
    return must;
  }

  private Set<Source> mayTell(TrueOutage outage) {
    Set<Source> may = EnumSet.copyOf(sources);
    if (sources.contains(Source.NOTIFICATION)) {
      may.add(Source.POLL);
    }
    if (tolerance.whollyMissed(outage)) {
      may.retainAll(EnumSet.of(Source.EVENT));
    } else if (sources.equals(EnumSet.of(Source.EVENT))) {
      // The one look at the start of the exporter.
      may.add(Source.POLL);
    }
    return may;
  }

  /** Without events a crash shows only by the exit code, and only to one who looks in time. */
  private Set<Boolean> crash(TrueOutage outage) {
    if (!outage.crash()) {
      return Set.of(false);
    }
    return sources.contains(Source.EVENT) ? Set.of(true) : Set.of(true, false);
  }

  private Set<StartedBy> startedBy(TrueOutage outage) {
    boolean events = sources.contains(Source.EVENT);
    return switch (outage.by()) {
      case BOOT -> Set.of(StartedBy.BOOT);
      case RECOVERY -> events ? recovery(outage) : Set.of(StartedBy.UNATTRIBUTED);
      case ADMINISTRATOR -> administrator(outage, events);
      default -> Set.of(StartedBy.UNATTRIBUTED);
    };
  }

  /**
   * Ambiguous: the recovery program of IIS Admin starts SMTPSVC and RESvc, too, but their own
   * events (7034) announce nothing. Whether the announcement of the service that they live in is
   * evidence for them is not said; both answers are right.
   */
  private Set<StartedBy> recovery(TrueOutage outage) {
    boolean announcedByAnother =
        outage.service() != LifeService.IISADMIN
            && truth.stream()
                .filter(o -> o.service() == LifeService.IISADMIN && o.crash())
                .anyMatch(o -> near(o.began(), outage.began()));
    return announcedByAnother
        ? Set.of(StartedBy.RECOVERY_ACTION, StartedBy.UNATTRIBUTED)
        : Set.of(StartedBy.RECOVERY_ACTION);
  }

  /**
   * A person whom only the log of an old Windows names.
   *
   * <p>Ambiguous: a service that failed to start at the boot and was then started by hand. The host
   * booted in between, but what ended the outage was the person; where that is known, it is the
   * answer. Where it is not, the boot may be taken for the reason.
   */
  private Set<StartedBy> administrator(TrueOutage outage, boolean events) {
    if (events && shape == LogShape.SERVER_2003) {
      return Set.of(StartedBy.ADMINISTRATOR);
    }
    return outage.reboot().isPresent()
        ? Set.of(StartedBy.UNATTRIBUTED, StartedBy.BOOT)
        : Set.of(StartedBy.UNATTRIBUTED);
  }

  private static boolean near(Instant a, Instant b) {
    return Duration.between(a, b).abs().compareTo(TOGETHER) < 0;
  }
}
