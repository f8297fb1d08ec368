package dev.imfexporter.watch;

import dev.imfexporter.reading.Banner;
import dev.imfexporter.reading.Components;
import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.Filter;
import dev.imfexporter.reading.HostClockState;
import dev.imfexporter.reading.MailFolders;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result.Taken;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import java.util.List;

/** The newest of each reading of a host. */
public record Readings(
    Taken<Services> services,
    Taken<Definition> definition,
    Taken<Smtp> smtp,
    Taken<Filter> filter,
    Taken<Events> events,
    Taken<MailFolders> folders,
    Taken<Banner> banner,
    Taken<Components> components,
    Taken<HostClockState> host) {

  /** One of them, whatever it reads. */
  public record Named(ReadingName name, Taken<?> taken) {}

  /** All of them, in the order of {@link ReadingName}. */
  public List<Named> all() {
    return List.of(
        new Named(ReadingName.SERVICES, services),
        new Named(ReadingName.DEFINITION, definition),
        new Named(ReadingName.SMTP, smtp),
        new Named(ReadingName.FILTER, filter),
        new Named(ReadingName.EVENTS, events),
        new Named(ReadingName.FOLDERS, folders),
        new Named(ReadingName.BANNER, banner),
        new Named(ReadingName.COMPONENTS, components),
        new Named(ReadingName.HOST, host));
  }
}
