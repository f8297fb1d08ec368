package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.EventLog;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.Volumes;
import dev.imfexporter.access.Win32Error;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * An Exchange 2003 host that plays a story from the moment of its construction; by its event log,
 * it has been running for weeks before. Every answer depends on the clock alone. Thread-safe.
 */
public final class DemoHost implements HostAccess {
  static final String COMPUTER = "EXCH01";

  static final List<Cycle> DAYS =
      Stream.concat(ArticleStory.cycles().stream(), TroubledDays.cycles().stream()).toList();

  private static final Story STORY = new Story(DAYS);

  private final Story story;
  private final InstantSource clock;
  private final Instant began;
  private final ServiceControl services = new DemoServices(this);
  private final Registry registry;
  private final PerformanceData performanceData = new DemoPerformanceData(this);
  private final Files files = new DemoFiles(this);
  private final Volumes volumes = new DemoVolumes(this);
  private final EventLog eventLog;
  private final Modules modules = new DemoModules(this);
  private final Tcp tcp = new DemoTcp(this);
  private volatile boolean closed;

  private DemoHost(Story story, InstantSource clock, Duration start, ZoneId zone) {
    this.story = story;
    this.clock = clock;
    began = clock.instant().minus(start);
    registry = new DemoRegistry(this, zone);
    eventLog = new DemoEventLog(this, new StoryLog(story));
  }

  /**
   * A host that plays four days one after the other, see {@link ArticleStory} and {@link
   * TroubledDays}. Its dates are those of this program's time zone.
   *
   * @param start how far into the story it is now
   */
  public static DemoHost play(InstantSource clock, Duration start) {
    return play(clock, start, ZoneId.systemDefault());
  }

  /** As {@link #play(InstantSource, Duration)}, with the dates of another time zone. */
  static DemoHost play(InstantSource clock, Duration start, ZoneId zone) {
    return new DemoHost(STORY, clock, start, zone);
  }

  @Override
  public AccessKind kind() {
    return AccessKind.DEMO;
  }

  @Override
  public ServiceControl services() {
    return services;
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public PerformanceData performanceData() {
    return performanceData;
  }

  @Override
  public Files files() {
    return files;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public EventLog eventLog() {
    return eventLog;
  }

  @Override
  public HostClock clock() {
    return () ->
        new HostClock.HostTime(now(), Duration.ZERO, elapsed("NetRemoteTOD").minus(StoryLog.BOOT));
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
  public void close() {
    closed = true;
  }

  /** The state of the host now. */
  Scene scene(String call) throws AccessException {
    return story.at(elapsed(call));
  }

  /** The time since the story began. */
  Duration elapsed(String call) throws AccessException {
    if (closed) {
      throw new CallFailed(Win32Error.of(call, Win32Error.INVALID_HANDLE));
    }
    return Duration.between(began, clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /** The wall-clock time of a moment of the story. */
  Instant time(Duration sinceBegan) {
    return began.plus(sinceBegan);
  }
}
