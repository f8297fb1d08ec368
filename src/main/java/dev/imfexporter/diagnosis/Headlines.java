package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one sentence at the top. */
final class Headlines {
  private Headlines() {}

  static String of(Patient host, Verdict verdict) {
    String name = host.snapshot().name();
    return switch (verdict) {
      case UNREADABLE -> name + " cannot be read: whether mail flows is not known.";
      case HEALTHY -> healthy(host, name);
      case AT_RISK -> "%s needs attention: %s.".formatted(name, String.join("; ", host.concerns()));
      case FAILING -> failing(host, name);
    };
  }

  private static String healthy(Patient host, String name) {
    if (!host.installed(IIS_ADMIN) && !host.installed(SMTP)) {
      return name + " has neither IIS Admin nor IIS SMTP: there is nothing to diagnose.";
    }
    return switch (host.flow()) {
      case FLOWING -> name + " is healthy: everything that should run does, and mail flows.";
      case IDLE -> name + " is healthy: everything that should run does; there is no mail to move.";
      case RETRYING ->
          name
              + " is healthy: everything that should run does; nothing leaves now, and messages wait"
              + " for another try.";
      case STALLED, STUCK, BOUNCING, INTERRUPTED, HALTED, UNKNOWN ->
          name + " runs everything that it should; whether mail flows cannot be told from here.";
    };
  }

  private static String failing(Patient host, String name) {
    List<ServiceHistory> down = host.down();
    if (down.stream().anyMatch(service -> service.name().equals(SMTP))) {
      boolean halted = host.flow() == MailFlow.State.HALTED;
      return "Mail on %s is %s: %s."
          .formatted(name, halted ? "halted" : "interrupted", services(host, down));
    }
    String others = down.isEmpty() ? "" : " Besides, " + services(host, down) + ".";
    if (host.bannerDead()) {
      return "SMTP on " + name + " runs and does not answer its clients." + others;
    }
    if (host.flow() == MailFlow.State.STALLED) {
      return "Mail on " + name + " is stalled, though SMTP runs." + others;
    }
    if (host.flow() == MailFlow.State.STUCK) {
      return "Mail on " + name + " is stuck in the queues, though SMTP runs." + others;
    }
    if (host.flow() == MailFlow.State.BOUNCING) {
      return "Mail on " + name + " bounces, though SMTP runs." + others;
    }
    if (!host.gone().isEmpty()) {
      return "SMTP on %s runs without %s, which it had before it was started anew.%s"
          .formatted(name, String.join(", ", host.gone()), others);
    }
    return "%s is not complete: %s.".formatted(name, services(host, down));
  }

  private static String services(Patient host, List<ServiceHistory> down) {
    return down.stream()
        .map(service -> service.name() + " " + is(host, service))
        .collect(Collectors.joining(", "));
  }

  private static String is(Patient host, ServiceHistory service) {
    String state =
        service
            .status()
            .map(status -> status.state())
            .filter(s -> s != ServiceState.STOPPED)
            .map(s -> "is " + s.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .orElse("is stopped");
    return service
        .outageStart()
        .map(since -> state + ", out for " + TimeWords.lasting(since, host.now()))
        .orElse(state);
  }
}
