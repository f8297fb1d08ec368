package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.ServiceHistory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one sentence at the top. */
final class Headlines {
  private Headlines() {}

  static String of(Patient host, Situation situation) {
    String name = host.snapshot().name();
    return switch (situation) {
      case NOT_READ_YET -> name + " was not read yet: whether mail flows is not known.";
      case UNREADABLE -> name + " cannot be read: whether mail flows is not known.";
      case HALTED -> "Mail on %s is halted: %s.".formatted(name, services(host));
      case INTERRUPTED -> "Mail on %s is interrupted: %s.".formatted(name, services(host));
      case NO_ANSWER ->
          "SMTP on " + name + " runs and does not answer its clients." + besides(host);
      case STALLED -> "Mail on " + name + " is stalled, though SMTP runs." + besides(host);
      case STUCK ->
          "Mail on " + name + " is stuck in the queues, though SMTP runs." + besides(host);
      case BOUNCING -> "Mail on " + name + " bounces, though SMTP runs." + besides(host);
      case SERVER_GONE ->
          "SMTP on %s runs without %s, which it had before it was started anew.%s"
              .formatted(name, String.join(", ", host.gone()), besides(host));
      case OWN_ADDRESS_REFUSED ->
          "SMTP on %s runs and refuses mail for its own address.%s".formatted(name, besides(host));
      case INCOMPLETE -> "%s is not complete: %s.".formatted(name, services(host));
      case AT_RISK -> "%s needs attention: %s.".formatted(name, String.join("; ", host.concerns()));
      case DISK_AT_RISK ->
          "%s needs attention: %s."
              .formatted(name, host.disk().map(DiskFindings::clause).orElse("a disk fills"));
      case SMTP_AT_RISK ->
          "%s needs attention: %s."
              .formatted(
                  name,
                  host.smtpConcerns().stream()
                      .map(DialogueSteps::clause)
                      .collect(Collectors.joining("; ")));
      case UNDER_WAY ->
          name + " runs everything that it should; an update is under way and may yet restart it.";
      case VERIFYING ->
          name + " runs everything again after an update; whether mail flows is being verified.";
      case PARTLY_READ ->
          "%s Not everything could be read: %s."
              .formatted(of(host, Summary.flow(host)), String.join(", ", host.failedCollectors()));
      case NOTHING -> nothing(host) + ": there is nothing to diagnose.";
      case FLOWING -> well(host, ", and mail flows");
      case IDLE -> well(host, "; there is no mail to move");
      case ANSWERING ->
          well(
              host,
              ", and SMTP answers clients; without counters, whether mail leaves is not known");
      case RETRYING -> well(host, "; nothing leaves now, and messages wait for another try");
      case NOT_KNOWN ->
          name + " runs everything that it should; whether mail flows cannot be told from here.";
    };
  }

  /** A service that is not watched was not asked for: it may be installed. */
  private static String nothing(Patient host) {
    String name = host.snapshot().name();
    long watched =
        Stream.of(IIS_ADMIN, SMTP).filter(service -> host.service(service).isPresent()).count();
    if (watched == 2) {
      return name + " has neither IIS Admin nor IIS SMTP";
    }
    return watched == 0
        ? "Neither IIS Admin nor IIS SMTP is among the services that are watched on " + name
        : "Neither IIS Admin nor IIS SMTP is both watched and installed on " + name;
  }

  /** All runs. That is healthy unless a known trouble is likely, which may be new. */
  private static String well(Patient host, String mail) {
    String name = host.snapshot().name();
    return host.causes().stream()
        .findFirst()
        .map(
            cause ->
                "%s runs everything that it should%s. A known trouble is likely all the same: %s."
                    .formatted(name, mail, cause.trouble().title()))
        .orElse("%s is healthy: everything that should run does%s.".formatted(name, mail));
  }

  private static String besides(Patient host) {
    return host.down().isEmpty() ? "" : " Besides, " + services(host) + ".";
  }

  private static String services(Patient host) {
    return host.down().stream()
        .map(service -> service.name() + " " + is(host, service))
        .collect(Collectors.joining(", "));
  }

  private static String is(Patient host, ServiceHistory service) {
    String state =
        service
            .status()
            .map(status -> status.state())
            .filter(s -> s != ServiceState.STOPPED)
            .map(s -> "is " + s.spaced())
            .orElse("is stopped");
    return service
        .outageStart()
        .map(since -> state + ", out for " + TimeWords.lasting(since, host.now()))
        .orElse(state);
  }
}
