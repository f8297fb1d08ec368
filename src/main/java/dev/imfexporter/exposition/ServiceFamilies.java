package dev.imfexporter.exposition;

import static dev.imfexporter.metric.Catalogue.SERVICE_DEPENDENCY;
import static dev.imfexporter.metric.Catalogue.SERVICE_EXIT_CODE;
import static dev.imfexporter.metric.Catalogue.SERVICE_LAST_RESTART_DURATION;
import static dev.imfexporter.metric.Catalogue.SERVICE_LAST_START;
import static dev.imfexporter.metric.Catalogue.SERVICE_LAST_STOP;
import static dev.imfexporter.metric.Catalogue.SERVICE_LEFT_STOPPED;
import static dev.imfexporter.metric.Catalogue.SERVICE_OUTAGE_START;
import static dev.imfexporter.metric.Catalogue.SERVICE_RESTART_DURATION;
import static dev.imfexporter.metric.Catalogue.SERVICE_SPECIFIC_EXIT_CODE;
import static dev.imfexporter.metric.Catalogue.SERVICE_START_MODE;
import static dev.imfexporter.metric.Catalogue.SERVICE_STATE;
import static dev.imfexporter.metric.Catalogue.SERVICE_WITNESS;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.metric.ServiceHistoryMetrics;
import dev.imfexporter.reading.Services;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;

/** What is known of the services. */
final class ServiceFamilies {
  private final Families families;

  private ServiceFamilies(Families families) {
    this.families = families;
  }

  static void add(Families to, HostSnapshot host) {
    ServiceFamilies families = new ServiceFamilies(to);
    host.history().services().forEach(families::past);
    if (host.up()) {
      host.history().services().forEach(families::present);
      host.readings()
          .services()
          .value()
          .ifPresent(read -> read.services().forEach(families::configured));
    }
  }

  /** What happened stays told while the host cannot be read. */
  private void past(ServiceHistory service) {
    String name = service.name();
    families
        .of(SERVICE_RESTART_DURATION)
        .summary(service.totals().restarts(), service.totals().restartTime(), name);
    service.lastRestart().ifPresent(restart -> lastRestart(name, restart));
    service.lastStop().ifPresent(at -> families.of(SERVICE_LAST_STOP).add(at, name));
    service.lastStart().ifPresent(at -> families.of(SERVICE_LAST_START).add(at, name));
    service
        .lastCrash()
        .ifPresent(at -> families.of(ServiceHistoryMetrics.LAST_CRASH).add(at, name));
    families.of(ServiceHistoryMetrics.RECENT_OUTAGES).add((double) service.recentOutages(), name);
    service
        .downgraded()
        .ifPresent(at -> families.of(ServiceHistoryMetrics.LEFT_AUTOMATIC).add(at, name));
    families
        .of(ServiceHistoryMetrics.DISAGREEMENTS)
        .add((double) service.totals().disagreements(), name);
  }

  private void lastRestart(String name, Outage restart) {
    Family last = families.of(SERVICE_LAST_RESTART_DURATION);
    restart.phases().forEach((phase, took) -> last.add(took, name, phase.word()));
    restart.total().ifPresent(total -> last.add(total, name, "total"));
  }

  private void present(ServiceHistory service) {
    String name = service.name();
    String state = service.status().map(status -> status.state().word()).orElse("missing");
    families.of(SERVICE_STATE).states(state, name);
    families.of(SERVICE_WITNESS).states(service.source().word(), name);
    service.status().ifPresent(status -> exitCodes(name, status));
    service.outageStart().ifPresent(at -> families.of(SERVICE_OUTAGE_START).add(at, name));
    families.of(SERVICE_LEFT_STOPPED).add(service.leftStopped() ? 1 : 0, name);
  }

  private void exitCodes(String name, ServiceStatus status) {
    families.of(SERVICE_EXIT_CODE).add((double) status.exitCode(), name);
    families.of(SERVICE_SPECIFIC_EXIT_CODE).add((double) status.specificExitCode(), name);
  }

  private void configured(Services.Service service) {
    service.config().ifPresent(config -> configured(service.name(), config));
  }

  private void configured(String name, ServiceConfig config) {
    families.of(SERVICE_START_MODE).states(config.startMode().word(), name);
    config.requires().forEach(required -> families.of(SERVICE_DEPENDENCY).add(1, name, required));
  }
}
