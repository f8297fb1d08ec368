package dev.imfexporter.overview;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
   * The third-party modules that are loaded by now, in lower case; empty where they could not be
   * read, as while inetinfo.exe does not run.
   */
  Optional<Set<String>> components() {
    return host.collected().value(CollectorKey.COMPONENTS).map(ReachedHost::names);
  }

  private static Set<String> names(Components read) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    read.thirdParty().forEach(component -> names.add(component.name()));
    return names;
  }

  ReachedHost orWorse(ReachedHost other) {
    if (other.isHalted() != isHalted()) {
      return isHalted() ? this : other;
    }
    return other.episode().began().isBefore(episode.began()) ? this : other;
  }
}
