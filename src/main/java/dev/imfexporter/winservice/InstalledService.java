package dev.imfexporter.winservice;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import java.io.File;
import java.util.List;

/**
 * The service as the Service Control Manager has it now.
 *
 * @param command the program and its arguments; empty if they are not known
 */
public record InstalledService(ServiceStatus status, ServiceConfig config, List<String> command) {
  public InstalledService {
    command = List.copyOf(command);
  }

  public boolean running() {
    return status.state() == ServiceState.RUNNING;
  }

  public boolean stopped() {
    return status.state() == ServiceState.STOPPED;
  }

  /** With what its last run ended; 0 if it ended as it was asked to, or never ran. */
  public long exitCode() {
    if (status.neverStarted()) {
      return 0;
    }
    return status.hasSpecificExitCode() ? status.specificExitCode() : status.exitCode();
  }

  /** The account under which it runs. */
  public String account() {
    return config.details().account();
  }

  /** The first word of its command; "" if it is not known. */
  public String program() {
    return command.isEmpty() ? "" : command.get(0);
  }

  /** Whether the file of its program exists; true if it is not known. */
  public boolean hasProgram() {
    return command.isEmpty() || new File(program()).exists();
  }
}
