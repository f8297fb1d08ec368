package dev.imfexporter.trouble;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;

import dev.imfexporter.access.ErrorCode;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Services that do not start, stop again or are left out. */
final class ServiceTroubles {
  /** ERROR_FILE_NOT_FOUND, ERROR_INVALID_DATA and ERROR_FILE_CORRUPT, also as HRESULTs. */
  private static final Set<Long> UNREADABLE_FILE = Set.of(2L, 13L, 1392L);

  private static final Duration RECENT = Duration.ofMinutes(30);
  private static final Duration SHORTEST_RUN = Duration.ofMinutes(3);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(8);

  private ServiceTroubles() {}

  /** NTE_BAD_SIGNATURE, NTE_BAD_KEYSET and their like. */
  static Match machineKeys(Known host) {
    List<Known.Stopped> stopped = host.stopped(code -> code.words().startsWith("NTE_"));
    if (stopped.isEmpty()) {
      return host.isReadable() ? Match.NO : Match.NOT_KNOWN;
    }
    return Match.likely(
        stopped.stream().map(Known.Stopped::sentence).toList(),
        "On %s, copy %%windir%%\\System32\\inetsrv\\MetaBase.xml and the folder History beside it to a"
                .formatted(host.host())
            + " safe place.",
        "Look at the files c2319c42033a5ca7f44e731bfd3fa2b5_* in"
            + " %ALLUSERSPROFILE%\\Microsoft\\Crypto\\RSA\\MachineKeys (Server 2003: in"
            + " %ALLUSERSPROFILE%\\Application Data\\Microsoft\\Crypto\\RSA\\MachineKeys). One of them ends"
            + " in the MachineGuid of HKLM\\SOFTWARE\\Microsoft\\Cryptography; Administrators and SYSTEM"
            + " need full control of it (KB278381).",
        "If it is missing or younger than the installation of IIS, restore it from a backup of this"
            + " host. Do not delete it: the passwords in the metabase are encrypted with it.",
        "net start IISADMIN, then net start SMTPSVC.");
  }

  static Match metabaseCorrupt(Known host) {
    List<Known.Stopped> stopped =
        host.stopped(ServiceTroubles::isOfMetabase).stream()
            .filter(service -> service.service().equals(IIS_ADMIN))
            .toList();
    if (stopped.isEmpty()) {
      return host.isReadable() ? Match.NO : Match.NOT_KNOWN;
    }
    return Match.likely(
        stopped.stream().map(Known.Stopped::sentence).toList(),
        "On %s, copy MetaBase.xml and MBSchema.xml in %%windir%%\\System32\\inetsrv to a safe place."
            .formatted(host.host()),
        "In the folder History beside them, take the newest MetaBase_*.xml and MBSchema_*.xml with the"
            + " same number from before the trouble, and copy them over the two files.",
        "net start IISADMIN, then net start SMTPSVC. Changes of the settings since then are lost:"
            + " compare the virtual server with its documentation.");
  }

  private static boolean isOfMetabase(ErrorCode code) {
    return code.words().startsWith("MD_ERROR_") || UNREADABLE_FILE.contains(code.win32());
  }

  static Match leftDisabled(Known host) {
    if (!host.isReadable()) {
      return Match.NOT_KNOWN;
    }
    List<String> evidence = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (ServiceHistory service : host.services()) {
      Optional<StartMode> mode = host.startMode(service.name()).filter(m -> !m.automatic());
      if (mode.isPresent() && isByUpdate(service, host)) {
        evidence.add(
            "%s was set to %s%s, around an update."
                .formatted(
                    service.name(),
                    mode.get().word(),
                    service.downgraded().map(at -> " at " + host.time(at)).orElse("")));
        steps.add(
            "On %s: sc.exe config %s start= auto"
                    .formatted(host.host(), CommandName.ofService(service.name()))
                + (service.standing().isDown()
                    ? ", then net start %s.".formatted(CommandName.ofService(service.name()))
                    : "."));
      }
    }
    return evidence.isEmpty() ? Match.NO : new Match.Likely(evidence, steps);
  }

  private static boolean isByUpdate(ServiceHistory service, Known host) {
    return service.standing() == Standing.LEFT_DOWN_BY_UPDATE
        || service
            .downgraded()
            .filter(at -> host.markers().anyMatch(m -> m.isNear(at)))
            .isPresent();
  }

  /** The last two runs of IIS Admin ended by themselves after about five minutes. */
  static Match stopsAgain(Known host) {
    List<Outage> newest =
        host.snapshot().history().outages().stream()
            .filter(outage -> outage.service().equals(IIS_ADMIN))
            .limit(3)
            .toList();
    boolean again =
        newest.size() == 3
            && newest.get(0).began().isAfter(host.now().minus(RECENT))
            && Stream.of(0, 1).allMatch(i -> isShortRun(newest.get(i + 1), newest.get(i)));
    if (!again) {
      return host.isReadable() ? Match.NO : Match.NOT_KNOWN;
    }
    return Match.likely(
        List.of(
            "The last two times IISADMIN ran, it ended by itself %s and %s after its start."
                .formatted(
                    TimeWords.duration(run(newest.get(2), newest.get(1))),
                    TimeWords.duration(run(newest.get(1), newest.get(0))))),
        "On %s, while IISADMIN is stopped, move the files of the folder Queue to a new folder on the"
                .formatted(host.host())
            + " same volume: their streams hold the envelopes and are lost on another one.",
        "net start IISADMIN, net start SMTPSVC, and wait ten minutes. If it stays up, a message was"
            + " the cause: stop SMTPSVC, move half of the files back, start it, and so on, until the"
            + " corrupted one is found. Leave that one out.",
        "If it stops with an empty queue too, the cause is a plug-in: see the Application log.");
  }

  private static Duration run(Outage before, Outage after) {
    return Duration.between(before.ended().orElse(before.began()), after.began());
  }

  private static boolean isShortRun(Outage before, Outage after) {
    Duration run = run(before, after);
    return after.crash()
        && before.ended().isPresent()
        && run.compareTo(SHORTEST_RUN) >= 0
        && run.compareTo(LONGEST_RUN) <= 0;
  }
}
