package dev.imfexporter.access;

/**
 * A service at one moment (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_status_process">
 * SERVICE_STATUS_PROCESS</a>).
 *
 * @param exitCode Win32 code of the last stop, 0 while running
 * @param specificExitCode the service's own code, see {@link #hasSpecificExitCode}
 * @param processId 0 while stopped
 */
public record ServiceStatus(
    ServiceState state, long exitCode, long specificExitCode, long processId) {

  /** Whether it has not run since the boot, which Windows reports as an exit code. */
  public boolean neverStarted() {
    return exitCode == Win32Error.SERVICE_NEVER_STARTED;
  }

  /** Whether its process ended without reporting that the service stopped. */
  public boolean aborted() {
    return exitCode == Win32Error.PROCESS_ABORTED;
  }

  /** Whether the service stopped with an error code of its own. */
  public boolean hasSpecificExitCode() {
    return exitCode == Win32Error.SERVICE_SPECIFIC_ERROR;
  }
}
