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
import dev.imfexporter.access.Win32Error;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * An Exchange 2003 host that plays a story from the moment of its construction; by its event log,
 * it has been running for weeks before. Every answer depends on the clock alone. Thread-safe.
 */
public final class DemoHost implements HostAccess {
  static final String COMPUTER = "EXCH01";

  private final Story story;
  private final InstantSource clock;
  private final Instant began;
  private final ServiceControl services = new DemoServices(this);
  private final Registry registry;
  private final PerformanceData performanceData = new DemoPerformanceData(this);
  private final Files files = new DemoFiles(this);
  private final EventLog eventLog;
  private final Modules modules = new DemoModules(this);
  private final Tcp tcp = new DemoTcp(this);
  private volatile boolean closed;

  private DemoHost(Story story, InstantSource clock, ZoneId zone) {
    this.story = story;
    this.clock = clock;
    began = clock.instant();
    registry = new DemoRegistry(this, zone);
    eventLog = new DemoEventLog(this, new StoryLog(story));
  }

  /**
   * A host on which an update halts mail flow, alternating with one on which all goes well; about
   * ten minutes each. Its dates are those of this program's time zone.
   */
  public static DemoHost article(InstantSource clock) {
    return article(clock, ZoneId.systemDefault());
  }

  /** As {@link #article(InstantSource)}, with the dates of another time zone. */
  static DemoHost article(InstantSource clock, ZoneId zone) {
    return new DemoHost(new Story(ArticleStory.cycles()), clock, zone);
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
