package dev.imfexporter.access.demo;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo host at one moment of its story.
 *
 * @param services all of them
 * @param mail the source of the performance counters; only its queues are valid while SMTPSVC is
 *     not running
 * @param mailAt when the newest message arrived, since the story began: now, or when SMTPSVC left
 *     RUNNING
 * @param folders the updates whose version folders exist, newest first
 * @param registered the update that the registry names
 */
record Scene(
    Map<DemoService, Played> services,
    Mail mail,
    Duration mailAt,
    List<Update> folders,
    Update registered) {

  /** Whether a service is RUNNING. */
  boolean running(DemoService service) {
    return played(service).state() == ServiceState.RUNNING;
  }

  Played played(DemoService service) {
    return Optional.ofNullable(services.get(service)).orElseThrow();
  }

  /**
   * The state of a service.
   *
   * @param exitCode Win32 code of the last stop, 0 unless it is stopped
   * @param startMode how Windows starts it
   * @param recovers whether Windows restarts it after a failure
   * @param startBegan when its last start began, since the story began; negative if before
   */
  record Played(
      ServiceState state,
      long exitCode,
      StartMode startMode,
      boolean recovers,
      Duration startBegan) {}

  /**
   * An update of the filter.
   *
   * @param number of the cycle that brought it; negative if it came before the story began
   * @param at when this trace of it appeared, since the story began; negative if before
   */
  record Update(long number, Duration at) {}
}
