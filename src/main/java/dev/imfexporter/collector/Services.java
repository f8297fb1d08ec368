package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Result.Failed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The watched services at one moment.
 *
 * @param services the configured ones first, then the other dependents of IIS Admin
 * @param leftOut which dependents could not be read, and why; empty if all could
 * @param unlisted how many dependents there are beyond those that are listed
 * @param configAge how long before the states the configurations were read; at most a minute
 */
public record Services(
    List<Service> services, Optional<Failed<?>> leftOut, int unlisted, Duration configAge)
    implements Partial {
  /**
   * For how long a service that the host lists no longer keeps its place and its history. An
   * upgrade that removes it and installs it again takes minutes.
   */
  public static final Duration REMEMBERED = Duration.ofDays(1);

  public Services {
    services = List.copyOf(services);
  }

  public Services(List<Service> services) {
    this(services, Optional.empty(), 0, Duration.ZERO);
  }

  @Override
  public Optional<String> missing() {
    Optional<String> more =
        unlisted == 0
            ? Optional.empty()
            : Optional.of(unlisted + " further dependents of IISADMIN are not watched");
    return Stream.of(leftOut.map(Failed::why), more)
        .flatMap(Optional::stream)
        .reduce((a, b) -> a + ". " + b);
  }

  @Override
  public Optional<ErrorReason> errorReason() {
    return leftOut.map(Failed::error);
  }

  /** Empty for a service that is not installed or not listed. */
  public Optional<ServiceConfig> config(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .flatMap(service -> service.config().stream())
        .findFirst();
  }

  /**
   * A service that starts automatically and needs this one, by itself or through others. The SCM <a
   * href="https://learn.microsoft.com/windows/win32/services/automatically-starting-services">starts
   * what it needs too</a>, unless that is disabled.
   */
  public Optional<String> startedAtBootFor(String name) {
    return startedAtBootFor(name, new HashSet<>());
  }

  private Optional<String> startedAtBootFor(String name, Set<String> seen) {
    boolean disabled =
        config(name).filter(config -> config.startMode() != StartMode.DISABLED).isEmpty();
    if (disabled || !seen.add(name)) {
      return Optional.empty();
    }
    return services.stream()
        .filter(service -> service.config().filter(config -> config.needs(name)).isPresent())
        .flatMap(
            service ->
                service.config().filter(config -> config.startMode().automatic()).isPresent()
                    ? Stream.of(service.name())
                    : startedAtBootFor(service.name(), seen).stream())
        .findFirst();
  }

  /** Whether Windows starts a service at a boot; empty when its start mode is not known. */
  public Optional<Boolean> startsAtBoot(String name) {
    return config(name)
        .map(config -> config.startMode().automatic() || startedAtBootFor(name).isPresent());
  }

  /**
   * @param name as configured, or as the SCM spells it
   * @param status empty if the service is not installed
   * @param config empty if the service is not installed
   */
  public record Service(
      String name, Optional<ServiceStatus> status, Optional<ServiceConfig> config) {}
}
