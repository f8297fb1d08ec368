package dev.imfexporter.collector;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Result.Failed;
import dev.imfexporter.collector.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of the configured services and of the services that depend on IIS Admin. The states
 * are read every time. The configuration of services changes rarely and costs five more calls each:
 * it is read again after a minute, if a service was installed or removed, or on request.
 */
public final class ServicesReading implements Collector<Services> {
  private static final Duration SETUP_AGE = Duration.ofMinutes(1);

  /**
   * Each adds series and a history of its own. A usual host has fewer than ten. Since one that is
   * gone keeps its place for a while, this also bounds a host that names ever other ones.
   */
  private static final int MOST_DEPENDENTS = 64;

  private final List<String> configured;
  private final InstantSource clock;

  /** When each dependent was last listed. */
  private final Map<String, Instant> listed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private @Nullable Setup setup;
  private volatile boolean forgotten;

  private record Setup(
      Instant at, List<Configured> services, Optional<Failed<?>> leftOut, int unlisted) {}

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
    boolean anew = forgotten;
    forgotten = false;
    Setup known = setup;
    Duration age = known == null ? SETUP_AGE : Duration.between(known.at(), clock.instant()).abs();
    if (known != null && !anew && age.compareTo(SETUP_AGE) < 0) {
      List<Service> services = statuses(scm, known);
      if (services.stream().allMatch(s -> s.status().isPresent() == s.config().isPresent())) {
        return new Services(services, known.leftOut(), known.unlisted(), age);
      }
    }
    Setup read = setup(scm);
    setup = read;
    return new Services(statuses(scm, read), read.leftOut(), read.unlisted(), Duration.ZERO);
  }

  @Override
  public void forget() {
    forgotten = true;
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
    Instant now = clock.instant();
    List<Configured> services = new ArrayList<>();
    for (String name : configured) {
      services.add(new Configured(name, scm.config(name)));
    }
    List<Failed<?>> leftOut = new ArrayList<>();
    int unlisted = 0;
    if (configured.contains(IIS_ADMIN)) {
      List<String> dependents = dependents(scm, leftOut);
      dependents.forEach(dependent -> listed.replace(dependent, now));
      listed.values().removeIf(last -> last.plus(Services.REMEMBERED).isBefore(now));
      for (String dependent : dependents) {
        if (configured.stream().anyMatch(dependent::equalsIgnoreCase)) {
          continue;
        }
        if (listed.size() == MOST_DEPENDENTS && !listed.containsKey(dependent)) {
          unlisted++;
        } else {
          listed.put(dependent, now);
          dependent(scm, dependent, leftOut).ifPresent(services::add);
        }
      }
    }
    return new Setup(
        now,
        services,
        leftOut.stream().reduce((a, b) -> new Failed<>(a.why() + ". " + b.why(), a.error())),
        unlisted);
  }

  private static List<String> dependents(ServiceControl scm, List<Failed<?>> leftOut) {
    try {
      return scm.dependents(IIS_ADMIN);
    } catch (AccessException e) {
      leftOut.add(failed("The dependents of " + IIS_ADMIN, e));
      return List.of();
    }
  }

  /** A dependent that the account may not read must not hide the configured services. */
  private static Optional<Configured> dependent(
      ServiceControl scm, String name, List<Failed<?>> leftOut) {
    try {
      Optional<ServiceConfig> config = scm.config(name);
      return scm.status(name).map(status -> new Configured(name, config));
    } catch (AccessException e) {
      leftOut.add(failed(name, e));
      return Optional.empty();
    }
  }

  private static Failed<?> failed(String what, AccessException e) {
    return new Failed<>(what + " cannot be watched: " + e.getMessage(), e.reason());
  }

  private static String spelled(String name) {
    return List.of(IIS_ADMIN, SMTP).stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }
}
