package dev.imfexporter.evidence;

import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened, a line for each change, the earliest first. */
final class Course {
  private record Line(Instant at, String what) {}

  private final List<Line> lines = new ArrayList<>();

  static List<String> of(List<Outage> outages) {
    Course course = new Course();
    outages.forEach(course::add);
    return course.sorted();
  }

  static List<String> of(Episode episode) {
    Course course = new Course();
    episode.markers().forEach(course::add);
    episode.outages().forEach(course::add);
    episode.boots().forEach(course::add);
    episode
        .verified()
        .ifPresent(at -> course.add(at, "all that ran before runs, mail is verified"));
    episode
        .closed()
        .ifPresent(
            at ->
                course.add(
                    at,
                    "the episode is over: "
                        + episode.outcome().map(HasWord::spaced).orElse("not known")));
    return course.sorted();
  }

  private void add(UpdateMarker marker) {
    String sign =
        switch (marker.marker()) {
          case BEGUN -> "an installer begins";
          case FOLDER -> "a new version folder appears";
          case REGISTRY -> "the update's registry key is written";
          case INSTALLED -> "an installer reports that it is done";
          case FAILED -> "an installer reports that it failed";
        };
    String title = marker.title().isEmpty() ? marker.id() : marker.title();
    add(marker.at(), title.isEmpty() ? sign : sign + ": " + title);
  }

  private void add(Boot boot) {
    add(boot.down(), "the host goes down" + (boot.orderly() ? "" : " without an orderly shutdown"));
    add(boot.up(), "the host is up again");
  }

  private void add(Outage outage) {
    String service = outage.service();
    add(
        outage.began(),
        "%s leaves RUNNING (number %d in outages.json)%s%s"
            .formatted(
                service,
                outage.number(),
                outage.crash() ? " by a failure of its own" : "",
                outage.ended().isEmpty() ? ", and was not seen RUNNING again" : ""));
    phase(outage, Phase.STOP)
        .ifPresent(
            took ->
                add(
                    outage.began().plus(took),
                    "%s is STOPPED; its stop took %s"
                        .formatted(service, TimeWords.duration(took))));
    if (outage.ended().isEmpty()) {
      return;
    }
    Instant end = outage.ended().get();
    phase(outage, Phase.START)
        .ifPresent(
            took ->
                add(
                    end.minus(took),
                    "%s begins to start%s"
                        .formatted(
                            service,
                            phase(outage, Phase.DOWN)
                                .map(d -> "; it was stopped for " + TimeWords.duration(d))
                                .orElse(""))));
    add(
        end,
        "%s is RUNNING again after %s%s; started by: %s; seen by: %s"
            .formatted(
                service,
                TimeWords.duration(outage.total().orElseThrow()),
                phase(outage, Phase.START)
                    .map(took -> ", its start took " + TimeWords.duration(took))
                    .orElse(""),
                outage.startedBy().map(StartedBy::phrase).orElse("not known"),
                outage.sources().stream()
                    .sorted()
                    .map(HasWord::spaced)
                    .collect(Collectors.joining(", "))));
  }

  private static Optional<Duration> phase(Outage outage, Phase phase) {
    return Optional.ofNullable(outage.phases().get(phase));
  }

  private void add(Instant at, String what) {
    lines.add(new Line(at, what));
  }

  private List<String> sorted() {
    return lines.stream()
        .sorted(Comparator.comparing(Line::at))
        .map(line -> "%s  %s".formatted(TimeWords.dateAndTime(line.at()), line.what()))
        .toList();
  }
}
