package dev.imfexporter.cli;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import java.util.Map;
import java.util.Optional;

/** The command that lets the exporter's account run a collector (docs/least-privilege.md). */
final class FixHint {
  private static final String REGISTRY =
      "sc.exe config RemoteRegistry start= auto, then net start RemoteRegistry";
  private static final String WINREG =
      "with regedit, let the account read"
          + " HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurePipeServers\\winreg";

  private static final String SHARE = "net share NAME=FOLDER /grant:ACCOUNT,READ";
  private static final String COUNTERS =
      "net localgroup \"Performance Monitor Users\" ACCOUNT /add; " + WINREG;

  /** Where the account lacks a right. */
  private static final Map<CollectorKey<?>, String> RIGHT =
      Map.of(
          CollectorKey.SERVICES,
          "sc.exe sdshow scmanager, then sc.exe sdset scmanager with (A;;CCRC;;;SID) added before S:;"
              + " the same for each service, with (A;;CCLCSWRC;;;SID)",
          CollectorKey.DEFINITION,
          WINREG,
          CollectorKey.HOST,
          WINREG,
          CollectorKey.UPDATE_SCHEDULE,
          WINREG,
          CollectorKey.SMTP,
          COUNTERS,
          CollectorKey.FILTER,
          COUNTERS,
          CollectorKey.EVENTS,
          "net localgroup \"Event Log Readers\" ACCOUNT /add",
          CollectorKey.FOLDERS,
          SHARE);

  /** Where what is asked for is missing on the host. */
  private static final Map<CollectorKey<?>, String> MISSING =
      Map.of(
          CollectorKey.DEFINITION,
          REGISTRY,
          CollectorKey.HOST,
          REGISTRY,
          CollectorKey.UPDATE_SCHEDULE,
          REGISTRY,
          CollectorKey.SMTP,
          REGISTRY,
          CollectorKey.FILTER,
          REGISTRY,
          CollectorKey.FOLDERS,
          SHARE);

  private FixHint() {}

  /** Empty if no command on the host helps. */
  static Optional<String> of(CollectorKey<?> collector, ErrorReason error) {
    return switch (error) {
      case RIGHTS -> Optional.ofNullable(RIGHT.get(collector));
      case MISSING -> Optional.ofNullable(MISSING.get(collector));
      default -> Optional.empty();
    };
  }
}
