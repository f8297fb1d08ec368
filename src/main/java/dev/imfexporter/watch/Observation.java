package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailVolumes;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.watch.clock.Moment;
import java.util.Set;

/**
 * Something that was observed of a host, or the passing of time: the input of {@link HostState}.
 */
public sealed interface Observation {
  /** When it was observed; for a reading, when it ended. */
  Moment at();

  /**
   * The services were polled.
   *
   * @param asked when the poll was requested
   * @param notified the services of which the host sends notifications
   */
  record Polled(Services services, Moment asked, Moment at, Set<String> notified)
      implements Observation {}

  /** The services could not be polled. */
  record PollFailed(Moment at) implements Observation {}

  /** The host sent a notification of a service. */
  record Notified(String service, ServiceStatus status, Moment at) implements Observation {}

  /** The event logs were read; each event is in one such observation only. */
  record EventsRead(Events events, Moment asked, Moment at) implements Observation {}

  /** The event logs could not be read. */
  record EventsFailed(Moment at) implements Observation {}

  /** The definition was read. */
  record DefinitionRead(Definition definition, Moment at) implements Observation {}

  /** The host's clock was read. */
  record ClockRead(HostClockState clock, Moment at) implements Observation {}

  /** The counters of SMTP were read. */
  record CountersRead(Smtp smtp, Moment asked, Moment at) implements Observation {}

  /** The message folders were read. */
  record FoldersRead(MailFolders folders, Moment asked, Moment at) implements Observation {}

  /** It was asked how much room the volumes of the message folders have. */
  record VolumesRead(MailVolumes volumes, Moment asked, Moment at) implements Observation {}

  /** SMTP was asked for its banner. */
  record BannerRead(Banner banner, Moment asked, Moment at) implements Observation {}

  /** SMTP was asked what it takes. */
  record DialoguesRead(Dialogues dialogues, Moment asked, Moment at) implements Observation {}

  /** The modules of inetinfo.exe were listed. */
  record ComponentsRead(Components components, Moment asked, Moment at) implements Observation {}

  /**
   * A host that could be read was compared with all known troubles.
   *
   * @param likely the words of those that are likely
   */
  record TroublesCompared(Set<String> likely, Moment at) implements Observation {}

  /** Time has passed. */
  record Tick(Moment at) implements Observation {}
}
