package dev.imfexporter.watch.model;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * When mail may be interrupted next, because updates are pending and the host installs them by a
 * schedule. Whether one of them restarts SMTP or Windows is not known before.
 *
 * @param at when the installation begins, in the host's local time
 * @param updates how many are pending
 * @param restarts how long earlier restarts took; empty if too few are known
 */
public record RestartForecast(OffsetDateTime at, int updates, Optional<TypicalRestart> restarts) {

  /** Empty when no update is pending, and when nothing says when updates are installed. */
  public static Optional<RestartForecast> of(HostSnapshot host, Instant now) {
    int updates = host.history().updates().pending().size();
    if (updates == 0) {
      return Optional.empty();
    }
    return host.collected()
        .value(CollectorKey.UPDATE_SCHEDULE)
        .flatMap(schedule -> schedule.next(now))
        .map(at -> new RestartForecast(at, updates, restarts(host)));
  }

  private static Optional<TypicalRestart> restarts(HostSnapshot host) {
    return host.history().services().stream()
        .filter(service -> service.name().equalsIgnoreCase(WellKnownServices.SMTP))
        .flatMap(service -> service.typical().withLast().stream())
        .findFirst();
  }

  /** The forecast in a sentence. */
  public String sentence(String host, TimeView time) {
    return "Mail on %s may restart on %s (%s, %s): %s%s."
        .formatted(
            host,
            TimeWords.localDayAndTime(at),
            time.time(at.toInstant()),
            TimeWords.distance(at.toInstant(), time.now()),
            scheduled(),
            restarts.map(RestartForecast::took).orElse(""));
  }

  private String scheduled() {
    if (updates == 1) {
      return "1 update is scheduled";
    }
    return (updates < PendingUpdate.MOST ? "" : "at least ") + updates + " updates are scheduled";
  }

  private static String took(TypicalRestart restarts) {
    return "; the last %d restarts took %s in the median, %s at most; a reboot takes longer"
        .formatted(
            restarts.restarts(),
            TimeWords.duration(restarts.total().median()),
            TimeWords.duration(restarts.total().longest()));
  }
}
