package dev.imfexporter.cli;

import dev.imfexporter.winservice.CommandLine;
import dev.imfexporter.winservice.Registration;
import dev.imfexporter.winservice.ServiceStatus;

/** What {@code service status} prints. */
final class ServiceText {
  private ServiceText() {}

  static String status(ServiceStatus status) {
    StringBuilder text = new StringBuilder();
    text.append("service %s is %s".formatted(Registration.NAME, status.stateName()));
    if (status.processId() != 0) {
      text.append(", process ").append(status.processId());
    }
    if (status.stopped() && status.exitCode() != 0) {
      text.append(
          ", its last run ended with code %d: see the Application log and --log.file"
              .formatted(status.exitCode()));
    }
    return text.append(
            "%n  starts:  %s%n  account: %s%n  command: %s%n"
                .formatted(
                    status.startMode(), status.account(), CommandLine.join(status.command())))
        .toString();
  }
}
