package dev.imfexporter.page;

import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An episode in one sentence. */
final class EpisodeStory {
  private EpisodeStory() {}

  static String of(Episode episode, TimeView time) {
    List<String> clauses = new ArrayList<>();
    clauses.add(
        "An update (%s) began at %s"
            .formatted(Episodes.update(episode), time.dateAndTime(episode.began())));
    clauses.add(outages(episode, time.now()));
    if (episode.halted()) {
      clauses.add("mail was halted");
    }
    episode
        .startedBy()
        .map(
            by ->
                by == StartedBy.UNATTRIBUTED
                    ? "no source says who started them again"
                    : Episodes.words(by) + " started them again")
        .ifPresent(clauses::add);
    String after =
        episode
            .recovery()
            .map(took -> ", %s after the first stop".formatted(TimeWords.duration(took)))
            .orElse("");
    episode
        .verified()
        .map(at -> "mail flow was verified at " + time.time(at, episode.began()) + after)
        .ifPresent(clauses::add);
    boolean settling = episode.verified().isPresent() && episode.closed().isEmpty();
    String end = settling ? "not over, as an outage may follow" : Episodes.word(episode);
    return String.join("; ", clauses) + ": " + end + ".";
  }

  private static String outages(Episode episode, Instant now) {
    if (episode.outages().isEmpty()) {
      return "no watched service stopped";
    }
    String services =
        episode.outages().stream()
            .map(Outage::service)
            .distinct()
            .collect(Collectors.joining(", "));
    return services + " did not run for " + TimeWords.duration(total(episode, now)) + " in all";
  }

  /** What overlaps counts once. */
  static Duration total(Episode episode, Instant now) {
    Instant end = episode.closed().orElse(now);
    List<Span> spans =
        episode.outages().stream()
            .map(outage -> new Span(outage.began(), outage.ended().orElse(end)))
            .toList();
    return new Downtime(spans, episode.boots()).total();
  }
}
