package dev.imfexporter.cli;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.winservice.CommandLine;
import dev.imfexporter.winservice.InstalledService;
import dev.imfexporter.winservice.Registration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code service status} prints. */
final class ServiceText {
  private ServiceText() {}

  static String status(InstalledService service) {
    StringBuilder text = new StringBuilder();
    text.append("service %s is %s".formatted(Registration.NAME, service.status().state()));
    if (service.status().processId() != 0) {
      text.append(", process ").append(service.status().processId());
    }
    if (service.stopped() && service.exitCode() != 0) {
      text.append(
          ", its last run ended with code %d: see the Application log and --log.file"
              .formatted(service.exitCode()));
    }
    text.append(
        "%n  starts:   %s%n  account:  %s%n  failures: %s%n  command:  %s%n"
            .formatted(
                service.config().startMode().spaced(),
                service.account(),
                service.config().details().recovery().map(ServiceText::recovery).orElse("unknown"),
                CommandLine.join(service.command())));
    if (!service.hasProgram()) {
      text.append(
          "  %s is missing: unpack imf-exporter into its folder again%n"
              .formatted(service.program()));
    }
    return text.toString();
  }

  private static String recovery(RecoveryActions recovery) {
    if (recovery.actions().isEmpty()) {
      return "nothing is done";
    }
    String actions =
        recovery.actions().stream().map(ServiceText::action).collect(Collectors.joining(", "));
    return recovery.afterErrors().orElse(false)
        ? actions + "; also after it ended with an error"
        : actions;
  }

  private static String action(Action action) {
    String what =
        action.type() == ActionType.RESTART
            ? "started again"
            : action.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s after %s s".formatted(what, action.delayMillis() / 1000.0).replace(".0 s", " s");
  }
}
