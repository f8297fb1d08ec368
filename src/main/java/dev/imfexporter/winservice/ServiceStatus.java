package dev.imfexporter.winservice;

import com.sun.jna.platform.win32.Winsvc;
import java.util.List;

/**
 * A service as the Service Control Manager has it now.
 *
 * @param state dwCurrentState of SERVICE_STATUS_PROCESS
 * @param processId 0 if it does not run
 * @param exitCode of its last run; 0 if it ended as it was asked to, or never ran
 * @param startMode in the words of services.msc
 * @param account under which it runs
 * @param command the program and its arguments
 */
public record ServiceStatus(
    int state,
    int processId,
    int exitCode,
    String startMode,
    String account,
    List<String> command) {

  public boolean running() {
    return state == Winsvc.SERVICE_RUNNING;
  }

  public boolean stopped() {
    return state == Winsvc.SERVICE_STOPPED;
  }

  /** The state as {@code sc.exe query} names it. */
  public String stateName() {
    return switch (state) {
      case Winsvc.SERVICE_STOPPED -> "STOPPED";
      case Winsvc.SERVICE_START_PENDING -> "START_PENDING";
      case Winsvc.SERVICE_STOP_PENDING -> "STOP_PENDING";
      case Winsvc.SERVICE_RUNNING -> "RUNNING";
      case Winsvc.SERVICE_CONTINUE_PENDING -> "CONTINUE_PENDING";
      case Winsvc.SERVICE_PAUSE_PENDING -> "PAUSE_PENDING";
      case Winsvc.SERVICE_PAUSED -> "PAUSED";
      default -> "state " + state;
    };
  }
}
