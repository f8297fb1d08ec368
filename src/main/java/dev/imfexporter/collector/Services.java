package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Result.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The watched services at one moment.
 *
 * @param services the configured ones first, then the other dependents of IIS Admin
 * @param leftOut which dependents could not be read, and why; empty if all could
 * @param unlisted how many dependents there are beyond those that are listed
 */
public record Services(List<Service> services, Optional<Failed<?>> leftOut, int unlisted)
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
    this(services, Optional.empty(), 0);
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

  /**
   * @param name as configured, or as the SCM spells it
   * @param status empty if the service is not installed
   * @param config empty if the service is not installed
   */
  public record Service(
      String name, Optional<ServiceStatus> status, Optional<ServiceConfig> config) {}
}
