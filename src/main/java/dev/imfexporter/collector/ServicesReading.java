package dev.imfexporter.collector;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Services.Service;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of the configured services and of the services that depend on IIS Admin. The states
 * are read every time. The configuration of services changes rarely and costs three more calls
 * each: it is read again after a minute, or if a service was installed or removed.
 */
public final class ServicesReading implements Collector<Services> {
  private static final System.Logger LOG = System.getLogger(ServicesReading.class.getName());
  private static final Duration SETUP_AGE = Duration.ofMinutes(1);

  private final List<String> configured;
  private final InstantSource clock;
  private final Set<String> logged = new HashSet<>();
  private @Nullable Setup setup;

  private record Setup(Instant at, List<Configured> services) {}

  private record Configured(String name, Optional<ServiceConfig> config) {}

  /**
   * @param configured short names in any case; {@link Services} has IISADMIN and SMTPSVC in
   *     capitals
   */
  public ServicesReading(List<String> configured, InstantSource clock) {
    this.configured = configured.stream().map(ServicesReading::spelled).distinct().toList();
    this.clock = clock;
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
    List<Configured> services = new ArrayList<>();
    for (String name : configured) {
      services.add(new Configured(name, scm.config(name)));
    }
    if (configured.contains(IIS_ADMIN)) {
      for (String dependent : dependents(scm)) {
        if (configured.stream().noneMatch(dependent::equalsIgnoreCase)) {
          discovered(scm, dependent).ifPresent(services::add);
        }
      }
    }
    return new Setup(clock.instant(), services);
  }

  private List<String> dependents(ServiceControl scm) {
    try {
      return scm.dependents(IIS_ADMIN);
    } catch (AccessException e) {
      leaveOut("The dependents of " + IIS_ADMIN, e);
      return List.of();
    }
  }

  /**
   * Left out if the account may not read it: it is not configured, and must not hide the others.
   */
  private Optional<Configured> discovered(ServiceControl scm, String name) {
    try {
      Optional<ServiceConfig> config = scm.config(name);
      return scm.status(name).map(status -> new Configured(name, config));
    } catch (AccessException e) {
      leaveOut(name, e);
      return Optional.empty();
    }
  }

  private void leaveOut(String what, AccessException why) {
    String message = what + " cannot be watched: " + why.getMessage();
    if (logged.add(message)) {
      LOG.log(Level.WARNING, message);
    }
  }

  private static String spelled(String name) {
    return List.of(IIS_ADMIN, SMTP).stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }
}
