package dev.imfexporter.page;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.UpdateHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.util.List;

/** What has changed on a host: the definition, signs of updates, start modes. */
final class ChangeSection {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;

  ChangeSection(Html html, PageParts parts, HostSnapshot snapshot) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
  }

  void write() {
    Timed<Definition> taken = snapshot.collected().get(CollectorKey.DEFINITION);
    taken
        .value()
        .ifPresentOrElse(
            read -> html.block("dl", () -> definition(read, snapshot.history().updates())),
            () -> parts.why(taken));
    markers();
    startModes();
  }

  private void definition(Definition read, UpdateHistory updates) {
    parts.fact(
        "Definition in the registry",
        () ->
            read.registered()
                .ifPresentOrElse(
                    r -> html.text(r.version().text()), () -> html.text("no version yet")));
    parts.fact(
        "Newest folder",
        () ->
            read.folder()
                .ifPresentOrElse(f -> html.text(f.version().text()), () -> html.text("none seen")));
    parts.fact("Agreement", () -> html.text(agreement(read)));
    parts.fact(
        "Installed",
        () ->
            read.registered()
                .flatMap(Definition.Registered::installed)
                .ifPresentOrElse(parts::day, () -> html.text("not known")));
    parts.fact(
        "Updates offered",
        () -> html.text(read.updatesEnabled().map(on -> on ? "yes" : "no").orElse("not known")));
    parts.fact("Changes seen", () -> html.text(Long.toString(updates.changes())));
  }

  private static String agreement(Definition read) {
    if (read.registered().isEmpty() || read.folder().isEmpty()) {
      return "only one of them is known";
    }
    int order = read.registered().get().version().compareTo(read.folder().get().version());
    if (order == 0) {
      return "registry and folder agree";
    }
    return order < 0
        ? "they disagree: the folder is newer than the registry"
        : "they disagree: the registry is newer than the folder";
  }

  private void markers() {
    List<UpdateMarker> markers = snapshot.history().updates().markers();
    if (!markers.isEmpty()) {
      parts.table(
          "The last sign of each kind that an update gave",
          List.of("Sign", "Of", "At"),
          markers,
          List.of(
              marker -> html.text(Episodes.words(marker)),
              marker -> html.text(marker.update().word()),
              marker -> parts.moment(marker.at())));
    }
  }

  private void startModes() {
    List<ServiceHistory> downgraded =
        snapshot.history().services().stream().filter(s -> s.downgraded().isPresent()).toList();
    if (!downgraded.isEmpty()) {
      parts.table(
          "Services that were set to start less readily",
          List.of("Service", "At"),
          downgraded,
          List.of(s -> html.text(s.name()), s -> s.downgraded().ifPresent(parts::moment)));
    }
  }
}
