package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostClock.HostTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The host's clock, the time since its boot, and whether it waits for a reboot. */
public final class ClockReading implements Collector<HostClockState> {
  private static final String WINDOWS = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\";

  /**
   * These keys exist while a reboot is pending: the first on Windows since Vista, by its servicing
   * stack; the second on every Windows, by Automatic Updates. PendingFileRenameOperations does not
   * show a pending reboot: virus scanners, printer drivers and temporary files leave it behind on
   * hosts that need none.
   */
  private static final List<String> REBOOT_KEYS =
      List.of(
          WINDOWS + "Component Based Servicing\\RebootPending",
          WINDOWS + "WindowsUpdate\\Auto Update\\RebootRequired");

  private final LongSupplier nanos;

  /** Of the boot that was last seen. */
  private volatile Windows windows = new Windows(Optional.empty(), Duration.ZERO);

  private record Windows(Optional<String> version, Duration sinceBoot) {}

  /**
   * @param nanos a clock that is never set, as {@link System#nanoTime}
   */
  public ClockReading(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public HostClockState take(HostAccess host) throws AccessException {
    Optional<Instant> pending = Optional.empty();
    for (String key : REBOOT_KEYS) {
      Optional<Instant> since = new HklmKey(host.registry(), key).written();
      if (since.isPresent() && pending.filter(since.get()::isAfter).isEmpty()) {
        pending = since;
      }
    }
    // Read last: the caller compares it with its own clock at the end of the reading.
    long asked = nanos.getAsLong();
    HostTime shown = host.clock().now();
    Duration half = Duration.ofNanos(nanos.getAsLong() - asked).dividedBy(2);
    return new HostClockState(
        shown.now().plus(half),
        shown.precision().plus(half),
        shown.sinceBoot().plus(half),
        pending,
        windows(host, shown.sinceBoot()));
  }

  /** A name that cannot be read costs no clock. */
  private Optional<String> windows(HostAccess host, Duration sinceBoot) {
    Windows last = windows;
    boolean booted = sinceBoot.compareTo(last.sinceBoot()) < 0;
    Optional<String> version = booted ? Optional.empty() : last.version();
    if (version.isEmpty()) {
      try {
        version = WindowsVersion.read(host.registry());
      } catch (AccessException e) {
        version = Optional.empty();
      }
    }
    windows = new Windows(version, sinceBoot);
    return version;
  }
}
