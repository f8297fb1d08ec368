package dev.imfexporter.page;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The names that take the place of placeholders.
 *
 * @param values those that are known; the other placeholders stay as they are
 */
record RunbookNames(Map<Placeholder, String> values) {
  static final RunbookNames NONE = new RunbookNames(Map.of());

  RunbookNames {
    values = Map.copyOf(values);
  }

  /**
   * The names of a host.
   *
   * @param service what the alert is about; without it, the only service in trouble
   * @param instance the label of its series; empty if it is not known
   */
  static RunbookNames of(HostSnapshot host, Optional<String> service, Optional<String> instance) {
    Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
    put(values, Placeholder.HOST, Optional.of(host.name()));
    put(values, Placeholder.INSTANCE, instance);
    List<ServiceHistory> meant = meant(host, service);
    put(values, Placeholder.SERVICE, only(meant.stream().map(ServiceHistory::name).toList()));
    put(values, Placeholder.PID, only(meant.stream().flatMap(it -> hanging(it).stream()).toList()));
    return new RunbookNames(values);
  }

  private static List<ServiceHistory> meant(HostSnapshot host, Optional<String> service) {
    List<ServiceHistory> all = host.history().services();
    return service.isPresent()
        ? all.stream().filter(it -> it.name().equalsIgnoreCase(service.get())).toList()
        : all.stream().filter(RunbookNames::inTrouble).toList();
  }

  static boolean inTrouble(ServiceHistory service) {
    return service.standing().isDown() || !service.concerns().isEmpty();
  }

  /** The process of a service that neither runs nor is stopped: the one that may have to end. */
  private static Optional<String> hanging(ServiceHistory service) {
    return service
        .status()
        .filter(status -> status.processId() != 0)
        .filter(status -> status.state() != ServiceState.RUNNING && !status.state().isPaused())
        .map(ServiceStatus::processId)
        .map(String::valueOf);
  }

  private static Optional<String> only(List<String> values) {
    List<String> distinct = values.stream().distinct().toList();
    return distinct.size() == 1 ? Optional.of(distinct.get(0)) : Optional.empty();
  }

  private static void put(
      Map<Placeholder, String> values, Placeholder placeholder, Optional<String> value) {
    value.filter(Placeholder::isHarmless).ifPresent(it -> values.put(placeholder, it));
  }

  Optional<String> get(Placeholder placeholder) {
    return Optional.ofNullable(values.get(placeholder));
  }

  /** The text with each placeholder replaced whose name is known. */
  String fill(String text) {
    return Placeholder.WRITTEN
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Placeholder.named(found.group(1)).flatMap(this::get).orElse(found.group())));
  }
}
