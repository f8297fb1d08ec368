package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.observed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.StateObserved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts that follow each other within the tolerance between the times of two sources. */
class CloseRestartsTest {
  private static final int RUNS = 400;

  /**
   * A crash has two events. The log is read every two seconds, behind the notifications, which
   * begin at any time.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void eachRestartCountsOnce(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      int restarts = 1 + random.nextInt(8);
      Map<Double, StateObserved> seen = observations(restarts, random);
      Timeline timeline = new Timeline(0);
      seen.values().forEach(timeline::add);

      assertThat(
              OutageFold.of(
                  OutageCases.SERVICE,
                  timeline.transitions(),
                  ServiceState.RUNNING,
                  StartLog.EMPTY,
                  List.of(),
                  Integer.MAX_VALUE))
          .as("run %d of %s", run, seen)
          .hasSize(restarts);
    }
  }

  /** What the exporter sees, by the time at which it sees it. */
  private static Map<Double, StateObserved> observations(int restarts, Random random) {
    Map<Double, StateObserved> seen = new TreeMap<>();
    double notified = random.nextInt(30);
    double at = 10;
    for (int record = 2; record < 4 * restarts + 2; record += 2) {
      boolean stop = record % 4 == 2;
      String state = stop ? "STOPPED" : "RUNNING";
      at += 0.05 + random.nextInt(stop ? 3000 : 1000) / 1000.0;
      if (at > notified) {
        seen.put(at, observed("%s@%.3f/N".formatted(state, at)));
      }
      // The number of the record keeps the order of the log.
      double read = 2 * Math.ceil(at / 2) + record / 1e6;
      seen.put(read, event("%s@%d/E".formatted(state, (long) at), record));
      if (stop && random.nextBoolean()) {
        seen.put(read + 1e-6, event("STOPPED@%d/E!TERMINATED".formatted((long) at), record + 1));
      }
    }
    return seen;
  }

  private static StateObserved event(String cell, int record) {
    StateObserved seen = observed(cell);
    return new StateObserved(
        seen.service(),
        seen.state(),
        seen.source(),
        seen.at(),
        seen.margin(),
        Optional.of(new LogRecord(record, seen.at())),
        seen.ending());
  }
}
