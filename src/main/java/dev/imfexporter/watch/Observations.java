package dev.imfexporter.watch;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes observations of the runs of collectors. */
final class Observations {
  private final Duration timeout;
  private final AccessKind access;
  private final Predicate<String> notified;

  /**
   * @param timeout what a call returns after more than this was true at some time since it was
   *     asked, and may not be now
   * @param access how the host is reached
   * @param notified whether the host sends notifications of a service
   */
  Observations(Duration timeout, AccessKind access, Predicate<String> notified) {
    this.timeout = timeout;
    this.access = access;
    this.notified = notified;
  }

  /** Empty if the state of a host does not depend on it. */
  Optional<Observation> of(Timed<?> run, Moment asked, Moment ended) {
    Object value = run.value().orElse(null);
    return Optional.ofNullable(
        value == null ? failure(run.key(), ended) : success(value, asked, ended));
  }

  private static @Nullable Observation failure(CollectorKey<?> key, Moment at) {
    if (key == CollectorKey.SERVICES) {
      return new Observation.PollFailed(at);
    }
    return key == CollectorKey.EVENTS ? new Observation.EventsFailed(at) : null;
  }

  // Java 17 has no patterns in switches.
  private @Nullable Observation success(Object value, Moment asked, Moment ended) {
    boolean timely = ended.since(asked).compareTo(timeout) <= 0;
    if (value instanceof Services read && timely) {
      return new Observation.Polled(read, asked, ended, notified(read));
    } else if (value instanceof HostClockState read && timely) {
      return new Observation.ClockRead(hostClock(read, ended), ended);
    } else if (value instanceof Definition read) {
      return new Observation.DefinitionRead(read, ended);
    } else if (value instanceof Events read) {
      // However late: each record is read once.
      return new Observation.EventsRead(read, asked, ended);
    } else if (value instanceof Smtp read) {
      return new Observation.CountersRead(read, asked, ended);
    } else if (value instanceof MailFolders read) {
      return new Observation.FoldersRead(read, asked, ended);
    } else if (value instanceof MailVolumes read) {
      return new Observation.VolumesRead(read, asked, ended);
    } else if (value instanceof Banner read) {
      return new Observation.BannerRead(read, asked, ended);
    } else if (value instanceof Dialogues read) {
      return new Observation.DialoguesRead(read, asked, ended);
    } else if (value instanceof Components read) {
      return new Observation.ComponentsRead(read, asked, ended);
    }
    return null;
  }

  /** The clock of this machine is the exporter's own: a difference is how late a thread ran. */
  private HostClockState hostClock(HostClockState read, Moment ended) {
    return access.sharesClock()
        ? new HostClockState(
            ended.wall(), Duration.ZERO, read.sinceBoot(), read.rebootPending(), read.windows())
        : read;
  }

  private Set<String> notified(Services read) {
    Set<String> names = new HashSet<>();
    for (Services.Service service : read.services()) {
      if (notified.test(service.name())) {
        names.add(service.name());
      }
    }
    return names;
  }
}
