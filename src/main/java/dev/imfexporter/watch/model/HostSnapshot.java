package dev.imfexporter.watch.model;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Result;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a host at one moment: what was collected, and the history that follows from it.
 * While nothing changes, a watcher returns the same instance again.
 *
 * @param name of the host, as configured
 * @param smtp where its SMTP answers clients, as configured
 * @param failures of its collectors since the exporter started
 */
public record HostSnapshot(
    String name,
    AccessKind access,
    SmtpAddress smtp,
    Collected collected,
    HostHistory history,
    Failures failures) {

  /** The same snapshot with another history. */
  public HostSnapshot with(HostHistory other) {
    return new HostSnapshot(name, access, smtp, collected, other, failures);
  }

  /** Whether the services could be read: without them, the state of mail flow is unknown. */
  public boolean up() {
    return collected.value(CollectorKey.SERVICES).isPresent();
  }

  /**
   * Whether the services were read, or failed to be, since the exporter began to watch the host.
   */
  public boolean isReadYet() {
    return !(collected.get(CollectorKey.SERVICES).result() instanceof Result.NotReadYet);
  }

  /** What has happened to a watched service; empty when it is not watched. */
  public Optional<ServiceHistory> service(String service) {
    return history.services().stream().filter(known -> known.name().equals(service)).findFirst();
  }

  /** Empty when it is not known, and for a service that is not installed. */
  public Optional<StartMode> startMode(String service) {
    return collected
        .value(CollectorKey.SERVICES)
        .flatMap(read -> read.config(service))
        .map(ServiceConfig::startMode);
  }

  /** Whether a service runs, and Windows does not start it again after a boot. */
  public boolean runsUntilTheNextBoot(String service) {
    return service(service).filter(known -> known.standing() == Standing.RUNNING).isPresent()
        && collected
            .value(CollectorKey.SERVICES)
            .flatMap(read -> read.startsAtBoot(service))
            .filter(starts -> !starts)
            .isPresent();
  }

  /** Whether SMTP does not answer its clients. */
  public boolean bannerDead() {
    return collected.value(CollectorKey.BANNER).filter(banner -> !banner.success()).isPresent();
  }

  /** The dialogues with SMTP; none where they are switched off, or SMTP does not run. */
  public List<Dialogue> dialogues() {
    return collected.value(CollectorKey.DIALOGUE).map(Dialogues::all).orElse(List.of());
  }

  /** The volumes of the mail folders; none where they are not read. */
  public List<VolumeRoom> volumes() {
    return collected.value(CollectorKey.VOLUMES).stream()
        .flatMap(read -> read.volumes().stream())
        .map(
            volume ->
                new VolumeRoom(
                    volume,
                    history.volumeForecasts().stream()
                        .filter(forecast -> forecast.volume().equals(volume.name()))
                        .findFirst()))
        .toList();
  }

  /** The services that should run and do not. */
  public List<ServiceHistory> down() {
    return history.services().stream().filter(known -> known.standing().isDown()).toList();
  }
}
