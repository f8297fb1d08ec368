package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.Volumes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A host that has nothing but what a test gives it. */
final class BareHost implements HostAccess, ServiceControl, Registry, Files {
  private final Map<View, Map<String, RegistryValue>> values = new TreeMap<>();
  private final Map<View, Map<String, Instant>> keys = new TreeMap<>();
  private final Map<String, List<Entry>> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, ServiceStatus> services = new TreeMap<>();

  /** Every question about files, with its limits. */
  final List<String> sampled = new ArrayList<>();

  PerformanceData performanceData =
      value -> {
        throw none();
      };
  HostClock clock =
      () -> {
        throw none();
      };
  Modules modules =
      process -> {
        throw none();
      };
  Tcp tcp =
      (address, port, timeout) -> {
        throw none();
      };
  Volumes volumes =
      folder -> {
        throw none();
      };
  Optional<AccessException> filesFault = Optional.empty();

  BareHost() {
    for (View view : View.values()) {
      values.put(view, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
      keys.put(view, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }
  }

  BareHost value(View view, String key, String name, RegistryValue value) {
    values.getOrDefault(view, Map.of()).put(key + "\\" + name, value);
    return key(view, key, Instant.EPOCH);
  }

  BareHost key(View view, String key, Instant written) {
    keys.getOrDefault(view, Map.of()).put(key, written);
    return this;
  }

  BareHost folder(String path, Entry... entries) {
    folders.put(path, List.of(entries));
    return this;
  }

  BareHost service(String name, ServiceStatus status) {
    services.put(name, status);
    return this;
  }

  @Override
  public Optional<RegistryValue> value(View view, String key, String name) {
    return Optional.ofNullable(values.getOrDefault(view, Map.of()).get(key + "\\" + name));
  }

  @Override
  public Optional<Instant> lastWritten(View view, String key) {
    return Optional.ofNullable(keys.getOrDefault(view, Map.of()).get(key));
  }

  @Override
  public Optional<List<Entry>> list(String folder) throws AccessException {
    if (filesFault.isPresent()) {
      throw filesFault.get();
    }
    return Optional.ofNullable(folders.get(folder));
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) throws AccessException {
    sampled.add(folder + " " + most + " " + within.toMillis());
    return list(folder)
        .map(all -> new Sample(all.subList(0, Math.min(most, all.size())), all.size() <= most));
  }

  @Override
  public Optional<ServiceStatus> status(String service) {
    return Optional.ofNullable(services.get(service));
  }

  @Override
  public Optional<ServiceConfig> config(String service) {
    throw none();
  }

  @Override
  public List<String> dependents(String service) {
    throw none();
  }

  @Override
  public Subscription subscribe(Set<String> wanted, StatusListener listener) {
    throw none();
  }

  @Override
  public Subscription onChange(View view, String key, Runnable changed) {
    throw none();
  }

  @Override
  public AccessKind kind() {
    return AccessKind.LOCAL;
  }

  @Override
  public ServiceControl services() {
    return this;
  }

  @Override
  public Registry registry() {
    return this;
  }

  @Override
  public PerformanceData performanceData() {
    return performanceData;
  }

  @Override
  public Files files() {
    return this;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public EventLog eventLog() {
    throw none();
  }

  @Override
  public HostClock clock() {
    return clock;
  }

  @Override
  public Modules modules() {
    return modules;
  }

  @Override
  public Tcp tcp() {
    return tcp;
  }

  @Override
  public void close() {}

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("this host has none");
  }
}
