package dev.imfexporter.exposition;

import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.watch.HostSnapshot;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** The metric families of one host, built anew from one snapshot. */
final class HostFamilies {
  private HostFamilies() {}

  /** In the order of the catalogue; metrics without a sample are left out. */
  static List<MetricFamilySamples> of(HostSnapshot host) {
    Families families = new Families();
    readings(families, host);
    ServiceFamilies.add(families, host);
    DefinitionFamilies.add(families, host);
    EpisodeFamilies.add(families, host.history().episodes());
    MailFamilies.add(families, host);
    EventFamilies.add(families, host.history().events());
    MachineFamilies.add(families, host.readings());
    return families.build();
  }

  private static void readings(Families families, HostSnapshot host) {
    families.of(Catalogue.UP).add(host.up() ? 1 : 0);
    host.readings().all().forEach(reading -> reading(families, reading.name().word(), reading.taken()));
  }

  private static void reading(Families families, String name, Taken<?> taken) {
    families.of(Catalogue.READING_RESULT).states(taken.result().word(), name);
    if (taken.asked()) {
      families.of(Catalogue.READING_DURATION).add(taken.took(), name);
      families.of(Catalogue.READING_TIMESTAMP).add(taken.at(), name);
    }
  }

  /** What happened stays told while the host cannot be read. */
  private void history(ServiceHistory service) {
    String name = service.name();
    of(Catalogue.SERVICE_RESTART_DURATION).summary(service.restarts(), service.restartTime(), name);
    Family last = of(Catalogue.SERVICE_LAST_RESTART_DURATION);
    service
        .lastRestart()
        .ifPresent(
            restart -> {
              restart.phases().forEach((phase, took) -> last.add(took, name, phase.word()));
              restart.total().ifPresent(took -> last.add(took, name, "total"));
            });
    service.lastStop().ifPresent(at -> of(Catalogue.SERVICE_LAST_STOP).add(at, name));
    service.lastStart().ifPresent(at -> of(Catalogue.SERVICE_LAST_START).add(at, name));
  }

  private void present(Services services, List<ServiceHistory> histories) {
    for (ServiceHistory service : histories) {
      String name = service.name();
      of(Catalogue.SERVICE_STATE)
          .states(service.status().map(status -> status.state().word()).orElse("missing"), name);
      of(Catalogue.SERVICE_WITNESS).states(service.witness().word(), name);
      service.status().ifPresent(status -> exitCodes(name, status));
      service.outageStart().ifPresent(at -> of(Catalogue.SERVICE_OUTAGE_START).add(at, name));
      of(Catalogue.SERVICE_LEFT_STOPPED).add(service.leftStopped() ? 1 : 0, name);
    }
    for (Services.Service service : services.services()) {
      service
          .config()
          .ifPresent(
              config -> {
                of(Catalogue.SERVICE_START_MODE).states(config.startMode().word(), service.name());
                config
                    .requires()
                    .forEach(
                        required ->
                            of(Catalogue.SERVICE_DEPENDENCY).add(1, service.name(), required));
              });
    }
  }

  private void exitCodes(String name, ServiceStatus status) {
    of(Catalogue.SERVICE_EXIT_CODE).add((double) status.exitCode(), name);
    of(Catalogue.SERVICE_SPECIFIC_EXIT_CODE).add((double) status.specificExitCode(), name);
  }

  private void definition(Definition definition) {
    definition
        .registered()
        .ifPresent(
            registered -> {
              of(Catalogue.DEFINITION_INFO).add(1, "registry", registered.version().text());
              of(Catalogue.DEFINITION_BUILD).add(registered.version().build(), "registry");
              registered.installed().ifPresent(at -> of(Catalogue.DEFINITION_INSTALLED).add(at));
              registered.written().ifPresent(at -> of(Catalogue.DEFINITION_CHANGED).add(at));
            });
    definition
        .folder()
        .ifPresent(
            folder -> {
              of(Catalogue.DEFINITION_INFO).add(1, "folder", folder.version().text());
              of(Catalogue.DEFINITION_BUILD).add(folder.version().build(), "folder");
            });
    definition
        .updatesEnabled()
        .ifPresent(enabled -> of(Catalogue.DEFINITION_UPDATES_ENABLED).add(enabled ? 1 : 0));
  }

  private void smtp(Smtp smtp) {
    for (VirtualServer server : smtp.virtualServers()) {
      server
          .counters()
          .forEach(
              (counter, value) -> {
                SmtpMetric metric = requireNonNull(SMTP.get(counter));
                Family family = of(metric.spec());
                if (metric.values().isEmpty()) {
                  family.add(unsigned(value), server.name());
                } else {
                  family.add(unsigned(value), server.name(), metric.values().get(0));
                }
              });
    }
  }

  private Family of(MetricSpec spec) {
    return families.computeIfAbsent(spec, Family::new);
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }

  private static Map<SmtpCounter, SmtpMetric> smtpMetrics() {
    Map<SmtpCounter, SmtpMetric> metrics = new EnumMap<>(SmtpCounter.class);
    for (SmtpMetric metric : Catalogue.SMTP) {
      metrics.put(SmtpCounter.named(metric.counter()).orElseThrow(), metric);
    }
    return metrics;
  }
}
