package dev.imfexporter.cli;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.reading.ReadingName;
import java.util.Optional;

/** The command that lets the exporter's account take a reading (docs/least-privilege.md). */
final class FixHint {
  private static final String REGISTRY =
      "sc config RemoteRegistry start= auto, then net start RemoteRegistry";
  private static final String WINREG =
      "with regedit, let the account read"
          + " HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurePipeServers\\winreg";

  private FixHint() {}

  /** Empty if no command on the host helps. */
  static Optional<String> of(ReadingName reading, ErrorReason error) {
    return switch (error) {
      case RIGHTS -> right(reading);
      case MISSING -> missing(reading);
      default -> Optional.empty();
    };
  }

  private static Optional<String> right(ReadingName reading) {
    return switch (reading) {
      case SERVICES ->
          Optional.of(
              "sc sdshow scmanager, then sc sdset scmanager with (A;;CCRC;;;SID) added before S:;"
                  + " the same for each service, with (A;;CCLCSWRC;;;SID)");
      case DEFINITION, HOST -> Optional.of(WINREG);
      case SMTP, FILTER ->
          Optional.of("net localgroup \"Performance Monitor Users\" ACCOUNT /add; " + WINREG);
      case EVENTS -> Optional.of("net localgroup \"Event Log Readers\" ACCOUNT /add");
      case FOLDERS -> Optional.of("net share NAME=FOLDER /grant:ACCOUNT,READ");
      case BANNER, COMPONENTS -> Optional.empty();
    };
  }

  private static Optional<String> missing(ReadingName reading) {
    return switch (reading) {
      case DEFINITION, HOST, SMTP, FILTER -> Optional.of(REGISTRY);
      case FOLDERS -> Optional.of("net share NAME=FOLDER /grant:ACCOUNT,READ");
      case SERVICES, EVENTS, BANNER, COMPONENTS -> Optional.empty();
    };
  }
}
