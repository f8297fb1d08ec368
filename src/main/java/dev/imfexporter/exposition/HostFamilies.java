package dev.imfexporter.exposition;

import static java.util.Objects.requireNonNull;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.metric.Catalogue;
import dev.imfexporter.metric.MetricSpec;
import dev.imfexporter.metric.SmtpMetric;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import dev.imfexporter.reading.Smtp.VirtualServer;
import dev.imfexporter.reading.SmtpCounter;
import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.ServiceHistory;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metric families of one host, built anew from one snapshot. */
final class HostFamilies {
  private static final Map<SmtpCounter, SmtpMetric> SMTP = smtpMetrics();

  private final Map<MetricSpec, Family> families = new LinkedHashMap<>();

  private HostFamilies() {
    Catalogue.all().forEach(spec -> families.put(spec, new Family(spec)));
  }

  /** In the order of the catalogue; metrics without a sample are left out. */
  static List<MetricFamilySamples> of(HostSnapshot host) {
    HostFamilies families = new HostFamilies();
    families.readings(host);
    host.histories().forEach(families::history);
    host.services().value().ifPresent(read -> families.present(read, host.histories()));
    host.definition().value().ifPresent(families::definition);
    host.updates()
        .markers()
        .forEach(
            (marker, at) ->
                families.of(Catalogue.UPDATE_MARKER).add(at, marker.word(), "definition"));
    families.of(Catalogue.DEFINITION_CHANGES).add((double) host.updates().changes());
    host.smtp().value().ifPresent(families::smtp);
    return families.families.values().stream()
        .map(Family::build)
        .flatMap(Optional::stream)
        .toList();
  }

  private void readings(HostSnapshot host) {
    of(Catalogue.UP).add(host.up() ? 1 : 0);
    reading(ReadingName.SERVICES, host.services());
    reading(ReadingName.DEFINITION, host.definition());
    reading(ReadingName.SMTP, host.smtp());
  }

  private void reading(ReadingName name, Taken<?> taken) {
    of(Catalogue.READING_RESULT).states(taken.result().word(), name.word());
    if (taken.asked()) {
      of(Catalogue.READING_DURATION).add(taken.took(), name.word());
      of(Catalogue.READING_TIMESTAMP).add(taken.at(), name.word());
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
