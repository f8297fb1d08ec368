package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigError;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.http.Watched;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.text.Listing;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.ObservedHost;
import dev.imfexporter.watch.poll.CallTimer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The hosts of the configuration. A reload keeps each host whose configuration did not change, with
 * its connection and its state. Thread-safe.
 */
public final class Fleet implements Watched, AutoCloseable {
  private static final Logger LOG = System.getLogger(Fleet.class.getName());

  /** How often the hosts that were opened are made known while all are opened. */
  private static final int BATCHES = 20;

  private final ConfigFiles files;
  private final HostOpener opener;
  private final AccessFactory accesses;
  private final TimeSource time;
  private final FreshReadings readings;
  private volatile FleetState state;
  private volatile boolean loaded = true;

  /** Held for as long as a disk takes; not by {@link #close}, which must not wait for that. */
  private final ReentrantLock reloading = new ReentrantLock();

  /** Whether a reload waits that has read nothing yet. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** Guarded by this. */
  private boolean closed;

  Fleet(
      ConfigFiles files,
      Config config,
      HostFactory.History history,
      CallTimer timer,
      TimeSource time)
      throws UsageException {
    this.files = files;
    this.accesses = new AccessFactory();
    this.opener = new HostOpener(new HostFactory(history, accesses, time, timer), time);
    this.time = time;
    this.readings = new FreshReadings(time, FreshReadings.DEADLINE);
    Map<String, FleetHost> hosts = new LinkedHashMap<>();
    for (HostConfig host : config.hosts()) {
      AccessFactory.require(host);
      hosts.put(FleetState.key(host.name()), FleetHost.opening(host, time));
    }
    this.state = new FleetState(config, hosts, time.now().wall());
  }

  /**
   * Has every host, and none open.
   *
   * @param files where a reload reads the configuration; none for the built-in one
   * @param storage closed by the caller, after this
   * @throws UsageException if this machine cannot reach one of the hosts as configured
   */
  public static Fleet start(
      ConfigFiles files, Config config, Storage storage, CallTimer timer, TimeSource time)
      throws UsageException {
    return new Fleet(files, config, storage::facts, timer, time);
  }

  /**
   * Begins to watch every host, one after the other. Takes as long as the disk takes to read their
   * history; until a host is open, its scrapes wait for that.
   *
   * @param stopping checked between two hosts: the others are not opened then
   * @throws UsageException if the folder of the history, or JNA on Windows, cannot be used
   */
  public void open(BooleanSupplier stopping) throws UsageException {
    reloading.lock();
    FleetState before = state;
    Map<String, FleetHost> all = new LinkedHashMap<>(before.hosts());
    boolean complete = false;
    try {
      // A copy of 10,000 hosts for each of them would take longer than to open them.
      int batch = 1 + all.size() / BATCHES;
      for (FleetHost waiting : before.all()) {
        if (stopping.getAsBoolean()) {
          break;
        }
        if (waiting.opened().isPresent()) {
          // A reload came first.
          continue;
        }
        FleetHost open = opener.open(waiting.config(), before.config(), Map.of());
        all.put(FleetState.key(waiting.config().name()), open);
        if (waiting.observed() instanceof OpeningHost opening) {
          opening.opened(open.observed());
        }
        if (--batch == 0) {
          batch = 1 + all.size() / BATCHES;
          swap(new FleetState(before.config(), new LinkedHashMap<>(all), before.since()));
        }
      }
      complete = swap(new FleetState(before.config(), all, before.since()));
    } finally {
      if (!complete) {
        FleetHost.close(FleetState.without(all.values(), state.all()));
      }
      reloading.unlock();
    }
  }

  /** Opens everything first, then swaps, then closes what is no longer configured. */
  @Override
  public List<String> reload() {
    // A request must not wait for a disk, with all others behind it.
    if (!reloading.tryLock()) {
      return refused(
          List.of("the hosts are still being opened, or another reload is under way: try again"));
    }
    return reloadAndUnlock();
  }

  /**
   * As {@link #reload}, for a signal, which has no other answer than the log: waits for a reload
   * that is under way, since that may have read the files before they were changed. Returns at once
   * if another one waits already.
   */
  public void reloadAfterOthers() {
    if (waiting.compareAndSet(false, true)) {
      reloading.lock();
      waiting.set(false);
      reloadAndUnlock();
    }
  }

  private List<String> reloadAndUnlock() {
    boolean done = false;
    try {
      List<String> errors = reloadNow();
      done = errors.isEmpty();
      return errors;
    } finally {
      loaded = done;
      reloading.unlock();
    }
  }

