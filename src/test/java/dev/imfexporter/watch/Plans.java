package dev.imfexporter.watch;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.watch.model.Retention;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Plans that read little. */
public final class Plans {
  private Plans() {}

  /** Services, definition and counters; neither events nor anything else. */
  public static WatchPlan of(
      String host, Reading<Services> services, Reading<Definition> definition, Reading<Smtp> smtp) {
    return new WatchPlan(
        host,
        services,
        Optional.of(definition),
        Optional.of(smtp),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new WatchPlan.Intervals(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5)),
        Set.of(),
        ObservedState.LIMITS,
        new Retention(Duration.ofDays(400), 500));
  }
}
