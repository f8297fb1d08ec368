package dev.imfexporter.diagnosis;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.text.Listing;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.TypicalRestart;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened last, for how long, and how that is known. */
final class LastOutage {
  /** Events are dated to the second, and the begin of an outage perhaps by a poll. */
  private static final Duration SAME_TIME = Duration.ofSeconds(2);

  private final Patient host;

  private LastOutage(Patient host) {
    this.host = host;
  }

  static Finding finding(Patient host) {
    return new LastOutage(host).finding();
  }

  private Finding finding() {
    String question = "What happened last, and how do we know?";
    Optional<Outage> outage = host.lastOutage();
    if (outage.isEmpty()) {
      return new Finding(
          question,
          Tone.NEUTRAL,
          List.of(
              "No outage of IIS Admin or SMTP is known, as far back as the exporter has read."));
    }
    List<String> answers = new ArrayList<>();
    Optional<TypicalRestart> typical =
        host.service(outage.get().service()).flatMap(s -> s.typicalBefore(outage.get()));
    answers.add(story(outage.get(), typical.map(t -> "; " + t.words()).orElse("")));
    phases(outage.get(), typical).ifPresent(answers::add);
    answers.add(cause(outage.get()));
    answers.add(sources(outage.get()));
    return new Finding(question, Tone.NEUTRAL, answers);
  }

  /**
   * @param typically what stands behind how long it took; may be empty
   */
  private String story(Outage outage, String typically) {
    return outage
        .ended()
        .map(
            end ->
                "%s left RUNNING at %s and was RUNNING again at %s: out for %s%s."
                    .formatted(
                        outage.service(),
                        host.time().dateAndTime(outage.began()),
                        host.time().time(end, outage.began()),
                        TimeWords.duration(Duration.between(outage.began(), end)),
                        typically))
        .orElseGet(
            () ->
                "%s left RUNNING at %s and is still out, for %s now%s."
                    .formatted(
                        outage.service(),
                        host.time().dateAndTime(outage.began()),
                        TimeWords.lasting(outage.began(), host.now()),
                        typically));
  }

  private static Optional<String> phases(Outage outage, Optional<TypicalRestart> typical) {
    if (outage.phases().isEmpty()) {
      return Optional.empty();
    }
    String words =
        outage.phases().entrySet().stream()
            .map(phase -> phase.getKey().word() + " " + TimeWords.duration(phase.getValue()))
            .collect(Collectors.joining(", "));
    String typically =
        typical.flatMap(TypicalRestart::phaseWords).map(medians -> "; " + medians).orElse("");
    return Optional.of("Of that: %s%s.".formatted(words, typically));
  }

  private String cause(Outage outage) {
    if (outage.shutdown()) {
      return "The host went down in it: this was a reboot, not a failure of the service.";
    }
    if (outage.crash()) {
      return "It began with a failure of the service: no control to stop it was sent.";
    }
    List<LoggedEvent> failures = host.failures(outage);
    if (!failures.isEmpty()) {
      return "The event log reports a failure of it %s.".formatted(reported(failures, outage));
    }
    boolean error =
        outage.ended().isEmpty()
            && host.service(outage.service())
                .flatMap(ServiceHistory::status)
                .filter(s -> s.state() == ServiceState.STOPPED && s.exitCode() != 0)
                .filter(s -> !s.neverStarted())
                .isPresent();
    return error
        ? "Its exit code says that it stopped with an error."
        : "No source says that it failed: a control stopped it, as an update or iisreset does.";
  }

  /** When, and by which events: of each id the earliest, as one that fails again logs many. */
  private static String reported(List<LoggedEvent> events, Outage outage) {
    Map<Integer, LoggedEvent> first = new LinkedHashMap<>();
    events.stream()
        .sorted(Comparator.comparing(LoggedEvent::written))
        .forEach(event -> first.putIfAbsent(event.id(), event));
    Map<String, String> ids =
        first.values().stream()
            .collect(
                Collectors.toMap(
                    event -> when(event, outage),
                    event -> Integer.toString(event.id()),
                    (id, other) -> id + ", " + other,
                    LinkedHashMap::new));
    return Listing.all(
        ids.entrySet().stream()
            .map(at -> "%s (event %s)".formatted(at.getKey(), at.getValue()))
            .toList());
  }

  private static String when(LoggedEvent event, Outage outage) {
    Duration after = Duration.between(outage.began(), event.written());
    return after.abs().compareTo(SAME_TIME) <= 0
        ? "at that time"
        : "%s %s it left RUNNING"
            .formatted(
                TimeWords.duration(after.abs().truncatedTo(ChronoUnit.SECONDS)),
                after.isNegative() ? "before" : "after");
  }

  private static String sources(Outage outage) {
    String known =
        outage.sources().stream()
            .sorted()
            .map(LastOutage::words)
            .collect(Collectors.joining(" and "));
    return known.isEmpty() ? "It is known from an earlier run." : "Known from " + known + ".";
  }

  private static String words(Source source) {
    return switch (source) {
      case EVENT -> "the event log (to the second)";
      case NOTIFICATION -> "Windows' own notification (to the millisecond)";
      case POLL -> "asking at intervals (no better than the interval)";
    };
  }
}
