package dev.imfexporter.watch.model;

import dev.imfexporter.text.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who started the services of an episode again, by the evidence.
 *
 * @param services those that ran again, the strongest evidence first; a service that was out
 *     several times may stand at several
 * @param all whether every outage of the episode ended, and in the same way
 */
public record Starts(Map<StartedBy, List<String>> services, boolean all) {
  public Starts {
    services = Collections.unmodifiableMap(new EnumMap<>(services));
  }

  static Starts of(List<Outage> outages) {
    Map<StartedBy, Set<String>> started = new EnumMap<>(StartedBy.class);
    for (Outage outage : outages) {
      outage
          .startedBy()
          .ifPresent(
              by ->
                  started.computeIfAbsent(by, any -> new LinkedHashSet<>()).add(outage.service()));
    }
    Map<StartedBy, List<String>> services = new EnumMap<>(StartedBy.class);
    started.forEach((by, names) -> services.put(by, List.copyOf(names)));
    return new Starts(
        services,
        services.size() == 1 && outages.stream().allMatch(o -> o.startedBy().isPresent()));
  }

  /** Those that were started so. */
  public List<String> by(StartedBy who) {
    return services.getOrDefault(who, List.of());
  }

  /**
   * {@code an administrator}, or where that is not so of all services, {@code an administrator
   * (SMTPSVC and RESvc), the boot of the host (IISADMIN)}; "" if none ran again.
   */
  public String phrase() {
    List<String> parts = new ArrayList<>();
    services.forEach(
        (by, names) ->
            parts.add(all ? by.phrase() : by.phrase() + " (" + Listing.all(names) + ")"));
    return String.join(", ", parts);
  }

  /** {@code administrator, boot}: for a narrow column. */
  public String words() {
    return services.keySet().stream().map(StartedBy::spaced).collect(Collectors.joining(", "));
  }
}
