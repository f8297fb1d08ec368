package dev.imfexporter.watch;

import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.SmtpReading;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.PlannedCollector;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.SmtpAddress;
import dev.imfexporter.watch.model.WatchPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plans of tests: a poll each second, calls of up to 5 s, the shipped limits of episodes. */
public final class Plans {
  private Plans() {}

  public static WatchPlan of(String host, PlannedCollector<?>... collectors) {
    return new WatchPlan(
        host,
        SmtpAddress.DEFAULT,
        List.of(collectors),
        new WatchPlan.Pace(Duration.ofSeconds(1), Duration.ofSeconds(5)),
        Set.of(),
        Set.of(),
        ObservedState.LIMITS,
        new Retention(Duration.ofDays(400), 500));
  }

  /** Services, definition and counters. */
  public static WatchPlan ofMail(
      String host, Collector<Services> services, Collector<Definition> definition) {
    return of(
        host,
        PlannedCollector.planned(CollectorKey.SERVICES, services, Duration.ofSeconds(1))
            .every(Duration.ZERO),
        PlannedCollector.planned(CollectorKey.DEFINITION, definition, Duration.ofMinutes(1)),
        PlannedCollector.planned(CollectorKey.SMTP, new SmtpReading(), Duration.ofSeconds(1))
            .every(Duration.ofSeconds(15))
            .needing(Need.SMTP_RUNNING));
  }
}
