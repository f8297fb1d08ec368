package dev.imfexporter.preflight;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Result;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.text.Listing;
import dev.imfexporter.text.Sentence;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.LoadedModules;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.TypicalRestart;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What earlier restarts say of the next one, and whether there will be evidence of it. */
final class Past {
  /** How many of the updates that restarted something are looked at: some months. */
  private static final int NEWEST = 5;

  /** A log that lost records within this time may lose those of the next update too. */
  private static final Duration GAP = Duration.ofDays(30);

  private Past() {}

  static Answer restarts(Outlook host) {
    Answer answer = new Answer();
    List<Episode> episodes = restarting(host);
    boolean newest = true;
    for (Episode episode : episodes) {
      if (episode.outcome().isPresent()) {
        over(host, episode, newest, answer);
      } else {
        notOver(host, episode, answer);
      }
      suspects(host, episode, answer);
      // What is not over says how a restart went once mail was halted, and not before.
      newest &= episode.outcome().isEmpty() && !episode.halted();
    }
    typical(host).ifPresent(typical -> typical(host, typical, answer));
    if (episodes.isEmpty() && typical(host).isEmpty()) {
      answer.notKnown(
          "No update that restarted a service is known, and fewer than three restarts of SMTPSVC.");
    }
    if (answer.hasFault()) {
      answer.step(
          "Install when an administrator can start IISADMIN and SMTPSVC by hand, and watch until diagnose says"
              + " that mail flows. The exporter's page of %1$s shows in which phase the time went, and so does imf-exporter history --host %1$s."
                  .formatted(host.name()));
    }
    return answer;
  }

  /** The episodes with an outage, over or not, the newest first. */
  private static List<Episode> restarting(Outlook host) {
    List<Episode> all = new ArrayList<>(host.snapshot().history().episodes().all());
    Collections.reverse(all);
    return all.stream().filter(episode -> !episode.outages().isEmpty()).limit(NEWEST).toList();
  }

  private static Optional<TypicalRestart> typical(Outlook host) {
    return host.snapshot().service(SMTP).map(ServiceHistory::typical).flatMap(of -> of.withLast());
  }

  private static void notOver(Outlook host, Episode episode, Answer answer) {
    String what = told(host, episode);
    if (episode.halted()) {
      answer.problem(
          what + " is not over, and has halted mail" + after(episode) + byHand(episode) + ".");
    } else {
      answer.notKnown(what + " is not over: how well mail came back is not known yet.");
    }
  }

  private static void over(Outlook host, Episode episode, boolean newest, Answer answer) {
    String what = told(host, episode);
    switch (episode.outcome().orElse(Episode.Outcome.UNKNOWN)) {
      case RECOVERED_AFTER_HALT -> {
        String halted = what + " halted mail" + after(episode) + byHand(episode) + ".";
        if (newest) {
          answer.problem(halted);
        } else {
          answer.warning(halted);
        }
      }
      case RECOVERED_SLOWLY ->
          answer.warning(what + " was slow" + after(episode) + byHand(episode) + ".");
      case ROLLED_BACK -> answer.warning(what + " failed or was taken back.");
      case UNKNOWN -> answer.ok(what + " could not be followed to its end.");
      case RECOVERED, UNAFFECTED -> {
        if (newest) {
          answer.ok(what + " went well" + after(episode) + ".");
        }
      }
    }
  }

  /** What IIS Admin may have waited for when it was slow. */
  private static void suspects(Outlook host, Episode episode, Answer answer) {
    host.snapshot().history().waits().of(episode).stream()
        .filter(wait -> !wait.suspects().isEmpty())
        .forEach(
            wait ->
                answer.warning(
                    "In episode %d IIS Admin took %s to %s, and may have waited for %s."
                        .formatted(
                            episode.number(),
                            TimeWords.duration(wait.took()),
                            wait.phase().word(),
                            Listing.some(
                                wait.suspects().stream()
                                    .map(suspect -> named(suspect.component()))
                                    .toList()))));
  }

  private static String told(Outlook host, Episode episode) {
    String title = episode.title().isEmpty() ? "an update" : episode.title();
    return "Episode %d (%s), %s,"
        .formatted(episode.number(), title, TimeWords.distance(episode.began(), host.now()));
  }

  private static String after(Episode episode) {
    return episode
        .recovery()
        .map(took -> ": mail was verified after " + TimeWords.duration(took))
        .orElse("");
  }

  private static String byHand(Episode episode) {
    List<String> started = episode.starts().by(StartedBy.ADMINISTRATOR);
    return started.isEmpty() ? "" : ", and a user had to start " + Listing.all(started);
  }

