package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How to start what is down: IIS Admin first, and with it what can be started in one go. */
final class StartSteps {
  /** What a slow plug-in may take before its process is ended. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Patient host;
  private final List<String> steps = new ArrayList<>();

  private StartSteps(Patient host) {
    this.host = host;
  }

  /**
   * @param admin whether IIS Admin is to be started
   * @param others that are down
   */
  static List<String> of(Patient host, boolean admin, List<ServiceHistory> others) {
    StartSteps start = new StartSteps(host);
    List<ServiceHistory> left = others;
    if (admin) {
      List<ServiceHistory> along = start.iisAdmin(others);
      left = others.stream().filter(service -> !along.contains(service)).toList();
    }
    left.forEach(start::service);
    return start.steps;
  }

  /** Returns the services that its step starts too. */
  private List<ServiceHistory> iisAdmin(List<ServiceHistory> others) {
    Optional<ServiceStatus> status = host.service(IIS_ADMIN).flatMap(ServiceHistory::status);
    ServiceState state = status.map(ServiceStatus::state).orElse(ServiceState.STOPPED);
    steps.add("Open the Event Viewer (System and Application) on the host and leave it open.");
    switch (state) {
      case START_PENDING, CONTINUE_PENDING ->
          hangs("IIS Admin is starting and waits for a plug-in.", status);
      case STOP_PENDING, PAUSE_PENDING ->
          hangs(
              "IIS Admin is stopping and waits for a plug-in, which iisreset would allow 60 s.",
              status);
      case STOPPED, PAUSED, RUNNING -> {
        if (!host.isTold(start(IIS_ADMIN))) {
          List<ServiceHistory> along = others.stream().filter(this::startsAlong).toList();
          startByHand(along);
          return along;
        }
        enable(IIS_ADMIN);
      }
    }
    return List.of();
  }

  private boolean startsAlong(ServiceHistory service) {
    return state(service) == ServiceState.STOPPED && !host.isTold(start(service.name()));
  }

  private void startByHand(List<ServiceHistory> along) {
    String others = along.stream().map(s -> enabled(s.name())).collect(Collectors.joining(", "));
    steps.add(
        "Start it by hand: %s%s. Most often a plug-in only timed out, and a start by hand is all it takes."
            .formatted(
                enabled(IIS_ADMIN),
                others.isEmpty()
                    ? ""
                    : ", then %s, which it does not start by itself".formatted(others)));
  }

  /** The second step names its time again, since the page of all hosts shows it alone. */
  private void hangs(String hanging, Optional<ServiceStatus> status) {
    Optional<Instant> began = host.service(IIS_ADMIN).flatMap(ServiceHistory::outageStart);
    Instant end = began.orElse(host.now()).plus(PATIENCE);
    boolean over = !end.isAfter(host.now());
    String time = host.time().time(end);
    String patience =
        over
            ? "two more minutes, as it has hung for more than ten already"
            : time
                + (began.isPresent()
                    ? ", ten minutes after it left RUNNING"
                    : ", ten minutes from now, as it is not known since when it hangs");
    steps.add("%s Give it %s%s.".formatted(hanging, over ? "" : "until ", patience));
    steps.add(
        "If IIS Admin still hangs %s: %s, and %s."
            .formatted(over ? "after two minutes" : "at " + time, end(status), start(IIS_ADMIN)));
  }

  private static String end(Optional<ServiceStatus> status) {
    return status
        .map(ServiceStatus::processId)
        .filter(pid -> pid != 0)
        .map(
            pid ->
                "save a dump of it for the maker of the plug-in (procdump -ma %1$d, or the Task Manager from Server 2008 on), then end inetinfo.exe if %1$d is still its process (taskkill /f /pid %1$d)"
                    .formatted(pid))
        .orElse(
            "save a dump of inetinfo.exe for the maker of the plug-in, then end it in the Task Manager");
  }

  private void service(ServiceHistory service) {
    String name = service.name();
    ServiceState state = state(service);
    switch (state) {
      case STOPPED -> {
        if (host.isTold(start(name))) {
          enable(name);
        } else {
          steps.add(enabled(name) + " (IIS Admin does not bring it up by itself).");
        }
      }
      case PAUSED -> steps.add("net continue " + CommandName.ofService(name) + ".");
      case RUNNING, START_PENDING, STOP_PENDING, CONTINUE_PENDING, PAUSE_PENDING -> {
        if (!host.has(Trouble.BADMAIL_FULL)) {
          steps.add(
              "%s is %s: wait two minutes; if it stays so, it shares the process that hangs, see IIS Admin."
                  .formatted(name, state));
        }
      }
    }
  }

  private void enable(String name) {
    if (toEnable(name)) {
      steps.add("%s is disabled, so it cannot be started: %s.".formatted(name, enabling(name)));
    }
  }

  private boolean toEnable(String name) {
    return host.disabled(name) && !host.isTold("sc.exe config " + CommandName.ofService(name));
  }

  /** What starts a service, also one that is disabled. */
  private String enabled(String name) {
    return toEnable(name) ? enabling(name) + ", then " + start(name) : start(name);
  }

  private static String enabling(String name) {
    return "sc.exe config %s start= auto".formatted(CommandName.ofService(name));
  }

  private static String start(String name) {
    return "net start " + CommandName.ofService(name);
  }

  private static ServiceState state(ServiceHistory service) {
    return service.status().map(ServiceStatus::state).orElse(ServiceState.STOPPED);
  }
}
