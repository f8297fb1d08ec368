package dev.imfexporter.cli;

import dev.imfexporter.logging.Logging;
import dev.imfexporter.winservice.ApplicationLog;
import dev.imfexporter.winservice.ApplicationLog.Event;
import dev.imfexporter.winservice.ServiceException;
import dev.imfexporter.winservice.ServiceProcess;
import java.io.PrintStream;
import java.lang.System.Logger.Level;

/** The exporter as what the Windows service runs: its start, end and errors are events. */
final class ServedExporter implements ServiceProcess.Program {
  private final ServiceFlags flags;
  private final PrintStream err;
  private final Shutdown shutdown = Shutdown.onRequest();

  ServedExporter(ServiceFlags flags, PrintStream err) {
    this.flags = flags;
    this.err = err;
  }

  @Override
  public int run() {
    try (ApplicationLog log = ApplicationLog.open()) {
      log.write(Event.STARTED, "imf-exporter %s begins.".formatted(Version.current()));
      int code =
          Exporter.run(
              flags.options(),
              err,
              shutdown,
              () -> Logging.onError(error -> log.write(Event.FAILED, error)));
      log.write(
          code == Main.OK ? Event.STOPPED : Event.FAILED,
          code == Main.OK
              ? "imf-exporter was stopped."
              : "imf-exporter ended with code %d; the errors before this say why, as does %s.0"
                  .formatted(code, flags.options().logFile));
      return code;
    } catch (ServiceException e) {
      // The exporter is worth more than its events.
      System.getLogger(ServedExporter.class.getName()).log(Level.WARNING, e.getMessage());
      return Exporter.run(flags.options(), err, shutdown, () -> {});
    }
  }

  @Override
  public void stop() {
    shutdown.ask();
  }
}
