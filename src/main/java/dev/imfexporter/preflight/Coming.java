package dev.imfexporter.preflight;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.collector.UpdateSchedule;
import dev.imfexporter.text.Listing;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.PendingUpdate;
import dev.imfexporter.watch.model.RestartForecast;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reboot and the updates that the host waits for, and those that are half done. */
final class Coming {
  private Coming() {}

  static Answer reboot(Outlook host) {
    Timed<HostClockState> clock = host.snapshot().collected().get(CollectorKey.HOST);
    if (clock.value().isEmpty()) {
      return new Answer().without(clock);
    }
    String booted =
        "The host booted %s ago.".formatted(TimeWords.duration(clock.value().get().sinceBoot()));
    return clock
        .value()
        .get()
        .rebootPending()
        .map(
            since ->
                new Answer()
                    .warning(
                        "Since %s, Windows has been waiting for a reboot to complete an update: any restart of the host completes it. %s"
                            .formatted(host.time().dateAndTime(since), booted))
                    .step(
                        "Reboot %s at a time of your choice, and see mail flow again, before more is installed."
                            .formatted(host.name())))
        .orElseGet(() -> new Answer().ok("No. " + booted));
  }

  static Answer updates(Outlook host) {
    HostSnapshot snapshot = host.snapshot();
    List<PendingUpdate> pending = snapshot.history().updates().pending();
    Answer answer = new Answer();
    for (UpdateMarker failed : snapshot.history().updates().failures()) {
      answer
          .warning(
              "%s failed %s, and was not installed since: Windows may try it again at any time."
                  .formatted(
                      failed.title().isEmpty() ? "An update" : failed.title(),
                      host.moment(failed.at())))
          .step(
              "Find out why it failed (the runbook ImfUpdateFailed), before Windows tries it again.");
    }
    if (!pending.isEmpty()) {
      pending(host, pending, answer);
    } else if (snapshot.collected().value(CollectorKey.EVENTS).isEmpty()) {
      answer.notKnown("Without the event log, it is not known which updates are pending.");
    } else if (answer.isEmpty()) {
      answer.ok("No event says that an update is pending.");
    }
    return answer;
  }

  private static void pending(Outlook host, List<PendingUpdate> pending, Answer answer) {
    Timed<UpdateSchedule> schedule = host.snapshot().collected().get(CollectorKey.UPDATE_SCHEDULE);
    Optional<RestartForecast> forecast = RestartForecast.of(host.snapshot(), host.now());
    String waiting = Sentences.count(pending.size(), "update is pending", "updates are pending");
    if (forecast.isPresent()) {
      answer.ok(forecast.get().sentence(host.name(), host.time()));
    } else if (schedule.result() instanceof Result.NotApplicable<?>) {
      answer.ok(
          "%s, and Windows does not install by a schedule of its own: %s"
              .formatted(waiting, Sentence.closed(schedule.result().reason().orElse(""))));
    } else {
      answer.notKnown(
          "%s, and when Windows installs is not known%s"
              .formatted(
                  waiting,
                  schedule.result().reason().map(why -> ": " + Sentence.closed(why)).orElse(".")));
    }
    answer.ok(
        "Pending: %s."
            .formatted(Listing.some(pending.stream().map(PendingUpdate::title).toList())));
  }

  /** A day is all that the registry has. */
  private static String age(Instant installed, Instant now) {
    long days = Duration.between(installed, now).toDays();
    return days < 2 ? "today or yesterday" : days + " days ago";
  }

  /** An old definition by itself is nothing to wait with; Microsoft's updates of it have ended. */
  static Answer definition(Outlook host) {
    Timed<Definition> taken = host.snapshot().collected().get(CollectorKey.DEFINITION);
    if (taken.value().isEmpty()) {
      return taken.result() instanceof Result.NotApplicable<?>
          ? new Answer().ok("There is none: " + Sentence.closed(taken.result().reason().orElse("")))
          : new Answer().without(taken);
    }
    Definition read = taken.value().get();
    Answer answer = new Answer();
    read.missing().ifPresent(why -> answer.notKnown(Sentence.closed(why)));
    if (read.registered().isEmpty()) {
      return answer.ok("No update of the definition has been installed.");
    }
    Definition.Registered registered = read.registered().get();
    String folder = read.folder().map(newest -> newest.version().text()).orElse("");
    if (folder.isEmpty() || folder.equals(registered.version().text())) {
      return answer.ok(
          "Yes: definition %s%s%s."
              .formatted(
                  registered.version().text(),
                  registered
                      .installed()
                      .map(at -> ", installed " + age(at, host.now()))
                      .orElse(", installed at a time that is not known"),
                  folder.isEmpty() ? "; the version folder was not seen" : ""));
    }
    return answer
        .warning(
            "The registry names %s, and the newest folder is %s: an installer is at work, or failed half-way and will begin anew."
                .formatted(registered.version().text(), folder))
        .step("Wait until they agree, or install the newest definition again while you watch.");
  }
}
