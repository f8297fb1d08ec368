package dev.imfexporter.cli;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.access.win32.WindowsHost;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.reading.BannerReading;
import dev.imfexporter.reading.ClockReading;
import dev.imfexporter.reading.ComponentsReading;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.FilterReading;
import dev.imfexporter.reading.FoldersReading;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.NotApplicable;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.SmtpReading;
import dev.imfexporter.reading.event.EventsReading;
import dev.imfexporter.reading.event.Interpreters;
import dev.imfexporter.reading.event.RoutineUpdates;
import dev.imfexporter.watch.CallThreads;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.WatchPlan;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what the configuration says of a host into what watches it. */
final class HostSetup {

  /**
   * Nine readings, two watches of the definition's key or of the event log, one subscription: all
   * may block at once.
   */
  private static final int CALLS = 12;

  private HostSetup() {}

  /** What a file says to watch, or else this machine, or else the demo. */
  static Config configured(@Nullable Path file) throws ConfigException {
    if (file != null) {
      return Config.load(file);
    }
    if (!onWindows()) {
      return Config.demo();
    }
    String name = System.getenv("COMPUTERNAME");
    return Config.local(name == null ? "localhost" : name);
  }

  /**
   * A host of the configuration.
   *
   * @param name null for the only one that it has
   */
  static HostConfig named(@Nullable Path file, @Nullable String name)
      throws ConfigException, CannotStart {
    List<HostConfig> hosts = configured(file).hosts();
    if (name == null && hosts.size() > 1) {
      throw new CannotStart(
          "the configuration has %d hosts: name one, such as %s"
              .formatted(hosts.size(), hosts.get(0).name()));
    }
    return hosts.stream()
        .filter(host -> name == null || name.equals(host.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new CannotStart(
                    "the configuration has no host %s, but %s".formatted(name, some(hosts))));
  }

  private static String some(List<HostConfig> hosts) {
    String first = hosts.stream().limit(5).map(HostConfig::name).collect(Collectors.joining(", "));
    return hosts.size() > 5 ? "%s and %d more".formatted(first, hosts.size() - 5) : first;
  }

  /** One who looks at a host when asked to, and not by himself. */
  static HostWatcher looker(
      HostConfig host, HostAccess access, FactStore earlier, ExecutorService calls) {
    return HostWatcher.start(
        plan(host),
        access,
        earlier,
        calls,
        (interval, task) -> () -> {},
        TimeSource.system(),
        (reading, result, took) -> {});
  }

  /**
   * @throws CannotStart if this machine does not have the way to the host that it wants
   */
  static void require(HostConfig host) throws CannotStart {
    if (host.access().needsWindows() && !onWindows()) {
      throw new CannotStart(
          "hosts."
              + host.name()
              + ".access: "
              + host.access().word()
              + " makes Win32 calls and works on Windows only, not on "
              + System.getProperty("os.name")
              + ". Run imf-exporter on a Windows machine, or use access: smb");
    }
  }

  /**
   * The way to the host; it does no input or output yet.
   *
   * @throws CannotStart if this machine does not have that way
   */
  static HostAccess open(HostConfig host, LoginGates gates) throws CannotStart {
    require(host);
    return switch (host.access()) {
      case LOCAL -> WindowsHost.local();
      case WIN32 -> WindowsHost.remote(host.name());
      case SMB -> SmbSetup.open(host, gates);
      case DEMO -> DemoHost.article(InstantSource.system());
    };
  }

  static boolean onWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  static WatchPlan plan(HostConfig host) {
    Module module = host.module();
    InstantSource clock = InstantSource.system();
    return new WatchPlan(
        host.name(),
        new ServicesReading(module.services().names(), InstantSource.system()),
        when(
            module.definition().enabled(),
            () ->
                new DefinitionReading(
                    module.definition().folder().map(folder -> in(host, folder)),
                    ZoneId.systemDefault())),
        when(module.smtp().counters(), SmtpReading::new),
        when(module.smtp().filter(), () -> new FilterReading(clock)),
        when(module.events().enabled(), () -> cursor -> events(module.events(), cursor, clock)),
        when(module.smtp().folders().enabled(), () -> new FoldersReading(mailroots(host))),
        when(
            module.smtp().banner().enabled(),
            () ->
                new BannerReading(
                    module.smtp().banner().address(),
                    module.smtp().banner().port(),
                    module.smtp().banner().ehloName(),
                    module.smtp().banner().timeout(),
                    System::nanoTime)),
        when(module.smtp().loadedModules(), ComponentsReading::new),
        Optional.of(new ClockReading(System::nanoTime)),
        new WatchPlan.Intervals(
            host.pollInterval(),
            module.definition().interval(),
            module.events().interval(),
            module.readingTimeout()),
        Set.copyOf(module.events().providers()),
        limits(module.limits()),
        new Retention(module.retention().age(), module.retention().count()));
  }

  private static Reading<Events> events(
      Module.Events events, Function<String, Optional<EventCursor>> cursor, InstantSource clock) {
    RoutineUpdates routine =
        events
            .ignoredUpdates()
            .map(texts -> new RoutineUpdates(texts.stream().map(Pattern::compile).toList()))
            .orElse(RoutineUpdates.SHIPPED);
    return new EventsReading(
        EventsReading.LOGS,
        cursor,
        new Interpreters(events.providers(), routine),
        events.lookback(),
        clock);
  }

  /** What the event logs have told in the last 24 hours; blocks. */
  static List<LoggedEvent> lastDay(HostConfig host, HostAccess access)
      throws AccessException, NotApplicable {
    Module.Events settings = host.module().events();
    Module.Events day =
        new Module.Events(
            settings.enabled(),
            settings.interval(),
            Duration.ofDays(1),
            settings.providers(),
            settings.ignoredUpdates(),
            settings.serviceWords());
    Reading<Events> reading = events(day, log -> Optional.empty(), InstantSource.system());
    List<LoggedEvent> all = new ArrayList<>();
    boolean complete = !settings.enabled();
    while (!complete) {
      Events read = reading.take(access);
      read.logs().forEach(log -> all.addAll(log.events()));
      complete = read.logs().stream().allMatch(Events.LogRead::complete);
    }
    return all;
  }

  private static Limits limits(Module.Limits limits) {
    return new Limits(
        limits.slow(), limits.halted(), limits.slowAfterBoot(), limits.haltedAfterBoot());
  }

  private static <T> Optional<T> when(boolean enabled, Supplier<T> reading) {
    return enabled ? Optional.of(reading.get()) : Optional.empty();
  }

  private static Map<String, String> mailroots(HostConfig host) {
    Map<String, String> folders = new LinkedHashMap<>();
    host.module()
        .smtp()
        .folders()
        .mailroots()
        .forEach((server, folder) -> folders.put(server, in(host, folder)));
    return folders;
  }

  /** One module serves many hosts. */
  private static String in(HostConfig host, String folder) {
    return folder.replace("{host}", host.name());
  }

  /** Threads for one host, whose calls may block for ever. */
  static ExecutorService calls() {
    return CallThreads.atMost(CALLS);
  }
}
