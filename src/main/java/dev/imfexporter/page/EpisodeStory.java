package dev.imfexporter.page;

import dev.imfexporter.text.Listing;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Starts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An episode in one sentence. */
final class EpisodeStory {
  private EpisodeStory() {}

  static String of(Episode episode, TimeView time) {
    List<String> clauses = new ArrayList<>();
    clauses.add(
        "An update (%s) began at %s"
            .formatted(Episodes.update(episode), time.dateAndTime(episode.began())));
    List<ServiceOutages> services = services(episode, time.now());
    clauses.addAll(outages(services));
    if (episode.halted() && episode.state() != Episode.State.HALTED) {
      clauses.add("mail was halted");
    }
    clauses.addAll(starts(episode, services));
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

  /** The one that was out for longest first. */
  private static List<ServiceOutages> services(Episode episode, Instant now) {
    Map<String, List<Outage>> byService =
        episode.outages().stream()
            .collect(
                Collectors.groupingBy(Outage::service, LinkedHashMap::new, Collectors.toList()));
    Instant end = episode.closed().orElse(now);
    boolean closed = episode.closed().isPresent();
    return byService.entrySet().stream()
        .map(
            of ->
                new ServiceOutages(
                    of.getKey(),
                    total(of.getValue(), episode, end),
                    of.getValue().size(),
                    !closed && of.getValue().stream().anyMatch(o -> o.ended().isEmpty())))
        .sorted(Comparator.comparing(ServiceOutages::total).reversed())
        .toList();
  }

  /** What overlaps counts once. */
  private static Duration total(List<Outage> outages, Episode episode, Instant end) {
    List<Span> spans =
        outages.stream()
            .map(outage -> new Span(outage.began(), outage.ended().orElse(end)))
            .toList();
    return new Downtime(spans, episode.boots()).total();
  }

  private static List<String> outages(List<ServiceOutages> services) {
    if (services.isEmpty()) {
      return List.of("no watched service stopped");
    }
    List<String> clauses = new ArrayList<>();
    List<ServiceOutages> down = services.stream().filter(ServiceOutages::lasts).toList();
    if (!down.isEmpty()) {
      clauses.add(
          lengths(down, down.size() == 1 ? " is still down" : " are still down", " after "));
    }
    List<ServiceOutages> back = services.stream().filter(service -> !service.lasts()).toList();
    if (!back.isEmpty()) {
      clauses.add(lengths(back, " did not run", " for "));
    }
    return clauses;
  }

  /** Services that were out equally long share a length, and the first says the verb. */
  private static String lengths(List<ServiceOutages> services, String verb, String preposition) {
    Map<String, List<String>> byLength =
        services.stream()
            .collect(
                Collectors.groupingBy(
                    ServiceOutages::length,
                    LinkedHashMap::new,
                    Collectors.mapping(ServiceOutages::service, Collectors.toList())));
    List<String> parts = new ArrayList<>();
    byLength.forEach(
        (length, names) ->
            parts.add(Listing.all(names) + (parts.isEmpty() ? verb : "") + preposition + length));
    return String.join(", ", parts);
  }

  /** Who started which, where that is not the same for all. */
  private static List<String> starts(Episode episode, List<ServiceOutages> services) {
    Starts starts = episode.starts();
    String all = services.size() == 1 ? "it" : "them";
    List<String> clauses = new ArrayList<>();
    starts
        .services()
        .forEach(
            (by, names) ->
                clauses.add(
                    "%s started %s again"
                        .formatted(Episodes.words(by), starts.all() ? all : Listing.all(names))));
    return clauses;
  }

  /**
   * The outages of a service in an episode.
   *
   * @param total without the time in which the host was down
   * @param lasts whether the service is still out
   */
  private record ServiceOutages(String service, Duration total, int count, boolean lasts) {
    String length() {
      return TimeWords.duration(total) + (count == 1 ? "" : " in all");
    }
  }
}
