package dev.imfexporter.access.win32;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostAccessContract;
import dev.imfexporter.bed.BedEvent;
import dev.imfexporter.bed.WindowsBed;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("windows")
class WindowsContractTest extends HostAccessContract {
  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    host.close();
    bed.reset();
  }

  @Override
  protected HostAccess host() {
    return host;
  }

  @Override
  protected InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  protected String versionFolders() {
    return "C:\\Program Files\\Exchsrvr\\bin\\MSCFV2";
  }

  @Override
  protected void stopSmtp() {
    bed.stop("SMTPSVC");
  }

  @Override
  protected void writeEvents() {
    bed.eventLogs()
        .append(
            "System",
            BedEvent.information("Service Control Manager", 7036).strings("SMTP", "running"),
            2);
    bed.eventLogs()
        .append(
            "System",
            BedEvent.information("Microsoft-Windows-WindowsUpdateClient", 18)
                .strings("Sunday, November 22, 2026", "3:00 AM", "- Update (KB5032198)"));
  }
}
