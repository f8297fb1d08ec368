package dev.imfexporter.preflight;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Services;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.util.List;
import java.util.Optional;

/** Whether Windows starts what runs now again. */
final class Starts {
  private Starts() {}

  static Answer ofMail(Outlook host) {
    Optional<Services> read = host.value(CollectorKey.SERVICES);
    if (read.isEmpty()) {
      return host.unreadable();
    }
    Answer answer = new Answer();
    for (String name : List.of(IIS_ADMIN, SMTP)) {
      host.snapshot()
          .service(name)
          .ifPresentOrElse(
              service -> start(host, read.get(), service, answer),
              () -> answer.notKnown(name + " is not watched."));
    }
    Troubles.ofNextBoot(host.snapshot(), host.time().zone())
        .ifPresent(risk -> answer.warning(risk.evidence()).step(risk.step()));
    return answer;
  }

  static Answer ofDependents(Outlook host) {
    Optional<Services> read = host.value(CollectorKey.SERVICES);
    if (read.isEmpty()) {
      return host.unreadable();
    }
    List<ServiceHistory> others =
        host.snapshot().history().services().stream()
            .filter(service -> !service.name().equals(IIS_ADMIN) && !service.name().equals(SMTP))
            .toList();
    Answer answer = new Answer();
    others.forEach(service -> start(host, read.get(), service, answer));
    if (others.isEmpty()) {
      answer.ok("No other service is watched or depends on IIS Admin.");
    }
    return answer;
  }

  private static void start(Outlook host, Services read, ServiceHistory service, Answer answer) {
    Optional<StartMode> mode = read.config(service.name()).map(ServiceConfig::startMode);
    if (isAtRest(service)) {
      answer.ok(atRest(service, mode));
      return;
    }
    if (service.standing() == Standing.UNKNOWN || mode.isEmpty()) {
      answer.notKnown("How %s starts is not known.".formatted(service.name()));
      return;
    }
    Optional<String> other = read.startedAtBootFor(service.name());
    if (mode.get().automatic()) {
      answer.ok(
          "%s starts automatically%s."
              .formatted(
                  service.name(), mode.get() == StartMode.DELAYED_AUTO ? ", with a delay" : ""));
    } else if (other.isPresent()) {
      answer.warning(
          "%s is manual. A boot starts it, because %s starts automatically and needs it; iisreset does not."
              .formatted(service.name(), other.get()));
      automatic(host, service, answer);
    } else {
      notAtBoot(service, mode.get(), answer);
      automatic(host, service, answer);
    }
  }

  /** It does not run, and nothing says that it should. */
  private static boolean isAtRest(ServiceHistory service) {
    return switch (service.standing()) {
      case RESTING, DISABLED, MISSING -> true;
      case RUNNING, DOWN, LEFT_DOWN_BY_UPDATE, PAUSED, REMOVED, UNKNOWN -> false;
    };
  }

  private static String atRest(ServiceHistory service, Optional<StartMode> mode) {
    return mode.map(
            is ->
                "%s does not run, and nothing shows that it should (%s)."
                    .formatted(service.name(), is.spaced()))
        .orElse(service.name() + " is not installed.");
  }

  /** Mail needs the two; what another service needs to start is not known from here. */
  private static void notAtBoot(ServiceHistory service, StartMode mode, Answer answer) {
    boolean mail = service.name().equals(IIS_ADMIN) || service.name().equals(SMTP);
    String sentence =
        mode == StartMode.DISABLED
            ? "%s is disabled: it stays down after a boot, and an administrator cannot start it before its start mode is changed."
                .formatted(service.name())
            : "%s is %s: it stays down after a boot until an administrator starts it."
                .formatted(service.name(), mode.word());
    if (mail || mode == StartMode.DISABLED) {
      answer.problem(sentence);
    } else {
      answer.warning(sentence);
    }
  }

  private static void automatic(Outlook host, ServiceHistory service, Answer answer) {
    answer.step(
        "On %s: sc.exe config %s start= auto"
            .formatted(host.name(), CommandName.ofService(service.name())));
  }
}
