package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The performance object of the Intelligent Message Filter, in proportion to the mail. */
final class FilterCounters {
  static final int OBJECT = 5_200;

  /** The share of messages rated with each spam confidence level, 0 to 9. */
  private static final double[] RATED = {
    0.46, 0.09, 0.05, 0.04, 0.03, 0.04, 0.05, 0.06, 0.07, 0.11
  };

  /** The gateway rejects messages from this level on. */
  private static final int ACTED_UPON_FROM = 7;

  private static final CounterSet COUNTERS =
      new CounterSet(OBJECT, "MSExchange Intelligent Message Filter", parts());

  private FilterCounters() {}

  /** Empty until the filter has scanned a message. */
  static Optional<PerformanceObject> of(Mail mail) {
    return mail.received() < 1
        ? Optional.empty()
        : Optional.of(new PerformanceObject(OBJECT, List.of(new Instance("", COUNTERS.of(mail)))));
  }

  static SortedMap<Integer, String> names() {
    return COUNTERS.names();
  }

  private static List<CounterSet.Part> parts() {
    List<CounterSet.Part> parts = new ArrayList<>();
    parts.add(CounterSet.count("Total Messages Scanned for UCE", Mail::received));
    parts.add(CounterSet.rate("Messages Scanned for UCE/sec", Mail::received));
    double acted = 0;
    for (int level = 0; level < RATED.length; level++) {
      double share = RATED[level];
      acted += level < ACTED_UPON_FROM ? 0 : share;
      parts.add(
          CounterSet.count(
              "Total Messages Assigned an SCL Rating of " + level,
              mail -> mail.received() * share));
    }
    double actedUpon = acted;
    parts.add(
        CounterSet.count("Total UCE Messages Acted Upon", mail -> mail.received() * actedUpon));
    parts.add(CounterSet.rate("UCE Messages Acted Upon/sec", mail -> mail.received() * actedUpon));
    return parts;
  }
}
