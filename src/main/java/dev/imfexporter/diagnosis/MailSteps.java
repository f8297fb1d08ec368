package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Standing;
import java.util.ArrayList;
import java.util.List;

/** What to do when SMTP runs and mail does not pass. */
final class MailSteps {
  private MailSteps() {}

  /** SMTP takes messages, and the other side does not. */
  static List<String> isRefused(Patient host) {
    List<String> steps = new ArrayList<>();
    if (host.causes().isEmpty()) {
      steps.addAll(whyRefused());
    }
    steps.add("Look again, until this says that mail flows.");
    return steps;
  }

  private static List<String> whyRefused() {
    return List.of(
        "Read one of the non-delivery reports, or a message file in the folder Queue or Badmail:"
            + " its status code says why the other side refuses (5.7.30, 5.7.57, 535: the log-in"
            + " at the smart host; 4.4.x: no connection or no DNS answer; 5.1.x: the address).",
        "At a command prompt of the host, find the smart host:"
            + " findstr SmartHost= %windir%\\System32\\inetsrv\\MetaBase.xml. Without one, mail goes to"
            + " the mail exchangers of each domain.",
        "From the host, ask the server that this names, on TCP port 25 and with EHLO: does it answer,"
            + " and what? A firewall, a changed address, an expired certificate or password stands"
            + " between.",
        "Look at the events of smtpsvc in the System log: 4000 and 4006 name the domain and the"
            + " reason of each delivery that failed.",
        "Do not restart SMTP for this: it changes nothing at the other side. Messages in the retry"
            + " queue are tried again on their own; bounced ones have to be sent again.");
  }

  /** SMTP runs, and does not answer its clients or passes nothing. */
  static List<String> standsStill(Patient host) {
    List<String> steps = new ArrayList<>();
    if (host.service(SMTP).filter(s -> s.standing() == Standing.PAUSED).isPresent()) {
      steps.add("Find out who paused it, and end the pause: sc.exe continue SMTPSVC.");
    }
    if (host.bannerDead()) {
      steps.add(
          "On the host itself: %s. If it greets there, a firewall or a virus scanner stands between;"
                  .formatted(host.snapshot().smtp().telnet("localhost"))
              + " if not, go on.");
    }
    if (!host.has(Trouble.PORT_TAKEN)) {
      steps.add(
          "Look at the virtual server in the IIS 6 Manager (Exchange System Manager): it may be"
              + " stopped or paused while the service runs. Events SMTPSVC 115 and 429 say why.");
    }
    if (host.flow() == MailFlow.State.STALLED) {
      steps.add(
          "Look where the messages wait: a retry queue points at the other side or at DNS, the"
              + " local queue at the store, the categorizer at Active Directory.");
    }
    if (!host.isTold("net stop SMTPSVC")) {
      steps.add(
          "Restart SMTP only when none of this shows a cause: net stop SMTPSVC, net start SMTPSVC.");
    }
    steps.add("Look again, and escalate if this says the same.");
    return steps;
  }
}
