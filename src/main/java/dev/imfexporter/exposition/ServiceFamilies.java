package dev.imfexporter.exposition;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Services;
import dev.imfexporter.metric.ServiceMetrics;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.TypicalRestart;

/** The services: their outages always, their present state while they can be read. */
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
      host.collected()
          .value(CollectorKey.SERVICES)
          .ifPresent(read -> read.services().forEach(families::configured));
    }
  }

  private void past(ServiceHistory service) {
    String name = service.name();
    families
        .of(ServiceMetrics.RESTART_DURATION)
        .summary(service.totals().restarts(), service.totals().restartTime(), name);
    service.lastRestart().ifPresent(restart -> lastRestart(name, restart));
    service.typical().beforeLast().ifPresent(typical -> restartsBefore(name, typical));
    families.of(ServiceMetrics.LAST_STOP).add(service.lastStop(), name);
    families.of(ServiceMetrics.LAST_START).add(service.lastStart(), name);
    families.of(ServiceMetrics.LAST_CRASH).add(service.lastCrash(), name);
    families.of(ServiceMetrics.RECENT_OUTAGES).add(service.recentOutages(), name);
    families.of(ServiceMetrics.LEFT_AUTOMATIC).add(service.downgraded(), name);
    families.of(ServiceMetrics.DISAGREEMENTS).add(service.totals().disagreements(), name);
  }

  private void lastRestart(String name, Outage restart) {
    Family last = families.of(ServiceMetrics.LAST_RESTART_DURATION);
    restart.phases().forEach((phase, took) -> last.add(took, name, phase.word()));
    restart.total().ifPresent(total -> last.add(total, name, "total"));
  }

  private void restartsBefore(String name, TypicalRestart typical) {
    typical.phases().forEach((phase, lengths) -> restartsBefore(name, phase.word(), lengths));
    restartsBefore(name, "total", typical.total());
  }

  private void restartsBefore(String name, String phase, TypicalRestart.Lengths lengths) {
    families.of(ServiceMetrics.TYPICAL_RESTART_DURATION).add(lengths.median(), name, phase);
    families.of(ServiceMetrics.LONGEST_RESTART_DURATION).add(lengths.longest(), name, phase);
  }

  private void present(ServiceHistory service) {
    String name = service.name();
    String state = service.status().map(status -> status.state().word()).orElse("missing");
    families.of(ServiceMetrics.STATE).states(state, name);
    families.of(ServiceMetrics.SOURCE).states(service.source().word(), name);
    families.of(ServiceMetrics.STANDING).states(service.standing().word(), name);
    families.of(ServiceMetrics.DOWN_SINCE).add(service.condition().downSince(), name);
    families.of(ServiceMetrics.HALTED).add(service.condition().halted(), name);
    service.status().ifPresent(status -> exitCodes(name, status));
    families.of(ServiceMetrics.OUTAGE_START).add(service.outageStart(), name);
    families.of(ServiceMetrics.LEFT_STOPPED).add(service.leftStopped(), name);
  }

  private void exitCodes(String name, ServiceStatus status) {
    families.of(ServiceMetrics.EXIT_CODE).add(status.exitCode(), name);
    families.of(ServiceMetrics.SPECIFIC_EXIT_CODE).add(status.specificExitCode(), name);
  }

  private void configured(Services.Service service) {
    service.config().ifPresent(config -> configured(service.name(), config));
  }

  private void configured(String name, ServiceConfig config) {
    families.of(ServiceMetrics.START_MODE).states(config.startMode().word(), name);
    config
        .requires()
        .forEach(required -> families.of(ServiceMetrics.DEPENDENCY).add(1, name, required));
  }
}
