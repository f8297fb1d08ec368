package dev.imfexporter.preflight;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.text.Listing;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.util.List;

/**
 * How the host is before anything is changed. What is wrong now will look like the update's work.
 */
final class Now {
  private Now() {}

  static Answer running(Outlook host) {
    if (!host.snapshot().up()) {
      return host.unreadable();
    }
    Answer answer = new Answer();
    host.snapshot().down().forEach(service -> answer.problem(down(host, service)));
    mail(host, answer);
    for (ServiceHistory service : host.snapshot().history().services()) {
      if (service.standing() == Standing.UNKNOWN) {
        answer.notKnown("The state of %s is not known.".formatted(service.name()));
      }
      service.concerns().stream()
          // A start mode has a check of its own.
          .filter(concern -> concern != Concern.STAYS_DOWN_AFTER_BOOT)
          .forEach(concern -> answer.warning(concern.clause(service, host.now()) + "."));
    }
    host.snapshot()
        .collected()
        .get(CollectorKey.SERVICES)
        .result()
        .reason()
        .ifPresent(why -> answer.notKnown(Sentence.closed(why)));
    if (answer.hasFault()) {
      answer.step(
          "Mend this before the update: imf-exporter diagnose %s says what to do."
              .formatted(host.name()));
    }
    host.snapshot()
        .history()
        .episodes()
        .present()
        .ifPresent(episode -> underWay(host, episode, answer));
    return answer;
  }

  /** A restart now would fall into what the update still does, and hide what came of it. */
  private static void underWay(Outlook host, Episode episode, Answer answer) {
    String title = episode.title().isEmpty() ? "an update" : episode.title();
    answer
        .warning(
            "Episode %d (%s), which began %s, is not over: the update is under way, or is being verified."
                .formatted(episode.number(), title, host.moment(episode.began())))
        .step(
            "Wait until it is over: imf-exporter history --host %s then has its outcome."
                .formatted(host.name()));
  }

  private static String down(Outlook host, ServiceHistory service) {
    String is =
        service
            .status()
            .map(
                status ->
                    status.state() == ServiceState.STOPPED ? "is STOPPED" : "is " + status.state())
            .orElse("is not installed any more");
    return service
        .condition()
        .downSince()
        .map(
            at ->
                "%s should run and %s, for %s."
                    .formatted(service.name(), is, TimeWords.lasting(at, host.now())))
        .orElse("%s should run and %s.".formatted(service.name(), is));
  }

  private static void mail(Outlook host, Answer answer) {
    MailFlow flow = host.snapshot().history().mailFlow();
    if (host.snapshot().bannerDead()) {
      answer.problem("SMTP does not answer its clients.");
    }
    List<GoneVirtualServer> gone = host.snapshot().history().goneVirtualServers();
    gone.forEach(
        server ->
            answer.problem(
                "SMTPSVC was started anew without %s, which it had before."
                    .formatted(server.name())));
    if (flow.state().isFailing()) {
      answer.problem(
          "Mail flow is %s: %s"
              .formatted(flow.state().word(), Sentence.closed(String.join(" ", flow.evidence()))));
    } else if (flow.state() == MailFlow.State.UNKNOWN) {
      answer.notKnown("Whether mail flows is not known.");
    } else if (host.snapshot().down().isEmpty()) {
      answer.ok(well(flow.state()));
    }
  }

  private static String well(MailFlow.State flow) {
    return switch (flow) {
      case FLOWING -> "Everything that should run does, and mail flows.";
      case IDLE -> "Everything that should run does, and there is no mail to move.";
      case ANSWERING -> "Everything that should run does, and SMTP answers clients.";
      case RETRYING, BOUNCING, STUCK, STALLED, INTERRUPTED, HALTED, UNKNOWN ->
          "Everything that should run does; nothing leaves now, and messages wait for another try.";
    };
  }

  static Answer troubles(Outlook host) {
    Troubles troubles = Troubles.of(host.snapshot(), host.time().zone());
    Answer answer = new Answer();
    List<Cause> likely =
        troubles.likely().stream().filter(cause -> !hasItsOwnCheck(cause.trouble(), host)).toList();
    for (Cause cause : likely) {
      answer.problem(
          "%s (%s): %s"
              .formatted(
                  cause.trouble().title(),
                  cause.trouble().word(),
                  String.join(" ", cause.evidence())));
      answer.step(
          "imf-exporter diagnose %s has the steps, and Microsoft's page is %s"
              .formatted(host.name(), cause.trouble().article()));
    }
    List<Trouble> unknown = troubles.notKnown();
    if (!unknown.isEmpty()) {
      answer.notKnown(
          "Of %d known troubles, %d could not be looked for: %s."
              .formatted(
                  troubles.matches().size(),
                  unknown.size(),
                  Listing.some(unknown.stream().map(Trouble::word).toList())));
    } else if (likely.isEmpty()) {
      answer.ok("None of the %d known troubles is likely.".formatted(troubles.matches().size()));
    }
    return answer;
  }

  /** A start mode is checked whether or not an installer set it, and so are the volumes of mail. */
  private static boolean hasItsOwnCheck(Trouble trouble, Outlook host) {
    boolean needsRoom =
        host.snapshot().volumes().stream().anyMatch(room -> !room.concerns(host.now()).isEmpty());
    return trouble == Trouble.LEFT_DISABLED
        || (needsRoom && (trouble == Trouble.DISK_FULL || trouble == Trouble.DISK_FILLS));
  }
}
