package dev.imfexporter.diagnosis;

import dev.imfexporter.text.Listing;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.Comparator;
import java.util.List;

/** Which episodes of a host are kept, for a request for another one. */
public final class KeptEpisodes {
  private KeptEpisodes() {}

  /** Whether any is. */
  public static boolean any(HostSnapshot host) {
    return !host.history().episodes().all().isEmpty();
  }

  /**
   * That the host has no such episode, and which it has, the newest first; without a full stop.
   *
   * @param number as it was asked for
   */
  public static String without(HostSnapshot host, String number) {
    List<String> kept =
        host.history().episodes().all().stream()
            .map(Episode::number)
            .sorted(Comparator.reverseOrder())
            .map(String::valueOf)
            .toList();
    return "%s has no episode %s%s"
        .formatted(
            host.name(),
            number,
            kept.isEmpty() ? ": none is known" : "; known: " + Listing.some(kept));
  }
}
