package dev.imfexporter.access.demo;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.access.demo.DemoService.IISADMIN;
import static dev.imfexporter.access.demo.DemoService.RESVC;
import static dev.imfexporter.access.demo.DemoService.SMTPSVC;

import dev.imfexporter.access.StartMode;
import java.util.List;

/** What halts mail besides a slow plug-in: an installer, and the server that mail is sent to. */
final class TroubledDays {
  private TroubledDays() {}

  static List<Cycle> cycles() {
    return List.of(leftDisabled(), refused());
  }

  /** An installer disables SMTPSVC while it works, and does not set it and its recovery back. */
  private static Cycle leftDisabled() {
    return new Cycle(at(14, 0))
        .arriving(at(0, 0), 2.4, 1.3)
        .leaving(at(0, 0), 25, 12)
        .enters(at(1, 0), RESVC, STOP_PENDING)
        .enters(at(1, 0), SMTPSVC, STOP_PENDING)
        .enters(at(1, 1), RESVC, STOPPED)
        .enters(at(1, 2), SMTPSVC, STOPPED)
        .startMode(at(1, 3), SMTPSVC, StartMode.DISABLED)
        .losesRecovery(at(1, 3), SMTPSVC)
        .enters(at(1, 3), IISADMIN, STOP_PENDING)
        .enters(at(1, 5), IISADMIN, STOPPED)
        .folder(at(1, 10))
        .enters(at(1, 15), IISADMIN, START_PENDING)
        .enters(at(1, 20), IISADMIN, RUNNING)
        .enters(at(1, 20), RESVC, START_PENDING)
        .enters(at(1, 21), RESVC, RUNNING)
        .registry(at(1, 22))
        // An administrator does what the alert says.
        .startMode(at(10, 0), SMTPSVC, StartMode.AUTO)
        .byHand(at(10, 10), SMTPSVC, START_PENDING)
        .enters(at(10, 13), SMTPSVC, RUNNING)
        .arriving(at(10, 13), 8.5, 4.0)
        .leaving(at(10, 13), 6.0, 3.0)
        .arriving(at(11, 0), 2.4, 1.3)
        .leaving(at(11, 30), 25, 12);
  }

  /**
   * The next hop refuses what it is sent. This day is longer, because mail has to pass for up to 20
   * minutes before it is no longer judged by what bounced.
   */
  private static Cycle refused() {
    return new Cycle(at(80, 0))
        .arriving(at(0, 0), 0.1, 4.0)
        .leaving(at(0, 0), 25, 12)
        .refused(at(2, 0), at(45, 0))
        // A restart is tried and helps nothing.
        .byHand(at(35, 0), SMTPSVC, STOP_PENDING)
        .enters(at(35, 4), SMTPSVC, STOPPED)
        .byHand(at(35, 10), SMTPSVC, START_PENDING)
        .enters(at(35, 13), SMTPSVC, RUNNING);
  }

  private static int at(int minute, int second) {
    return 60 * minute + second;
  }
}
