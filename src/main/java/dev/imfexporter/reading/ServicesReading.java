package dev.imfexporter.reading;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.reading.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of the configured services and of everything that depends on IIS Admin. States are
 * asked for every time; how services are set up, which changes rarely and costs three more calls
 * each, is asked for again after a minute or when a service came or went.
 */
public final class ServicesReading implements Reading<Services> {

  /** The service whose restart takes SMTP and everything else in inetinfo.exe along. */
  public static final String IIS_ADMIN = "IISADMIN";

  private static final Duration SETUP_AGE = Duration.ofMinutes(1);

  private final List<String> configured;
  private final InstantSource clock;
  private @Nullable Setup setup;

  private record Setup(Instant at, List<Configured> services) {}

  private record Configured(String name, Optional<ServiceConfig> config) {}

  public ServicesReading(List<String> configured, InstantSource clock) {
    this.configured = List.copyOf(configured);
    this.clock = clock;
  }

  @Override
  public ReadingName name() {
    return ReadingName.SERVICES;
  }

  @Override
  public Services take(HostAccess host) throws AccessException {
    ServiceControl scm = host.services();
    Setup known = setup;
    if (known != null
        && Duration.between(known.at(), clock.instant()).abs().compareTo(SETUP_AGE) < 0) {
      List<Service> services = statuses(scm, known);
      if (services.stream().allMatch(s -> s.status().isPresent() == s.config().isPresent())) {
        return new Services(services);
      }
    }
    setup = setup(scm);
    return new Services(statuses(scm, setup));
  }

  private static List<Service> statuses(ServiceControl scm, Setup setup) throws AccessException {
    List<Service> services = new ArrayList<>();
    for (Configured service : setup.services()) {
      Optional<ServiceStatus> status = scm.status(service.name());
      services.add(new Service(service.name(), status, service.config()));
    }
    return services;
  }

  private Setup setup(ServiceControl scm) throws AccessException {
    List<String> names = new ArrayList<>(configured);
    if (configured.stream().anyMatch(IIS_ADMIN::equalsIgnoreCase)) {
      for (String dependent : scm.dependents(IIS_ADMIN)) {
        if (names.stream().noneMatch(dependent::equalsIgnoreCase)) {
          names.add(dependent);
        }
      }
    }
    List<Configured> services = new ArrayList<>();
    for (String name : names) {
      services.add(new Configured(name, scm.config(name)));
    }
    return new Setup(clock.instant(), services);
  }
}