  private static void typical(Outlook host, TypicalRestart typical, Answer answer) {
    Limits limits = host.snapshot().history().limits();
    Duration longest = typical.total().longest();
    String sentence =
        "The last %d restarts of SMTPSVC took %s in the median, and %s at most."
            .formatted(
                typical.restarts(),
                TimeWords.duration(typical.total().median()),
                TimeWords.duration(longest));
    if (typical.total().median().compareTo(limits.slow()) > 0) {
      answer.warning(sentence);
    } else {
      answer.ok(sentence);
    }
  }

  static Answer components(Outlook host) {
    Optional<Components> read = host.value(CollectorKey.COMPONENTS);
    if (read.isEmpty()) {
      return new Answer().without(host.snapshot().collected().get(CollectorKey.COMPONENTS));
    }
    Answer answer = new Answer();
    List<Components.Component> parties = read.get().thirdParty();
    boolean all = LoadedModules.areOfRunningSmtp(host.snapshot());
    if (!all) {
      answer.notKnown(
          "SMTPSVC did not run when the modules of inetinfo.exe were listed: which ones it loads is not known now.");
    }
    if (parties.isEmpty()) {
      return !all
          ? answer
          : answer.ok(
              "Only Microsoft's modules are loaded in inetinfo.exe (%d)."
                  .formatted(read.get().standard()));
    }
    String loaded =
        "Loaded in inetinfo.exe beside Microsoft's modules: %s."
            .formatted(Listing.some(parties.stream().map(Past::named).toList()));
    if (Item.PAST_RESTARTS.of(host).verdict() == Verdict.OK) {
      return answer.ok(loaded).ok("Earlier restarts were not slow.");
    }
    answer.warning(
        loaded + " Each has to stop and start with IIS Admin, and any of them can keep it down.");
    parties.stream()
        .map(Components.Component::name)
        .distinct()
        .flatMap(name -> tally(host, name).stream())
        .forEach(answer::warning);
    return answer.step(
        "Ask their vendors for the newest version, and note how each is disabled, before the update"
            + " and not when mail is halted.");
  }

  /** In how many slow stops and starts it was a suspect; empty if in none. */
  private static Optional<String> tally(Outlook host, String module) {
    WaitHistory waits = host.snapshot().history().waits();
    List<String> parts = new ArrayList<>();
    for (Phase phase : List.of(Phase.STOP, Phase.START)) {
      long suspected = waits.suspected(module, phase);
      if (suspected > 0) {
        parts.add(
            "%d of %s"
                .formatted(
                    suspected,
                    Sentences.count(
                        waits.slow(phase), "slow " + phase.word(), "slow " + phase.word() + "s")));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "IIS Admin may have waited for %s in %s."
                .formatted(module, String.join(" and ", parts)));
  }

  private static String named(Components.Component component) {
    return component.company().isEmpty()
        ? component.name()
        : component.name() + " (" + component.company() + ")";
  }

  static Answer eventLogs(Outlook host) {
    Optional<Events> read = host.value(CollectorKey.EVENTS);
    if (read.isEmpty()) {
      return new Answer().without(host.snapshot().collected().get(CollectorKey.EVENTS));
    }
    Answer answer = new Answer();
    for (Events.LogRead log : read.get().logs()) {
      Optional<Result.Failed<?>> failure = log.failure();
      if (failure.isPresent()) {
        answer
            .warning(
                "The log %s cannot be read: %s"
                    .formatted(log.log(), Sentence.closed(failure.get().why())))
            .step("imf-exporter check names what the collector events needs.");
      } else if (!log.complete()) {
        answer.notKnown("The log %s has not been read to its end yet.".formatted(log.log()));
      }
    }
    host.snapshot().history().events().logs().forEach(log -> gap(host, log, answer));
    return answer.isEmpty()
        ? answer.ok("They are read, and lost no record in the last 30 days.")
        : answer;
  }

  private static void gap(Outlook host, EventHistory.Log log, Answer answer) {
    Instant since = host.now().minus(GAP);
    log.lastGap()
        .filter(at -> at.isAfter(since))
        .ifPresent(
            at ->
                answer
                    .warning(
                        "The log %s lost records before they were read: it was cleared, or is too small. Seen %s."
                            .formatted(log.name(), host.moment(at)))
                    .step(
                        "On %s, make the log larger (Server 2008 and later: wevtutil sl %s /ms:67108864), or"
                                .formatted(host.name(), CommandName.ofLog(log.name()))
                            + " the update's own events may be overwritten."));
  }
}
