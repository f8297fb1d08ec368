package dev.imfexporter.preflight;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Services;
import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the Service Control Manager does when a service fails. No action is no fault: a stop that an
 * installer asks for is no failure, and is not followed by any.
 */
final class Recovery {
  private Recovery() {}

  static Answer of(Outlook host) {
    Optional<Services> read = host.value(CollectorKey.SERVICES);
    if (read.isEmpty()) {
      return host.unreadable();
    }
    Answer answer = new Answer();
    for (String service : List.of(IIS_ADMIN, SMTP)) {
      Optional<ServiceConfig> config = read.get().config(service);
      config.ifPresent(
          of ->
              of.details()
                  .recovery()
                  .ifPresentOrElse(
                      recovery -> service(host, service, recovery, answer),
                      () -> unread(service, answer)));
    }
    return answer.isEmpty() ? answer.ok("Neither of them is installed.") : answer;
  }

  private static void unread(String service, Answer answer) {
    answer
        .notKnown("What follows a failure of %s was not read.".formatted(service))
        .step("On the host: sc.exe qfailure %s".formatted(service));
  }

  private static void service(
      Outlook host, String service, RecoveryActions recovery, Answer answer) {
    Optional<Action> first = recovery.actions().stream().findFirst();
    ActionType type = first.map(Action::type).orElse(ActionType.NONE);
    String delay =
        first.map(action -> TimeWords.duration(Duration.ofMillis(action.delayMillis()))).orElse("");
    switch (type) {
      case NONE ->
          answer.ok(
              ("Windows does nothing when %s fails, so it stays down until an administrator starts it;"
                      + " that is no fault here, as no recovery action follows a stop that an"
                      + " installer asks for.")
                  .formatted(service));
      case RESTART ->
          answer.ok("Windows starts %s again %s after it failed.".formatted(service, delay));
      case RUN_COMMAND ->
          answer.ok("Windows runs a command %s after %s failed.".formatted(delay, service));
      case REBOOT ->
          answer
              .warning(
                  "Windows reboots the host %s after %s failed, which an update may make it do."
                      .formatted(delay, service))
              .step(
                  "On %s, let it start the service instead: sc.exe failure %s reset= 86400 actions= restart/60000"
                      .formatted(host.name(), service));
    }
  }
}
