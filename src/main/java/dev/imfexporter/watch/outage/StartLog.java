package dev.imfexporter.watch.outage;

import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.fact.ServiceFact.LogRecord;
import dev.imfexporter.watch.fact.ServiceFact.StartFailed;
import dev.imfexporter.watch.fact.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the log says about starts and stops of one service beside its states: the newest controls
 * and failed starts, each in the order of the log.
 */
record StartLog(List<ControlSent> controls, List<StartFailed> failures) {
  static final StartLog EMPTY = new StartLog(List.of(), List.of());

  private static final int MOST = 32;

  StartLog {
    controls = List.copyOf(controls);
    failures = List.copyOf(failures);
  }

  StartLog with(ControlSent control) {
    return new StartLog(added(controls, control), failures);
  }

  StartLog with(StartFailed failure) {
    return new StartLog(controls, added(failures, failure));
  }

  private static <T> List<T> added(List<T> known, T more) {
    List<T> all = new ArrayList<>(known);
    all.add(more);
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  /** Whether it has the evidence of this record. */
  boolean has(LogRecord record) {
    return Stream.concat(
            controls.stream().map(ControlSent::record), failures.stream().map(StartFailed::record))
        .anyMatch(record::equals);
  }

  /** Without what an outage that ended then has used. */
  StartLog after(Instant end) {
    return new StartLog(
        controls.stream().filter(control -> !control.latest().isBefore(end)).toList(),
        failures.stream().filter(failure -> !failure.latest().isBefore(end)).toList());
  }

  /** Whether a start failed after a stop and before the service ran. */
  boolean failedBetween(Transition stop, Transition running) {
    return failures.stream()
        .anyMatch(
            failure ->
                !failure.latest().isBefore(stop.at())
                    && !failure.earliest().isAfter(running.latest()));
  }

  /** Whether a start failed after a control and before the service ran. */
  boolean failedBetween(ControlSent control, Transition running) {
    return failures.stream()
        .anyMatch(
            failure ->
                failure.record().isAfter(control.record())
                    && !failure.earliest().isAfter(running.latest()));
  }
}
