package dev.imfexporter.watch;

import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Retention;
import java.util.Set;

/**
 * The settings of a {@link HostState}.
 *
 * @param eventsWatched whether event logs are read
 * @param bannerWatched whether SMTP is asked for its banner
 * @param countedProviders the providers whose events are counted one by one
 * @param optionalServices short names, in any case, of services that are not missed while they are
 *     stopped
 */
public record StateSettings(
    Limits limits,
    Retention retention,
    boolean eventsWatched,
    boolean bannerWatched,
    Set<String> countedProviders,
    Set<String> optionalServices) {
  public StateSettings {
    countedProviders = Set.copyOf(countedProviders);
    optionalServices = Set.copyOf(optionalServices);
  }
}
