package dev.imfexporter.cli;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigError;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.HostConfig.Smb;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.http.Watched;
import dev.imfexporter.watch.ObservedHost;
import dev.imfexporter.watch.clock.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The hosts of the configuration, each with its {@link Post}. A reload leaves those alone whose
 * configuration did not change. Thread-safe.
 */
final class Fleet implements Watched, AutoCloseable {
  private static final Logger LOG = System.getLogger(Fleet.class.getName());

  private final Loader loader;
  private final Posts posts;
  private final LoginGates gates;
  private final TimeSource time;
  private volatile Now now;
  private volatile boolean loaded = true;

  /** Reads the configuration. */
  @FunctionalInterface
  interface Loader {
    Config load() throws ConfigException;
  }

  private record Now(Config config, Map<String, Post> posts, Instant since) {}

  private Fleet(Loader loader, Posts posts, LoginGates gates, TimeSource time, Now now) {
    this.loader = loader;
    this.posts = posts;
    this.gates = gates;
    this.time = time;
    this.now = now;
  }

  /** Begins to watch every host. */
  static Fleet start(
      Options options, Config config, Storage storage, SelfMetrics self, TimeSource time)
      throws CannotStart {
    LoginGates gates = new LoginGates();
    Posts posts = new Posts(storage, gates, time, self::reading);
    Now now = new Now(config, changed(config, Map.of(), posts), time.now().wall());
    return new Fleet(() -> HostSetup.configured(options.configFile), posts, gates, time, now);
  }

  /** Those that go on, and new ones for the rest; those that are not needed are still open. */
  private static Map<String, Post> changed(Config config, Map<String, Post> old, Posts posts)
      throws CannotStart {
    boolean many = config.hosts().size() > 1;
    Map<String, Post> all = new LinkedHashMap<>();
    List<Post> opened = new ArrayList<>();
    // Or a new one would not find what the old one has still to write.
    Post.close(
        config.hosts().stream()
            .flatMap(
                host ->
                    Optional.ofNullable(old.get(host.name()))
                        .filter(known -> !known.config().equals(host))
                        .stream())
            .toList());
    try {
      for (HostConfig host : config.hosts()) {
        Post known = old.get(host.name());
        if (known == null || !known.config().equals(host)) {
          known = posts.open(host, many);
          opened.add(known);
        }
        all.put(host.name(), known);
      }
      return all;
    } catch (CannotStart | RuntimeException e) {
      Post.close(opened);
      throw e;
    }
  }

  @Override
  public synchronized List<String> reload() {
    Config config;
    try {
      config = loader.load();
      for (HostConfig host : config.hosts()) {
        HostSetup.require(host);
      }
    } catch (ConfigException e) {
      return refused(e.errors().stream().map(ConfigError::toString).toList());
    } catch (CannotStart e) {
      return refused(List.of(String.valueOf(e.getMessage())));
    }
    Map<String, Post> old = now.posts();
    Map<String, Post> all;
    try {
      all = changed(config, old, posts);
    } catch (CannotStart e) {
      throw new IllegalStateException("What was required is there", e);
    }
    now = new Now(config, all, time.now().wall());
    loaded = true;
    gates.retain(
        config.hosts().stream().flatMap(host -> host.smb().stream()).map(Smb::auth).toList());
    Post.close(old.values().stream().filter(Predicate.not(all.values()::contains)).toList());
    LOG.log(Level.INFO, "the configuration was reloaded: watching " + all.size() + " hosts");
    return List.of();
  }

  private List<String> refused(List<String> errors) {
    loaded = false;
    errors.forEach(error -> LOG.log(Level.ERROR, "the configuration is not reloaded: " + error));
    return errors;
  }

  @Override
  public List<ObservedHost> hosts() {
    return now.posts().values().stream().<ObservedHost>map(Post::watcher).toList();
  }

  @Override
  public Optional<ObservedHost> host(String name) {
    Map<String, Post> posts = now.posts();
    return Optional.ofNullable(posts.get(name))
        .or(
            () ->
                posts.values().stream()
                    .filter(post -> post.config().name().equalsIgnoreCase(name))
                    .findFirst())
        .map(Post::watcher);
  }

  @Override
  public Optional<ObservedHost> here() {
    Now known = now;
    return known.config().here().map(host -> known.posts().get(host.name())).map(Post::watcher);
  }

  @Override
  public List<Target> targets() {
    Now known = now;
    return known.config().hosts().stream()
        .filter(host -> !known.config().here().equals(Optional.of(host)))
        .map(Fleet::target)
        .toList();
  }

  private static Target target(HostConfig host) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("access", host.access().word());
    host.moduleName().ifPresent(module -> labels.put("module", module));
    host.smb().ifPresent(smb -> labels.put("auth", smb.auth().name()));
    return new Target(host.name(), labels);
  }

  @Override
  public String configuration() {
    return now.config().shown();
  }

  /** Has the program's own metrics tell of the hosts. */
  void describe(SelfMetrics self) {
    self.hosts(() -> now.posts().size(), this::stuck);
    self.journal(() -> now.posts().values().stream().allMatch(post -> post.facts().writable()));
    self.configuration(() -> loaded, () -> now.since());
    self.auths(gates::blocked);
  }

  private int stuck() {
    return now.posts().values().stream().mapToInt(post -> post.watcher().stuck()).sum();
  }

  /** How many facts of earlier runs there were. */
  int recovered() {
    return now.posts().values().stream().mapToInt(post -> post.facts().recovered().size()).sum();
  }

  /** In words, for the log. */
  String describe() {
    List<HostConfig> hosts = now.config().hosts();
    HostConfig first = hosts.get(0);
    return hosts.size() == 1
        ? first.name() + " by access " + first.access().word()
        : "%d hosts, %d of them by access smb"
            .formatted(hosts.size(), hosts.stream().filter(host -> host.smb().isPresent()).count());
  }

  @Override
  public synchronized void close() {
    Post.close(now.posts().values());
  }
}
