package dev.imfexporter.evidence;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.watch.model.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an archive is about, for programs; the first file in it.
 *
 * @param collectedAt when the newest reading in it ended
 * @param servicesRead whether the services could be read; without them little else is known
 * @param windows its name, service pack and build; empty if it was not read
 * @param bootedAt when the host last booted, by the exporter's clock; empty if that was not read
 * @param clockOffset how far the host's clock was ahead; negative if it was behind
 * @param episode its number; empty if the archive is about none
 */
record AboutHost(
    String host,
    AccessKind access,
    String exporter,
    Instant collectedAt,
    boolean servicesRead,
    Optional<String> windows,
    Optional<Instant> bootedAt,
    Optional<Duration> clockOffset,
    Optional<Long> episode) {
  static final String FILE = "host.json";

  static AboutHost of(Evidence evidence) {
    Optional<HostClockState> host = evidence.host().collected().value(CollectorKey.HOST);
    Instant read = evidence.host().collected().get(CollectorKey.HOST).at();
    return new AboutHost(
        evidence.host().name(),
        evidence.host().access(),
        evidence.version(),
        evidence.at(),
        evidence.host().up(),
        host.flatMap(HostClockState::windows),
        host.map(state -> read.minus(state.sinceBoot())),
        host.map(state -> Duration.between(read, state.time())),
        evidence.episode().map(Episode::number));
  }
}
