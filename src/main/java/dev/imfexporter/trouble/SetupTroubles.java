package dev.imfexporter.trouble;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ports, settings and counters. */
final class SetupTroubles {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(30);

  /** A port is bound just before SMTPSVC reports RUNNING; logs name whole seconds. */
  private static final Duration BEFORE_RUNNING = Duration.ofMinutes(1);

  /** Counters come and go with the service, at other moments than its state. */
  private static final Duration STARTED = Duration.ofMinutes(1);

  /** Its first version reset the settings on Windows Server 2008. */
  private static final String RESETTING_UPDATE = "KB976323";

  private SetupTroubles() {}

  /** Event 115 of the present run of SMTPSVC, unless its only virtual server answers. */
  static Match portTaken(Known host) {
    if (!host.smtpRuns() || !host.eventsRead()) {
      return host.isReadable() && host.eventsRead() ? Match.NO : Match.NOT_KNOWN;
    }
    Optional<Instant> start = host.service(SMTP).flatMap(ServiceHistory::lastStart);
    Duration run = start.map(at -> Duration.between(at, host.now())).orElse(DAY);
    Optional<ClueSeen> taken = host.clue(Clue.PORT_TAKEN, run.plus(BEFORE_RUNNING));
    if (taken.isEmpty() || answersAlone(host)) {
      return Match.NO;
    }
    return Match.likely(
        List.of(
            "%s could not bind its port at %s (event %s)."
                .formatted(
                    taken.get().about().isEmpty() ? "A virtual server" : taken.get().about(),
                    host.time(taken.get().at()),
                    taken.get().event())),
        "On %s: netstat -ano names the process that listens on the port, and tasklist /fi \"PID eq"
                .formatted(host.host())
            + " NUMBER\" its program.",
        "Stop that program, or give one of the two another port or address.",
        "Start the virtual server in the IIS 6 Manager: it does not try again by itself.");
  }

  private static boolean answersAlone(Known host) {
    boolean answers =
        host.snapshot().collected().value(CollectorKey.BANNER).isPresent() && !host.bannerDead();
    return answers
        && host.snapshot()
            .collected()
            .value(CollectorKey.SMTP)
            .filter(smtp -> smtp.virtualServers().size() > 1)
            .isEmpty();
  }

  /**
   * A virtual server is gone, none is left, or mail fails after the update that is known to reset
   * them.
   */
  static Match settingsReset(Known host) {
    if (!host.smtpRuns()) {
      return host.isReadable() ? Match.NO : Match.NOT_KNOWN;
    }
    List<String> evidence = new ArrayList<>();
    Optional<Smtp> counters = host.snapshot().collected().value(CollectorKey.SMTP);
    if (counters.filter(read -> read.virtualServers().isEmpty()).isPresent()) {
      evidence.add("SMTPSVC runs, and its counters list no virtual server.");
    }
    host.snapshot()
        .history()
        .goneVirtualServers()
        .forEach(
            gone ->
                evidence.add(
                    "SMTPSVC was started anew without %s, which was there until %s."
                        .formatted(gone.name(), host.time(gone.lastListed()))));
    host.markers()
        .filter(marker -> marker.marker() == MarkerType.INSTALLED)
        .filter(marker -> marker.id().equals(RESETTING_UPDATE))
        .map(UpdateMarker::at)
        .filter(at -> host.fails() && at.isAfter(host.now().minus(MONTH)))
        .findFirst()
        .ifPresent(
            at ->
                evidence.add(
                    "Mail does not pass, and %s was installed at %s."
                        .formatted(RESETTING_UPDATE, host.time(at))));
    if (evidence.isEmpty()) {
      return counters.isPresent() ? Match.NO : Match.NOT_KNOWN;
    }
    return Match.likely(
        evidence,
        "On %s, look for the virtual server in the IIS 6 Manager, and start it if it is stopped. Compare"
                .formatted(host.host())
            + " it with its documentation: address and port, relay restrictions, smart host, log-in,"
            + " domains. An upgrade drops the console"
            + " too: Install-WindowsFeature Web-Lgcy-Mgmt-Console.",
        "Restore the settings from a backup of the IIS configuration (at a command prompt, cscript"
            + " %windir%\\System32\\iisback.vbs /list on Server 2003), or set them by hand.",
        "Install the version of KB976323 of 13 July 2010 or later where the first one was installed.");
  }

  /** The performance object is missing though SMTPSVC runs, and not only since its start. */
  static Match countersMissing(Known host) {
    Result<Smtp> read = host.snapshot().collected().get(CollectorKey.SMTP).result();
    boolean missing =
        read instanceof Result.Failed<Smtp> failed && failed.error() == ErrorReason.MISSING;
    if (!missing || !host.smtpRunsFor(STARTED)) {
      return read.value().isPresent() ? Match.NO : Match.NOT_KNOWN;
    }
    List<String> evidence =
        new ArrayList<>(List.of("SMTPSVC runs, and the host offers no counters of it."));
    host.clue(Clue.COUNTERS_FAILED, MONTH)
        .ifPresent(
            seen ->
                evidence.add(
                    "Windows reported at %s that it could not load them (event %s)."
                        .formatted(host.time(seen.at()), seen.event())));
    return Match.likely(
        evidence,
        "On %s: reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\SMTPSVC\\Performance /v \"Disable"
                .formatted(host.host())
            + " Performance Counters\". If it is 1, set it to 0.",
        "As an administrator: lodctr /R, in %windir%\\System32 and again in %windir%\\SysWOW64, then"
            + " winmgmt /resyncperf. They rebuild the counters of all programs.",
        "Mail is not concerned: do not restart SMTPSVC for this alone.");
  }
}
