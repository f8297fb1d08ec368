package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is known of the last outage, whether it belongs to an update, and who or what ended it. */
final class PastFindings {
  private final Patient host;

  private PastFindings(Patient host) {
    this.host = host;
  }

  static List<Finding> of(Patient host) {
    PastFindings past = new PastFindings(host);
    return Stream.of(
            Optional.of(LastOutage.finding(host)),
            past.heldUp(),
            Optional.of(past.update()),
            past.changes(),
            past.startedBy())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Finding> heldUp() {
    List<ComponentWait> waits = host.waits();
    WaitWords words = new WaitWords(host.snapshot(), host.time());
    return waits.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "What may have held up IIS Admin?",
                Tone.NEUTRAL,
                waits.stream().flatMap(wait -> words.of(wait).stream()).distinct().toList()));
  }

  private Finding update() {
    String question = "Was there an update?";
    List<String> answers = new ArrayList<>();
    List<UpdateMarker> markers =
        host.snapshot().history().updates().markers().stream()
            .sorted(Comparator.comparing(UpdateMarker::at).reversed())
            .limit(4)
            .toList();
    markers.forEach(marker -> answers.add(marker(marker)));
    if (markers.isEmpty()) {
      answers.add("No marker of one is known.");
    }
    definition().ifPresent(answers::add);
    host.lastOutage().ifPresent(outage -> answers.add(relation(outage)));
    host.episode().map(this::episode).ifPresent(answers::add);
    return new Finding(question, Tone.NEUTRAL, answers);
  }

  private String marker(UpdateMarker marker) {
    String what = marker.marker().clause();
    String of = marker.update() == UpdateKind.DEFINITION ? "" : " (Windows)";
    String title = marker.title().isEmpty() ? "" : ": " + marker.title();
    return "%s: %s%s%s.".formatted(moment(marker.at()), what, of, title);
  }

  private Optional<String> definition() {
    Timed<Definition> taken = host.snapshot().collected().get(CollectorKey.DEFINITION);
    if (taken.value().isEmpty()) {
      return taken
          .result()
          .reason()
          .map(why -> "The definition was not read: " + Sentence.closed(why));
    }
    Definition read = taken.value().get();
    String registry = read.registered().map(r -> r.version().text()).orElse("no version");
    String folder = read.folder().map(f -> f.version().text()).orElse("none");
    return Optional.of(
        registry.equals(folder)
            ? "Registry and newest folder agree on definition %s.".formatted(registry)
            : "The registry names %s, the newest folder is %s: an update is not complete, or the folders were not seen."
                .formatted(registry, folder));
  }

  private String relation(Outage outage) {
    return host.episodeOfLastOutage()
        .map(
            episode ->
                episode.markers().stream()
                    .min(Comparator.comparing(s -> Duration.between(s.at(), outage.began()).abs()))
                    .map(
                        s ->
                            "The outage began %s a marker of an update."
                                .formatted(apart(s, outage)))
                    .orElse("The outage belongs to an update."))
        .orElseGet(() -> unrelated(outage));
  }

  private String unrelated(Outage outage) {
    return host.snapshot().history().updates().markers().stream()
        .filter(marker -> marker.isNear(outage.began()))
        .findFirst()
        .map(
            marker ->
                "The last outage began %s a marker of an update, and belongs to no episode."
                    .formatted(apart(marker, outage)))
        .orElse(
            "The last outage does not belong to an update: none was seen from %s before to %s after it began."
                .formatted(
                    TimeWords.duration(UpdateMarker.AFTER),
                    TimeWords.duration(UpdateMarker.BEFORE)));
  }

  private static String apart(UpdateMarker marker, Outage outage) {
    Duration between = Duration.between(marker.at(), outage.began());
    return between.isNegative()
        ? TimeWords.duration(between.negated()) + " before"
        : TimeWords.duration(between) + " after";
  }

  private String episode(Episode episode) {
    String title = episode.title().isEmpty() ? episode.update().word() : episode.title();
    return episode
        .outcome()
        .map(
            outcome ->
                "Episode %d (%s), begun %s, is over: %s."
                    .formatted(
                        episode.number(),
                        title,
                        host.time().dateAndTime(episode.began()),
                        outcome.spaced()))
        .orElseGet(
            () ->
                "Episode %d (%s), begun %s, is %s."
                    .formatted(
                        episode.number(),
                        title,
                        host.time().dateAndTime(episode.began()),
                        episode.state().word()));
  }

  /** What the update of the last outage left different than before; empty without an update. */
  private Optional<Finding> changes() {
    return host.episode()
        .map(
            episode -> {
              Optional<UpdateChanges> changes =
                  host.snapshot().history().episodes().changes(episode);
              ChangeReport report =
                  ChangeReport.of(
                      host.snapshot().name(), episode, changes, host.time()::dateAndTime);
              return new Finding(
                  ChangeReport.QUESTION,
                  host.leftChanged().isEmpty() ? Tone.NEUTRAL : Tone.BAD,
                  Stream.of(
                          Stream.of(report.summary()),
                          report.lines().stream().map(ChangeReport.Line::text),
                          report.notes().stream())
                      .flatMap(Function.identity())
                      .toList());
            });
  }

  private Optional<Finding> startedBy() {
    return host.lastOutage()
        .flatMap(Outage::startedBy)
        .map(by -> new Finding("Who started it again?", Tone.NEUTRAL, List.of(words(by))));
  }

  private static String words(StartedBy by) {
    return switch (by) {
      case RECOVERY_ACTION ->
          "Windows: the Service Control Manager announced its recovery action (event 7031), and the"
              + " service came back after it.";
      case BOOT -> "The boot of the host.";
      case ADMINISTRATOR ->
          "A user: a start control from a user's account is in the log (event 7035).";
      case UNATTRIBUTED ->
          "There is no evidence who: neither a recovery action, nor a boot, nor a start control of a"
              + " user's account is in the log.";
    };
  }

  private String moment(Instant at) {
    return host.time().moment(at);
  }
}
