package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.collector.NamedObject.Found;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The counters of the performance object {@code MSExchange Intelligent Message Filter}, and whether
 * the filter is in use. Take it only while SMTPSVC runs: the filter lives in it.
 */
public final class FilterReading implements Collector<Filter> {
  private static final String OBJECT = "MSExchange Intelligent Message Filter";
  private static final String FILTER_KEY = DefinitionReading.EXCHANGE_KEY + "\\ContentFilter";
  private static final String OVER_ALL = "_Total";

  private static final String SCANNED = key("Total Messages Scanned for UCE");
  private static final String ACTED_UPON = key("Total UCE Messages Acted Upon");
  private static final List<String> RATED =
      IntStream.rangeClosed(0, 9)
          .mapToObj(level -> key("Total Messages Assigned an SCL Rating of " + level))
          .toList();

  private final NamedObject object;

  /**
   * @param clock for the age of the cached table of names
   */
  public FilterReading(InstantSource clock) {
    object = NamedObject.possible(OBJECT, clock);
  }

  @Override
  public Filter take(HostAccess host) throws AccessException, NotApplicable {
    HklmKey key = new HklmKey(host.registry(), FILTER_KEY);
    Optional<RegistryValue> bindings = key.value("ContentFilterBindings");
    if (bindings.isEmpty() && key.written().isEmpty()) {
      throw new NotApplicable("The Intelligent Message Filter is not installed");
    }
    Optional<Boolean> enabled = bindings.flatMap(FilterReading::bound);
    Optional<Found> found = object.read(host.performanceData());
    if (found.isPresent()) {
      return filter(enabled, found.get());
    }
    if (enabled.equals(Optional.of(false))) {
      return new Filter(enabled, Optional.empty(), Optional.empty(), Map.of());
    }
    throw new NotApplicable(
        "The filter has not scanned a message since SMTPSVC started; it has no counters until then");
  }

  /**
   * An empty value means installed and not enabled, as in Microsoft's analyzer. The type of the
   * value is not documented; a number has no known meaning.
   */
  private static Optional<Boolean> bound(RegistryValue bindings) {
    if (bindings instanceof RegistryValue.Text text) {
      return Optional.of(!text.value().isBlank());
    }
    if (bindings instanceof RegistryValue.Texts texts) {
      return Optional.of(texts.values().stream().anyMatch(text -> !text.isBlank()));
    }
    if (bindings instanceof RegistryValue.Binary binary) {
      return Optional.of(!binary.hex().isEmpty());
    }
    return bindings instanceof RegistryValue.Other other
        ? Optional.of(other.bytes() > 0)
        : Optional.empty();
  }

  private Filter filter(Optional<Boolean> enabled, Found found) throws AccessException {
    Map<String, Long> counters = counters(found.object(), found.titles());
    Map<Integer, Long> rated = new HashMap<>();
    for (int level = 0; level < RATED.size(); level++) {
      Long messages = counters.get(RATED.get(level));
      if (messages != null) {
        rated.put(level, messages);
      }
    }
    Optional<Long> scanned = Optional.ofNullable(counters.get(SCANNED));
    Optional<Long> actedUpon = Optional.ofNullable(counters.get(ACTED_UPON));
    if (scanned.isEmpty() && actedUpon.isEmpty() && rated.isEmpty()) {
      object.distrust();
      throw new AccessException.Missing(
          "The performance object \"%s\" has none of the filter's counters, but %s"
              .formatted(OBJECT, names(found)));
    }
    return new Filter(enabled, scanned, actedUpon, rated);
  }

  /** By their keys; summed over the instances if there are several. */
  private static Map<String, Long> counters(PerformanceObject object, TitleTable titles) {
    Map<String, Long> counters = new HashMap<>();
    for (Instance instance : object.instances()) {
      if (!instance.name().equalsIgnoreCase(OVER_ALL)) {
        for (Counter counter : instance.counters()) {
          titles
              .name(counter.nameIndex())
              .ifPresent(name -> counters.merge(key(name), counter.value(), Long::sum));
        }
      }
    }
    return counters;
  }

  private static String names(Found found) {
    List<String> names =
        found.object().instances().stream()
            .flatMap(instance -> instance.counters().stream())
            .map(counter -> found.titles().name(counter.nameIndex()).orElse("one without a name"))
            .distinct()
            .limit(5)
            .toList();
    return names.isEmpty()
        ? "no counter at all"
        : names.stream().map(name -> HostText.quoted(name, 60)).collect(Collectors.joining(", "));
  }

  /** Microsoft's documents differ in the blanks and per cent signs of these names. */
  private static String key(String name) {
    return name.replaceAll("[\\s%]", "").toLowerCase(Locale.ROOT);
  }
}
