package dev.imfexporter.trouble;

import dev.imfexporter.text.CommandName;
import dev.imfexporter.trouble.Known.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the exit codes of the Service Control Manager mean for a service that does not start. */
final class ExitCodes {
  /** With the name of the service in words, and as in a command. */
  private static final Map<Long, String> STEPS =
      Map.of(
          1053L,
          "%s did not answer within the time limit, which is 30 s: look in the Application log for the"
              + " plug-in on which it waited. ServicesPipeTimeout in"
              + " HKLM\\SYSTEM\\CurrentControlSet\\Control raises the limit after a reboot.",
          1067L,
          "The process of %s ended by itself: the Application log of that minute (Application Error,"
              + " event 1000) names the module.",
          1068L,
          "%s waits for a service that did not start: sc.exe qc %2$s names those it depends on. Start"
              + " them first, and mend the one that fails.",
          1069L,
          "%s could not log on: its account has another password, or lost the right to log on as a"
              + " service. IISADMIN and SMTPSVC belong to LocalSystem: sc.exe config %2$s obj="
              + " LocalSystem",
          1079L,
          "%s has another account than the services with which it shares inetinfo.exe: sc.exe config"
              + " %2$s obj= LocalSystem");

  private ExitCodes() {}

  static Match match(Known host) {
    List<Stopped> stopped = host.stopped(code -> STEPS.keySet().stream().anyMatch(code::isWin32));
    if (stopped.isEmpty()) {
      return host.isReadable() ? Match.NO : Match.NOT_KNOWN;
    }
    List<String> evidence = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (Stopped service : stopped) {
      evidence.add(service.sentence());
      steps.add(
          STEPS
              .getOrDefault(service.code().win32(), "")
              .formatted(service.service(), CommandName.ofService(service.service())));
    }
    return new Match.Likely(evidence, steps);
  }
}
