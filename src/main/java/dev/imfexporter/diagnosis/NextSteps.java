package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Result;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do, in the article's order: what is quick and harmless first. */
final class NextSteps {
  /** The finding of what the update changed has them all. */
  private static final int MOST_COMMANDS = 3;

  static final String OF_THE_CAUSE = "Take the steps of the likely cause above.";
  static final String NOTHING = "Nothing.";

  private final Patient host;
  private final List<String> steps = new ArrayList<>();

  private NextSteps(Patient host) {
    this.host = host;
  }

  static List<String> of(Patient host, Verdict verdict) {
    NextSteps steps = new NextSteps(host);
    if (!host.causes().isEmpty()) {
      steps.steps.add(OF_THE_CAUSE);
    }
    switch (verdict) {
      case UNREADABLE -> steps.unreadable();
      case HEALTHY -> {
        steps.untilTheUpdateIsOver();
        steps.healthy();
      }
      case AT_RISK -> steps.atRisk();
      case FAILING -> steps.failing();
    }
    return steps.steps;
  }

  private void unreadable() {
    ErrorReason reason =
        host.snapshot().collected().get(CollectorKey.SERVICES).result()
                instanceof Result.Failed<?> failed
            ? failed.error()
            : ErrorReason.OTHER;
    if (reason == ErrorReason.DNS) {
      steps.add(
          "A name has no address, as the reading above says: check it in the configuration, and ask"
              + " the DNS on the exporter's machine: nslookup %s."
                  .formatted(host.snapshot().name()));
    }
    steps.add(
        "Look at the host itself: does it answer, and does SMTP greet (%s)?"
            .formatted(host.snapshot().smtp().telnet(host.snapshot().name())));
    if (reason != ErrorReason.DNS) {
      steps.add(access(reason));
    }
    steps.add(
        "On its console, look at IISADMIN and SMTPSVC in services.msc and start what is down.");
  }

  private static String access(ErrorReason reason) {
    return switch (reason) {
      case RIGHTS ->
          "The host answers and refuses: give the exporter's account the right that the reading"
              + " names above.";
      case AUTH ->
          "The host answers and refuses the log-in: put the right password where the"
              + " configuration says, or unlock the account. Do not try passwords: that locks it.";
      default ->
          "If the host is up, check that its firewall lets this machine in (SMB, by default TCP 445,"
              + " and RPC) and that its Server and Remote Registry services run.";
    };
  }

  /** All runs, and the episode of an update is not over. */
  private void untilTheUpdateIsOver() {
    Situation situation = Summary.situation(host);
    if (situation.isSettled()) {
      return;
    }
    Optional<String> quiet =
        host.snapshot()
            .history()
            .episodes()
            .present()
            .flatMap(NextSteps::quiet)
            .filter(at -> at.isAfter(host.now()))
            .map(host.time()::moment);
    steps.add(
        situation == Situation.VERIFYING
            ? "Wait until the update is verified, and look again: mail has to be seen to flow, and no"
                + " service to stop again. That takes some minutes"
                + quiet
                    .map(
                        at ->
                            ", or until %s if the installer does not report its end".formatted(at))
                    .orElse("")
                + "."
            : "Wait until the update is over, and look again: until then it may restart IIS Admin, and"
                + " SMTP with it. "
                + quiet
                    .map("Unless it reports more, it is over at %s."::formatted)
                    .orElse("That takes some minutes."));
  }

  /** From then on, an outage is not taken for the update's, unless it reports more. */
  private static Optional<Instant> quiet(Episode episode) {
    return episode.markers().stream()
        .map(UpdateMarker::at)
        .max(Comparator.naturalOrder())
        .map(at -> at.plus(UpdateMarker.AFTER));
  }

  private void healthy() {
    List.of(IIS_ADMIN, SMTP).stream()
        .filter(host.snapshot()::runsUntilTheNextBoot)
        .forEach(this::automatic);
    putBack();
    if (steps.isEmpty()) {
      steps.add(NOTHING);
    }
  }

  /** What an update left changed, where a command puts it back that no other step has. */
  private void putBack() {
    List<String> commands =
        host.leftChanged().stream()
            .flatMap(change -> change.command(host.snapshot().name()).stream())
            .filter(command -> steps.stream().noneMatch(step -> step.contains(command)))
            .limit(MOST_COMMANDS)
            .toList();
    if (!commands.isEmpty()) {
      steps.add(
          "Decide whether what changed with the update is wanted; this puts it back: %s."
              .formatted(String.join(", and ", commands)));
    }
  }

