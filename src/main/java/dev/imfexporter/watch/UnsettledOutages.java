package dev.imfexporter.watch;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.outage.OutageTracker;
import java.time.Duration;
import java.util.List;

/** The outages of a journal for which it has no {@link ServiceFact.OutageSettled}. */
public final class UnsettledOutages {
  /** Settled outages are not asked for. */
  private static final Retention NONE = new Retention(Duration.ZERO, 0);

  private UnsettledOutages() {}

  /**
   * Those that last, and those that were over before their last events were read; on the axis.
   *
   * @param facts oldest first
   */
  public static List<Outage> in(List<Fact> facts) {
    OutageTracker outages = new OutageTracker(NONE, false);
    for (Fact fact : facts) {
      if (fact instanceof ServiceFact of) {
        outages.replay(of);
      }
    }
    outages.replayed();
    return outages.unsettled();
  }
}
