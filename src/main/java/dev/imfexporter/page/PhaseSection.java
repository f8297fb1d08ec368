package dev.imfexporter.page;

import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.TypicalRestart;
import dev.imfexporter.watch.model.TypicalRestart.Lengths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long each phase of an episode's outages took, beside the earlier restarts of the host. */
final class PhaseSection {
  private final Html html;
  private final PageParts parts;
  private final HostSnapshot snapshot;
  private final TimeView time;

  PhaseSection(Html html, PageParts parts, HostSnapshot snapshot, TimeView time) {
    this.html = html;
    this.parts = parts;
    this.snapshot = snapshot;
    this.time = time;
  }

  void write(Episode episode) {
    if (episode.outages().isEmpty()) {
      parts.note("No watched service stopped.");
      return;
    }
    List<String> headings = new ArrayList<>(List.of("Service", "Began", "All"));
    List<PageParts.Cell<Outage>> cells =
        new ArrayList<>(
            List.of(
                row -> html.text(row.service()),
                row -> parts.time(row.began(), time.time(row.began(), episode.began())),
                row -> length(all(row, episode), typicalBefore(row).map(TypicalRestart::total))));
    for (Phase phase : Phase.values()) {
      headings.add(PageParts.capital(phase.word()));
      cells.add(
          row ->
              length(
                  Optional.ofNullable(row.phases().get(phase)).map(TimeWords::duration),
                  typicalBefore(row).flatMap(t -> Optional.ofNullable(t.phases().get(phase)))));
    }
    parts.table(
        "Each outage, beside the earlier restarts of the same service on this host",
        headings,
        episode.outages(),
        cells);
    if (episode.outages().stream().anyMatch(PhaseSection::lacksPhase)) {
      parts.note(
          "A phase is not observed where its begin was not: a stop that was under way at the first look"
              + " has no length here, but below it stands for how long it was watched.");
    }
    if (episode.outages().stream().anyMatch(outage -> typicalBefore(outage).isEmpty())) {
      parts.note(
          "Where nothing stands beside a length, fewer than three earlier restarts are known, or it"
              + " was a boot or a crash, which no restart is compared with.");
    }
  }

  /** Of one that is over. */
  private static boolean lacksPhase(Outage outage) {
    return outage.ended().isPresent() && outage.phases().size() < Phase.values().length;
  }

  /** Empty if it ended, and no source says when. */
  private Optional<String> all(Outage outage, Episode episode) {
    return outage
        .total()
        .map(TimeWords::duration)
        .or(
            () ->
                episode.closed().isPresent()
                    ? Optional.empty()
                    : Optional.of(TimeWords.lasting(outage.began(), time.now()) + " so far"));
  }

  private void length(Optional<String> took, Optional<Lengths> typical) {
    html.text(took.orElse("not observed"));
    typical.ifPresent(
        of ->
            html.text(" ")
                .element(
                    "small",
                    "typically %s, at most %s"
                        .formatted(
                            TimeWords.duration(of.median()), TimeWords.duration(of.longest()))));
  }

  /** As far as outages are kept: the newest of all, and those of episodes. */
  private Optional<TypicalRestart> typicalBefore(Outage outage) {
    return outage.isComparable()
        ? TypicalRestart.of(
            Episodes.outages(snapshot.history()).stream()
                .filter(other -> other.service().equals(outage.service()))
                .filter(other -> other.began().isBefore(outage.began()))
                .sorted(Comparator.comparing(Outage::began))
                .toList())
        : Optional.empty();
  }
}
