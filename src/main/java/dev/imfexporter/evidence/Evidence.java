package dev.imfexporter.evidence;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an archive is made of.
 *
 * @param episode that it is about; empty if the host has none
 * @param events of its last 24 hours, without accounts
 * @param configuration of this host alone, without its account
 * @param version of the exporter
 */
public record Evidence(
    HostSnapshot host,
    Optional<Episode> episode,
    DayEvents events,
    String configuration,
    String version) {
  /**
   * How the SIDs of accounts begin: of a domain or a machine, and of Entra ID (MS-DTYP 2.4.2.4).
   */
  private static final List<String> ACCOUNTS = List.of("S-1-5-21-", "S-1-12-1-");

  private static final String MASKED = "an account (masked)";

  public Evidence {
    host = host.with(host.history().with(host.history().episodes().masked()));
    events = events instanceof DayEvents.Read read ? withoutAccounts(read) : events;
  }

  /** What was just read for it. */
  public static Evidence of(
      FreshReading reading, Optional<Episode> episode, String configuration, String version) {
    return new Evidence(reading.snapshot(), episode, reading.events(), configuration, version);
  }

  private static DayEvents withoutAccounts(DayEvents.Read read) {
    return new DayEvents.Read(
        read.events().stream().map(Evidence::withoutAccount).toList(), read.leftOut());
  }

  /** Whether a person or the system sent a control is evidence; which account it was is not. */
  private static LoggedEvent withoutAccount(LoggedEvent event) {
    if (!(event.meaning() instanceof Meaning.Controlled sent)) {
      return event;
    }
    Optional<String> user =
        sent.user().map(sid -> ACCOUNTS.stream().anyMatch(sid::startsWith) ? MASKED : sid);
    return new LoggedEvent(
        event.log(),
        event.record(),
        event.written(),
        event.provider(),
        event.id(),
        event.level(),
        new Meaning.Controlled(sent.service(), sent.word(), sent.control(), user));
  }

  /** When the newest of the results came: the same snapshot makes the same archive. */
  Instant at() {
    return host.collected().all().stream()
        .map(Timed::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
