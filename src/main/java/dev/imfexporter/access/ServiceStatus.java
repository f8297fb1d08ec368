package dev.imfexporter.access;

/**
 * A service at one moment (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_status_process">
 * SERVICE_STATUS_PROCESS</a>).
 *
 * @param exitCode Win32 code of the last stop, 0 while running; 1077 never started since boot, 1066
 *     see {@code specificExitCode}
 * @param specificExitCode the service's own code, meaningful only with exit code 1066
 * @param processId 0 while stopped
 */
public record ServiceStatus(
    ServiceState state, long exitCode, long specificExitCode, long processId) {}
