package dev.imfexporter.endtoend;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.LoggedStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restart by the word of the service itself.
 *
 * @param left when it left RUNNING
 * @param stopped when it was STOPPED first
 */
record TrueRestart(Instant left, Instant stopped, Instant running) {

  /** The restarts of a service that ran at first. */
  static List<TrueRestart> of(String service, List<LoggedStatus> log) {
    List<TrueRestart> restarts = new ArrayList<>();
    @Nullable Instant left = null;
    @Nullable Instant stopped = null;
    for (LoggedStatus status : log) {
      if (!status.service().equals(service)) {
        continue;
      }
      if (status.state() == ServiceState.RUNNING) {
        if (left != null && stopped != null) {
          restarts.add(new TrueRestart(left, stopped, status.at()));
        }
        left = null;
        stopped = null;
      } else {
        left = left == null ? status.at() : left;
        if (status.state() == ServiceState.STOPPED && stopped == null) {
          stopped = status.at();
        }
      }
    }
    return restarts;
  }

  Duration total() {
    return Duration.between(left, running);
  }

  /** What the event log alone can tell of it: Windows logs no begin of a stop. */
  Duration logged() {
    return Duration.between(stopped, running);
  }
}
