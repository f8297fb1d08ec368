package dev.imfexporter.watch;

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
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.Volumes;
import dev.imfexporter.access.Win32Error;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A host that a test sets by hand. Not thread-safe. */
public class FakeHost implements HostAccess, ServiceControl, Registry, PerformanceData, Files {

  private final Map<String, ServiceStatus> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, StartMode> modes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, RegistryValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<Entry>> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> denied = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Runnable> keyWatchers = new ArrayList<>();

  /** Thrown by every call to the service control manager. */
  public @Nullable AccessException scmFault;

  /** Whether states are pushed; a subscription is refused otherwise. */
  public boolean pushes;

  public @Nullable StatusListener listener;
  public Instant keyWritten = Instant.EPOCH;
  public int statusCalls;
  public int subscriptions;
  public int configCalls;
  public int performanceCalls;
  public int performanceReleases;

  public FakeHost service(String name, ServiceState state) {
    return service(name, new ServiceStatus(state, 0, 0, 0));
  }

  public FakeHost service(String name, ServiceStatus status) {
    services.put(name, status);
    modes.putIfAbsent(name, StartMode.AUTO);
    if (listener != null) {
      listener.changed(name, status);
    }
    return this;
  }

  /** Changes a state without telling who subscribed. */
  public FakeHost quietly(String name, ServiceState state) {
    services.put(name, new ServiceStatus(state, 0, 0, 0));
    return this;
  }

  /** Makes every question about a service fail. */
  public FakeHost deny(String name) {
    denied.add(name);
    return this;
  }

  public FakeHost mode(String name, StartMode mode) {
    modes.put(name, mode);
    return this;
  }

  public FakeHost remove(String service) {
    services.remove(service);
    return this;
  }

  public FakeHost value(String key, String name, RegistryValue value) {
    values.put(key + "\\" + name, value);
    keyWatchers.forEach(Runnable::run);
    return this;
  }

  public FakeHost folder(String path, Entry... entries) {
    folders.put(path, List.of(entries));
    return this;
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
    return this;
  }

  @Override
  public Files files() {
    return this;
  }

  @Override
  public Optional<ServiceStatus> status(String service) throws AccessException {
    statusCalls++;
    fail();
    denied(service);
    return Optional.ofNullable(services.get(service));
  }

  @Override
  public Optional<ServiceConfig> config(String service) throws AccessException {
    configCalls++;
    fail();
    denied(service);
    return services.containsKey(service)
        ? Optional.of(
            new ServiceConfig(
                "Display of " + service,
                modes.getOrDefault(service, StartMode.AUTO),
                service.equals("IISADMIN") ? List.of("RPCSS") : List.of("IISADMIN")))
        : Optional.empty();
  }

  @Override
  public List<String> dependents(String service) throws AccessException {
    fail();
    return services.keySet().stream().filter(name -> !name.equalsIgnoreCase(service)).toList();
  }

  @Override
  public Subscription subscribe(Set<String> wanted, StatusListener to) throws AccessException {
    if (!pushes) {
      throw new AccessException.Unsupported("pushes nothing");
    }
    subscriptions++;
    listener = to;
    for (String service : wanted) {
      ServiceStatus status = services.get(service);
      if (status != null) {
        to.changed(service, status);
      }
    }
    return () -> {
      if (listener == to) {
        listener = null;
      }
    };
  }

  @Override
  public Optional<RegistryValue> value(View view, String key, String name) {
    return view == View.BITS_32
        ? Optional.ofNullable(values.get(key + "\\" + name))
        : Optional.empty();
  }

  @Override
  public Optional<Instant> lastWritten(View view, String key) {
    return view == View.BITS_32 ? Optional.of(keyWritten) : Optional.empty();
  }

  @Override
  public Subscription onChange(View view, String key, Runnable changed) {
    keyWatchers.add(changed);
    return () -> keyWatchers.remove(changed);
  }

  @Override
  public byte[] query(String value) {
    performanceCalls++;
    return new byte[0];
  }

  @Override
  public void release() {
    performanceReleases++;
  }

  @Override
  public Optional<List<Entry>> list(String folder) {
    return Optional.ofNullable(folders.get(folder));
  }

  @Override
  public Optional<Sample> sample(String folder, int most, Duration within) {
    return list(folder).map(all -> new Sample(all, true));
  }

  @Override
  public Volumes volumes() {
    throw new UnsupportedOperationException("this host has none");
  }

  @Override
  public EventLog eventLog() {
    throw new UnsupportedOperationException("this host has none");
  }

  @Override
  public HostClock clock() {
    throw new UnsupportedOperationException("this host has none");
  }

  @Override
  public Modules modules() {
    throw new UnsupportedOperationException("this host has none");
  }

  @Override
  public Tcp tcp() {
    throw new UnsupportedOperationException("this host has none");
  }

  @Override
  public void close() {}

  private void denied(String service) throws AccessException {
    if (denied.contains(service)) {
      throw new AccessException.CallFailed(
          new Win32Error("OpenService " + service, Win32Error.ACCESS_DENIED, "Access is denied"));
    }
  }

  private void fail() throws AccessException {
    if (scmFault != null) {
      throw scmFault;
    }
  }
}
