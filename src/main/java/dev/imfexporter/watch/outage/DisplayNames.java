package dev.imfexporter.watch.outage;

import dev.imfexporter.collector.Meaning.Named;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The short names of services by what events call them. Each service has one display name. */
final class DisplayNames {
  private final Map<String, String> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void set(String service, String displayName) {
    if (!service.equals(services.get(displayName))) {
      forget(service);
      services.put(displayName, service);
    }
  }

  void forget(String service) {
    services.values().removeIf(service::equalsIgnoreCase);
  }

  /** The short name, of a watched service or not; empty for an unknown display name. */
  Optional<String> service(Named name) {
    return Optional.ofNullable(name.isShort() ? name.name() : services.get(name.name()));
  }
}