  private List<String> reloadNow() {
    FleetState before = state;
    Config config;
    try {
      config = files.isEmpty() ? before.config() : files.load();
    } catch (ConfigException e) {
      return refused(e.errors().stream().map(ConfigError::toString).toList());
    }
    List<String> unreachable = Configuration.unreachable(config);
    if (!unreachable.isEmpty()) {
      return refused(unreachable);
    }
    config.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.toString()));
    FleetState next;
    try {
      next = new FleetState(config, opener.open(config, before.hosts()), time.now().wall());
    } catch (UsageException e) {
      return refused(List.of(String.valueOf(e.getMessage())));
    }
    if (!swap(next)) {
      FleetHost.close(FleetState.without(next.all(), before.all()));
      return refused(List.of("the exporter is stopping"));
    }
    accesses.retain(config.hosts());
    FleetHost.close(FleetState.without(before.all(), next.all()));
    LOG.log(Level.INFO, "the configuration was reloaded: watching " + describe());
    return List.of();
  }

  private synchronized boolean swap(FleetState next) {
    if (closed) {
      return false;
    }
    state = next;
    return true;
  }

  private List<String> refused(List<String> errors) {
    errors.forEach(error -> LOG.log(Level.ERROR, "the configuration is not reloaded: " + error));
    return errors;
  }

  @Override
  public List<ObservedHost> hosts() {
    return state.all().stream().map(FleetHost::observed).toList();
  }

  @Override
  public Optional<ObservedHost> host(String name) {
    return state.find(name).map(FleetHost::observed);
  }

  @Override
  public Optional<CompletableFuture<FreshReading>> readNow(String name) {
    return state.find(name).map(readings::of);
  }

  @Override
  public Optional<ObservedHost> here() {
    FleetState now = state;
    return now.config().here().flatMap(host -> now.find(host.name())).map(FleetHost::observed);
  }

  @Override
  public List<Target> targets() {
    Config config = state.config();
    return config.hosts().stream()
        .filter(host -> !config.here().equals(Optional.of(host)))
        .map(FleetHost::target)
        .toList();
  }

  @Override
  public String configuration() {
    return state.config().shown();
  }

  @Override
  public String configuration(String host) {
    FleetState now = state;
    return now.find(host).map(it -> now.config().shownOf(it.config())).orElse("");
  }

  /** Registers the metrics of the exporter itself that are about the hosts and their accounts. */
  public void register(SelfMetrics self) {
    self.hosts(
        () -> state.all().size(),
        () -> state.opened().mapToInt(host -> host.watcher().stuck()).sum());
    self.rollouts(this::rollouts);
    self.journal(this::writable);
    self.configuration(() -> loaded, () -> state.since());
    self.auths(accesses::blocked);
  }

  /** With a single host there is no roll-out, and its own metrics tell what an update did. */
  private Rollouts rollouts() {
    List<ObservedHost> all = hosts();
    return Rollouts.of(
        all.size() == 1 ? List.of() : all.stream().map(ObservedHost::lastSnapshot).toList(),
        time.now().wall());
  }

  /** Whether the last facts of every host could be written to disk. */
  public boolean writable() {
    return state.opened().allMatch(host -> host.facts().writable());
  }

  @Override
  public List<String> unwritten() {
    Map<String, List<String>> hosts = new TreeMap<>();
    for (FleetHost host : state.all()) {
      host.opened()
          .flatMap(open -> open.facts().failure())
          .ifPresent(
              why -> hosts.computeIfAbsent(why, w -> new ArrayList<>()).add(host.config().name()));
    }
    List<String> sentences = new ArrayList<>();
    hosts.forEach(
        (why, names) ->
            sentences.add(
                "The history of %s is in memory only and is lost when imf-exporter ends, as it cannot be written to %s."
                    .formatted(Listing.some(names), why)));
    return sentences;
  }

  /** How many facts of earlier runs were read when the hosts were opened. */
  public int recovered() {
    return state.opened().mapToInt(host -> host.facts().recovered().size()).sum();
  }

  /** A phrase for the log: the host and its access, or how many hosts there are. */
  public String describe() {
    List<HostConfig> hosts = state.config().hosts();
    return hosts.size() == 1
        ? hosts.get(0).name() + " by access " + hosts.get(0).access().word()
        : "%d hosts, %d of them by access smb"
            .formatted(
                hosts.size(),
                hosts.stream().filter(host -> host.access() == AccessKind.SMB).count());
  }

  /** Does not wait for a reload that is under way; its hosts are closed when they are open. */
  @Override
  public void close() {
    FleetState last;
    synchronized (this) {
      closed = true;
      last = state;
    }
    FleetHost.close(last.all());
  }
}
