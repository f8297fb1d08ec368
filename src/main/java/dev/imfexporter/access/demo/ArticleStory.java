package dev.imfexporter.access.demo;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.access.demo.DemoService.IISADMIN;
import static dev.imfexporter.access.demo.DemoService.RESVC;
import static dev.imfexporter.access.demo.DemoService.SMTPSVC;

import java.util.List;

/**
 * An update of the Intelligent Message Filter restarts IIS Admin. In the first cycle mail flow
 * stays halted until an administrator starts the services; in the second all goes well.
 */
final class ArticleStory {
  private ArticleStory() {}

  static List<Cycle> cycles() {
    return List.of(halt(), quick());
  }

  private static Cycle halt() {
    return new Cycle(at(10, 30))
        .arriving(at(0, 0), 2.4, 1.3)
        .leaving(at(0, 0), 25, 12)
        // The update begins, and a plug-in in inetinfo.exe slows down.
        .leaving(at(0, 50), 1.0, 0.4)
        // To load the new version, the update restarts IIS Admin and with it what depends on it.
        .enters(at(1, 30), RESVC, STOP_PENDING)
        .enters(at(1, 30), SMTPSVC, STOP_PENDING)
        .enters(at(1, 33), RESVC, STOPPED)
        .enters(at(1, 48), SMTPSVC, STOPPED)
        .enters(at(1, 48), IISADMIN, STOP_PENDING)
        .enters(at(2, 31), IISADMIN, STOPPED)
        .folder(at(2, 36))
        // The plug-in ends the process while it starts, and IIS Admin stays down.
        .enters(at(2, 40), IISADMIN, START_PENDING)
        .aborts(at(3, 5), IISADMIN)
        .registry(at(4, 50))
        // Users have called: an administrator starts the services.
        .byHand(at(7, 40), IISADMIN, START_PENDING)
        .enters(at(7, 52), IISADMIN, RUNNING)
        .byHand(at(7, 53), SMTPSVC, START_PENDING)
        .enters(at(7, 58), SMTPSVC, RUNNING)
        // Other servers deliver what they have kept meanwhile.
        .arriving(at(7, 58), 8.5, 4.0)
        .leaving(at(7, 58), 6.0, 3.0)
        .byHand(at(7, 59), RESVC, START_PENDING)
        .enters(at(8, 2), RESVC, RUNNING)
        .arriving(at(8, 45), 2.4, 1.3)
        .leaving(at(10, 0), 25, 12);
  }

  private static Cycle quick() {
    return new Cycle(at(9, 30))
        .arriving(at(0, 0), 2.8, 1.5)
        .leaving(at(0, 0), 25, 12)
        .leaving(at(2, 0), 2.0, 1.0)
        .enters(at(2, 20), RESVC, STOP_PENDING)
        .enters(at(2, 20), SMTPSVC, STOP_PENDING)
        .enters(at(2, 21), RESVC, STOPPED)
        .enters(at(2, 22), SMTPSVC, STOPPED)
        .enters(at(2, 22), IISADMIN, STOP_PENDING)
        .enters(at(2, 25), IISADMIN, STOPPED)
        .folder(at(2, 27))
        .enters(at(2, 28), IISADMIN, START_PENDING)
        .registry(at(2, 31))
        .enters(at(2, 33), IISADMIN, RUNNING)
        .enters(at(2, 33), SMTPSVC, START_PENDING)
        .enters(at(2, 36), SMTPSVC, RUNNING)
        .arriving(at(2, 36), 4.2, 2.2)
        .leaving(at(2, 36), 6.0, 3.0)
        .enters(at(2, 36), RESVC, START_PENDING)
        .enters(at(2, 37), RESVC, RUNNING)
        .arriving(at(2, 56), 2.8, 1.5)
        .leaving(at(4, 0), 25, 12);
  }

  private static int at(int minute, int second) {
    return 60 * minute + second;
  }
}