  private void automatic(String name) {
    String command = "sc.exe config " + CommandName.ofService(name);
    if (host.isTold(command)) {
      return;
    }
    steps.add(
        "Set the start mode of %s to automatic (%s start= auto), or it stays down"
                .formatted(name, command)
            + " after the next reboot.");
  }

  private void atRisk() {
    if (host.concerned().stream().anyMatch(NextSteps::fails)) {
      steps.add(
          "Save the System and the Application log and the dump of inetinfo.exe, if there is one,"
              + " before they are overwritten.");
    }
    host.concerned().forEach(this::concerns);
    steps.addAll(DialogueSteps.of(host));
    healthy();
  }

  private static boolean fails(ServiceHistory service) {
    return service.concerns().contains(Concern.CRASHED)
        || service.concerns().contains(Concern.FLAPPING);
  }

  private void concerns(ServiceHistory service) {
    String name = service.name();
    if (fails(service)) {
      steps.add(
          "Find out what ended %s: in the Application log, the minute before each end names the"
                  .formatted(name)
              + " module, and sc.exe qfailure %s says what follows the next failure.%s"
                  .formatted(
                      CommandName.ofService(name), plugIns(" Plug-ins that are loaded: ", ".")));
    }
    boolean carriesMail = name.equals(IIS_ADMIN) || name.equals(SMTP);
    if (service.concerns().contains(Concern.STAYS_DOWN_AFTER_BOOT) && !carriesMail) {
      automatic(name);
    }
    if (service.concerns().contains(Concern.NEVER_RAN)) {
      steps.add(
          "If this host carries mail, start it: net start %1$s. If it does not: sc.exe config %1$s"
                  .formatted(CommandName.ofService(name))
              + " start= disabled.");
    }
  }

  private void failing() {
    List<ServiceHistory> down = host.down();
    untilARestartIsOver();
    if (Summary.situation(host) == Situation.OWN_ADDRESS_REFUSED) {
      steps.addAll(DialogueSteps.of(host));
    }
    // Nothing that depends on IIS Admin starts while it is disabled.
    boolean admin =
        down.stream().anyMatch(s -> s.name().equals(IIS_ADMIN))
            || (!down.isEmpty()
                && host.disabled(IIS_ADMIN)
                && !host.state(IIS_ADMIN).equals(Optional.of(ServiceState.RUNNING)));
    steps.addAll(
        StartSteps.of(
            host, admin, down.stream().filter(s -> !s.name().equals(IIS_ADMIN)).toList()));
    if (host.bannerDead() || host.flow() == MailFlow.State.STALLED) {
      steps.addAll(MailSteps.standsStill(host));
      return;
    }
    if (host.flow() == MailFlow.State.STUCK || host.flow() == MailFlow.State.BOUNCING) {
      steps.addAll(MailSteps.isRefused(host));
      return;
    }
    steps.add("Look again: RUNNING is not yet flowing, so wait until it says that mail flows.");
    if (admin || down.stream().anyMatch(s -> s.name().equals(SMTP))) {
      ifItFails();
    }
  }

  private void untilARestartIsOver() {
    if (host.restartMayEnd()) {
      steps.add(
          "Wait %s, in which a restart may bring everything back, and look again before you do"
                  .formatted(TimeWords.duration(host.snapshot().history().limits().slow()))
              + " anything of what follows.");
    }
  }

  private void ifItFails() {
    boolean updated = host.episodeOfLastOutage().isPresent();
    steps.add(
        "If a start fails: note the event's id and code, then %sdisable the plug-ins of inetinfo.exe one by one%s and start again after each."
            .formatted(
                updated
                    ? "uninstall the update (Add or Remove Programs); if that does not help, "
                    : "",
                plugIns(" (", ")")));
    steps.add(
        "Escalate when two starts have failed, or mail has been out for 30 minutes: imf-exporter"
            + " evidence %s collects what others need, without accounts, which this output may name;"
                .formatted(host.snapshot().name())
            + " add both event logs.");
  }

  private String plugIns(String before, String after) {
    Result<Components> result = host.snapshot().collected().get(CollectorKey.COMPONENTS).result();
    List<Components.Component> parties =
        result.value().map(Components::thirdParty).orElse(List.of());
    return parties.isEmpty()
        ? ""
        : parties.stream()
            .map(Components.Component::name)
            .limit(5)
            .collect(Collectors.joining(", ", before, after));
  }
}
