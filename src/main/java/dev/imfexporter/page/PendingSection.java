package dev.imfexporter.page;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.RestartForecast;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The updates that a host is going to install, and when mail restarts because of them. */
final class PendingSection {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;
  private final TimeView time;

  PendingSection(Html html, PageParts parts, HostSnapshot snapshot, TimeView time) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
    this.time = time;
  }

  void updates() {
    RestartForecast.of(snapshot, time.now())
        .ifPresentOrElse(
            forecast -> html.element("p", forecast.sentence(snapshot.name(), time)).line(),
            this::schedule);
    List<PendingUpdate> pending = snapshot.history().updates().pending();
    if (pending.isEmpty()) {
      parts.note("No event says that an update is pending.");
      return;
    }
    parts.table(
        "Updates that were announced and neither installed nor failed since",
        List.of("Update", "Announced"),
        pending,
        List.of(row -> html.text(row.title()), row -> parts.moment(row.announced())));
  }

  private void schedule() {
    Timed<UpdateSchedule> taken = snapshot.collected().get(CollectorKey.UPDATE_SCHEDULE);
    Optional<OffsetDateTime> next = taken.value().flatMap(schedule -> schedule.next(time.now()));
    if (next.isPresent()) {
      html.block(
          "dl", () -> parts.fact("Next installation", () -> parts.moment(next.get().toInstant())));
    } else if (taken.value().isEmpty()) {
      parts.why(taken);
    }
  }
}
