package dev.imfexporter.page;

import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.diagnosis.WaitWords;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.List;

/** The stops and starts of IIS Admin, with what was loaded meanwhile. */
final class WaitSection {
  private final Html html;
  private final PageParts parts;
  private final TimeView time;
  private final HostSnapshot snapshot;
  private final WaitWords words;

  WaitSection(Html html, PageParts parts, HostSnapshot snapshot, TimeView time) {
    this.html = html;
    this.parts = parts;
    this.time = time;
    this.snapshot = snapshot;
    words = new WaitWords(snapshot, time);
  }

  /** Those of an episode. */
  void of(Episode episode) {
    List<ComponentWait> waits = snapshot.history().waits().of(episode);
    parts.note(
        waits.isEmpty()
            ? "No stop or start of IIS Admin was watched in it."
            : "As it was watched, a look each second. The phases above take their times from the event"
                + " log where that is more exact, so they may differ by a second or two.");
    for (ComponentWait wait : waits) {
      html.block("ul", () -> words.of(wait).forEach(answer -> html.element("li", answer).line()));
      if (!wait.loaded().isEmpty()) {
        modules(wait);
      }
    }
  }

  private void modules(ComponentWait wait) {
    parts.table(
        "Third-party modules in the %s of IIS Admin, which were listed %s"
            .formatted(
                wait.phase().word(), wait.samples() == 1 ? "once" : wait.samples() + " times"),
        List.of("Module", "First listed", "Last listed", "May have been waited for"),
        wait.loaded(),
        List.of(
            row -> html.text(WaitWords.name(row.component())),
            row -> parts.time(row.first(), time.time(row.first(), wait.began())),
            row -> parts.time(row.last(), time.time(row.last(), wait.began())),
            row -> html.text(TimeWords.duration(wait.waited(row)))));
  }

  /** In how many slow stops and starts each of these modules was a suspect. */
  void tallies(List<Component> modules) {
    List<String> known =
        modules.stream()
            .map(Component::name)
            .distinct()
            .flatMap(
                name ->
                    words
                        .tally(name)
                        .map(of -> "%s may have held up IIS Admin in %s.".formatted(name, of))
                        .stream())
            .toList();
    if (!known.isEmpty()) {
      html.block("ul", () -> known.forEach(answer -> html.element("li", answer).line()));
      parts.note(WaitWords.CAUTION);
    }
  }
}
