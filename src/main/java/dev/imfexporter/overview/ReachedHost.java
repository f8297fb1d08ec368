package dev.imfexporter.overview;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.LoadedModules;
import dev.imfexporter.watch.model.Outage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A host that an update has reached.
 *
 * @param episode the newest of this update in which mail was halted, or else the newest
 */
public record ReachedHost(HostSnapshot host, Episode episode) {

  public HostOutcome outcome() {
    return HostOutcome.of(episode);
  }

  /** Whether mail was halted, over or not. */
  public boolean isHalted() {
    return episode.halted();
  }

  /** When the first service went down, or else when the episode began. */
  public Instant struck() {
    return episode.outages().stream()
        .map(Outage::began)
        .min(Instant::compareTo)
        .orElse(episode.began());
  }

  /**
   * The third-party modules that it had when the update came; empty where they are not known. See
   * {@link LoadedModules#before}.
   */
  Optional<Set<String>> components() {
    return LoadedModules.before(host, episode);
  }

  ReachedHost orWorse(ReachedHost other) {
    if (other.isHalted() != isHalted()) {
      return isHalted() ? this : other;
    }
    return other.episode().began().isBefore(episode.began()) ? this : other;
  }
}
