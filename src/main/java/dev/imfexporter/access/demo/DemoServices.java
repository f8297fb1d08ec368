package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class DemoServices implements ServiceControl {
  private final DemoHost host;

  DemoServices(DemoHost host) {
    this.host = host;
  }

  @Override
  public Optional<ServiceStatus> status(String service) throws AccessException {
    Scene scene = host.scene("QueryServiceStatusEx " + service);
    return DemoService.named(service).map(s -> status(s, scene));
  }

  @Override
  public Optional<ServiceConfig> config(String service) throws AccessException {
    Scene scene = host.scene("QueryServiceConfig " + service);
    return DemoService.named(service).map(s -> s.config(scene.played(s)));
  }

  @Override
  public List<String> dependents(String service) throws AccessException {
    host.scene("EnumDependentServices " + service);
    return DemoService.named(service).stream()
        .flatMap(asked -> Arrays.stream(DemoService.values()).filter(s -> s.requires(asked)))
        .sorted(Comparator.reverseOrder())
        .map(DemoService::shortName)
        .toList();
  }

  @Override
  public Subscription subscribe(Set<String> services, StatusListener listener) throws Unsupported {
    throw new Unsupported("The demo is polled");
  }

  private static ServiceStatus status(DemoService service, Scene scene) {
    Scene.Played played = scene.played(service);
    boolean stopped = played.state() == ServiceState.STOPPED;
    return new ServiceStatus(played.state(), played.exitCode(), 0, stopped ? 0 : processId(scene));
  }

  /** The process that all services share, new at each start of IIS Admin; a multiple of four. */
  static long processId(Scene scene) {
    Duration began = scene.played(DemoService.IISADMIN).startBegan();
    return 1_000 + 4 * Math.floorMod(began.toSeconds(), 1_999L);
  }
}
