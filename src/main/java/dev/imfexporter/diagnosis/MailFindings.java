package dev.imfexporter.diagnosis;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether mail flows, which other modules are loaded, and the errors in the logs. */
final class MailFindings {
  private static final String ERRORS =
      "Which errors and warnings do the event logs have of the last 24 hours?";
  private static final int MOST_EVENTS = 8;

  private final Patient host;

  private MailFindings(Patient host) {
    this.host = host;
  }

  static List<Finding> of(Patient host) {
    MailFindings mail = new MailFindings(host);
    return Stream.of(
            Optional.of(mail.flow()),
            DiskFindings.of(host),
            DialogueSteps.finding(host),
            Optional.of(mail.loaded()),
            mail.errors())
        .flatMap(Optional::stream)
        .toList();
  }

  private Finding flow() {
    MailFlow flow = host.snapshot().history().mailFlow();
    List<String> answers = new ArrayList<>();
    answers.add(
        switch (flow.state()) {
          case FLOWING -> "Yes.";
          case IDLE -> "There is no mail to move.";
          case RETRYING -> "Nothing leaves now, and messages wait for another try.";
          case STALLED -> "No: SMTP runs, and mail stands still.";
          case STUCK -> "No: SMTP runs and takes messages, and they stay in its queues.";
          case BOUNCING -> "No: SMTP runs and takes messages, and they bounce.";
          case INTERRUPTED -> "No: SMTP does not run. The limit of a halt is not reached yet.";
          case HALTED -> "No: SMTP does not run.";
          case ANSWERING, UNKNOWN -> "Not known.";
        });
    if (host.bannerDead()) {
      answers.set(0, "No client can submit any: SMTP does not answer.");
    }
    answers.addAll(flow.evidence());
    host.snapshot().history().goneVirtualServers().stream()
        .map(
            gone ->
                "The virtual server %s was there until %s, and is not since SMTPSVC was started anew."
                    .formatted(gone.name(), host.time().dateAndTime(gone.lastListed())))
        .forEach(answers::add);
    host.snapshot().collected().value(CollectorKey.FOLDERS).stream()
        .flatMap(read -> read.folders().stream())
        .filter(folder -> folder.messages() > 0)
        .forEach(folder -> answers.add(folder(folder)));
    Tone tone =
        switch (flow.state()) {
          case FLOWING, IDLE -> Tone.GOOD;
          case STALLED, STUCK, BOUNCING, INTERRUPTED, HALTED -> Tone.BAD;
          case ANSWERING, RETRYING, UNKNOWN -> Tone.NEUTRAL;
        };
    return new Finding("Does mail flow?", host.bannerDead() ? Tone.BAD : tone, answers);
  }

  private String folder(MailFolder folder) {
    return "Folder %s of %s: %s%d files%s."
        .formatted(
            folder.purpose().word(),
            folder.virtualServer(),
            folder.complete() ? "" : "at least ",
            folder.messages(),
            folder
                .oldest()
                .map(at -> ", the oldest from " + host.time().dateAndTime(at))
                .orElse(""));
  }

  private Finding loaded() {
    String question = "What else is loaded in inetinfo.exe?";
    Timed<Components> taken = host.snapshot().collected().get(CollectorKey.COMPONENTS);
    if (taken.value().isEmpty()) {
      return new Finding(
          question,
          Tone.NEUTRAL,
          List.of("Not known: " + taken.result().reason().orElse("it was not read")));
    }
    Components read = taken.value().get();
    if (read.thirdParty().isEmpty()) {
      return new Finding(
          question,
          Tone.NEUTRAL,
          List.of("Nothing but the %d modules of Microsoft.".formatted(read.standard())));
    }
    Stream<String> modules =
        read.thirdParty().stream()
            .map(
                c ->
                    "%s%s%s"
                        .formatted(
                            c.name(),
                            c.company().isEmpty() ? "" : " by " + c.company(),
                            c.version().isEmpty() ? "" : ", version " + c.version()));
    return new Finding(
        question,
        Tone.NEUTRAL,
        Stream.concat(modules, read.missing().stream().map(why -> why + ".")).toList());
  }

  private Optional<Finding> errors() {
    if (host.events() instanceof DayEvents.NotAsked) {
      return Optional.empty();
    }
    List<LoggedEvent> events = host.events().events();
    boolean unread = host.events() instanceof DayEvents.Unreadable;
    long leftOut = host.events() instanceof DayEvents.Read read ? read.leftOut() : 0;
    return Optional.of(
        unread || (events.isEmpty() && log().value().isEmpty())
            ? unreadErrors()
            : errors(events, leftOut));
  }

  private Timed<?> log() {
    return host.snapshot().collected().get(CollectorKey.EVENTS);
  }

  private Finding unreadErrors() {
    String why = log().result().reason().orElse("the logs could not be read in time");
    return new Finding(ERRORS, Tone.NEUTRAL, List.of("Not known: " + why));
  }

  private Finding errors(List<LoggedEvent> events, long leftOut) {
    record Kind(String provider, int id, Level level) {}
    Map<Kind, List<LoggedEvent>> kinds =
        events.stream()
            .filter(e -> e.level() == Level.ERROR || e.level() == Level.WARNING)
            .collect(Collectors.groupingBy(e -> new Kind(e.provider(), e.id(), e.level())));
    if (kinds.isEmpty() && leftOut == 0) {
      return log().result().errorReason().isPresent()
          ? new Finding(ERRORS, Tone.NEUTRAL, List.of("None, but not every log was read."))
          : new Finding(ERRORS, Tone.GOOD, List.of("None of those that matter here."));
    }
    Stream<String> answers =
        kinds.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<Kind, List<LoggedEvent>> e) -> last(e.getValue()))
                    .reversed())
            .limit(MOST_EVENTS)
            .map(
                e ->
                    "%s %d (%s): %d, the last at %s by the host's clock"
                        .formatted(
                            e.getKey().provider(),
                            e.getKey().id(),
                            e.getKey().level().word(),
                            e.getValue().size(),
                            host.time().dateAndTime(last(e.getValue()))));
    Stream<String> missing =
        Stream.of(leftOut)
            .filter(count -> count > 0)
            .map("%d older ones of the most frequent events were left out."::formatted);
    return new Finding(ERRORS, Tone.NEUTRAL, Stream.concat(answers, missing).toList());
  }

  private static Instant last(List<LoggedEvent> events) {
    return events.stream().map(LoggedEvent::written).max(Comparator.naturalOrder()).orElseThrow();
  }
}
