package dev.imfexporter.access.win32;

import static dev.imfexporter.access.ServiceState.CONTINUE_PENDING;
import static dev.imfexporter.access.ServiceState.PAUSED;
import static dev.imfexporter.access.ServiceState.PAUSE_PENDING;
import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of one notification. {@code dwNotificationTriggered} is a set of bits (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_notify_2w">page</a>):
 * it may have those of several changes, while the status is that of the last one.
 */
final class TriggeredStates {
  /** In the order in which a service passes them. */
  private static final List<ServiceState> CYCLE =
      List.of(
          START_PENDING, RUNNING, PAUSE_PENDING, PAUSED, CONTINUE_PENDING, STOP_PENDING, STOPPED);

  private TriggeredStates() {}

  /**
   * @param triggered SERVICE_NOTIFY_ bits
   * @return the states that the service passed if it was stopped meanwhile, in their order, without
   *     process and exit code, which Windows does not report for them; the last one is the status
   *     itself. Without a stop only that one: what was pending is over, and when it began is not
   *     known
   */
  static List<ServiceStatus> of(int triggered, ServiceStatus status) {
    List<ServiceStatus> passed = new ArrayList<>();
    if ((triggered & bit(STOPPED)) == 0) {
      return List.of(status);
    }
    int last = CYCLE.indexOf(status.state());
    for (int i = 1; i < CYCLE.size(); i++) {
      ServiceState state = CYCLE.get((last + i) % CYCLE.size());
      if ((triggered & bit(state)) != 0) {
        passed.add(new ServiceStatus(state, 0, 0, 0));
      }
    }
    passed.add(status);
    return passed;
  }

  /** SERVICE_NOTIFY_STOPPED and so on, of winsvc.h. */
  private static int bit(ServiceState state) {
    return switch (state) {
      case STOPPED -> 0x1;
      case START_PENDING -> 0x2;
      case STOP_PENDING -> 0x4;
      case RUNNING -> 0x8;
      case CONTINUE_PENDING -> 0x10;
      case PAUSE_PENDING -> 0x20;
      case PAUSED -> 0x40;
    };
  }
}
