package dev.imfexporter.watch.poll;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.model.FailureRecord;
import dev.imfexporter.watch.model.Failures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Counts the failures of a host's collectors and keeps the newest. Thread-safe. */
public final class FailureLog {
  /** More than one for each collector: some fail for two reasons in one night. */
  private static final int KEPT = 20;

  private Failures failures = Failures.NONE;

  /** Counts a run if it failed. */
  public synchronized void add(Timed<?> run) {
    if (run.result() instanceof Result.Failed<?> failed) {
      Map<ErrorReason, Long> counts = new EnumMap<>(failures.counts());
      counts.merge(failed.error(), 1L, Long::sum);
      failures = new Failures(counts, recent(run, failed));
    }
  }

  private List<FailureRecord> recent(Timed<?> run, Result.Failed<?> failed) {
    List<FailureRecord> recent = new ArrayList<>(failures.recent());
    Instant first = run.at();
    long times = 1;
    for (Iterator<FailureRecord> each = recent.iterator(); each.hasNext(); ) {
      FailureRecord known = each.next();
      if (known.collector() == run.key() && known.why().equals(failed.why())) {
        first = known.first();
        times = known.times() + 1;
        each.remove();
      }
    }
    recent.add(
        0, new FailureRecord(run.key(), failed.error(), failed.why(), first, run.at(), times));
    return recent.subList(0, Math.min(recent.size(), KEPT));
  }

  public synchronized Failures failures() {
    return failures;
  }
}
