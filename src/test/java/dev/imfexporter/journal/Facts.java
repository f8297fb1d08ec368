package dev.imfexporter.journal;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Facts to be kept. */
final class Facts {
  static final Instant NIGHT = Instant.parse("2026-11-22T03:12:07.250Z");

  private Facts() {}

  /** The outage of that number, one a day. */
  static Fact outage(int number) {
    Instant began = NIGHT.plus(Duration.ofDays(number));
    Duration total = Duration.ofMillis(290_750);
    return new ServiceFact.OutageSettled(
        new Outage(
            "SMTPSVC",
            1,
            began,
            Optional.of(began.plus(total)),
            Map.of(
                Phase.STOP, Duration.ofMillis(1_500),
                Phase.DOWN, Duration.ofMillis(286_000),
                Phase.START, Duration.ofMillis(3_250)),
            Set.of(Source.EVENT, Source.NOTIFICATION),
            false,
            false,
            Optional.of(StartedBy.UNATTRIBUTED)));
  }

  static List<Fact> outages(int from, int to) {
    return IntStream.range(from, to).mapToObj(Facts::outage).toList();
  }
}
