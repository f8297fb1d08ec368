package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to a host, and an exporter that polls it every five seconds and adds what it
 * observes to a tracker as the product does.
 */
final class EpisodeScenario {
  static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

  /** Outages that ended longer ago are not added any more. */
  private static final Duration ADDED = Duration.ofHours(12);

  /** Evidence that is added to the tracker at the first poll after it became known. */
  private record Evidence(Instant known, Runnable add) {}

  private record Span(Instant from, Instant until, MailFlow.State mail) {
    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  private final List<Outage> outages = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Span> mail = new ArrayList<>();
  private final List<Span> unreadable = new ArrayList<>();
  private final List<Span> away = new ArrayList<>();
  final List<UpdateFact> facts = new ArrayList<>();
  private EpisodeTracker tracker =
      new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
  private Duration interval = Duration.ofSeconds(5);
  private boolean blind;
  private boolean wasAway;
  private Instant now = at("00:00:00");

  static Instant at(String time) {
    return at(0, time);
  }

  static Instant at(int day, String time) {
    return Instant.parse("2026-11-22T" + time + "Z").plus(Duration.ofDays(day));
  }

  static UpdateMarker definition(MarkerType marker, Instant at, String version) {
    return new UpdateMarker(marker, UpdateKind.DEFINITION, at, version, version, false);
  }

  static UpdateMarker windows(MarkerType marker, Instant at, String kb) {
    return new UpdateMarker(marker, UpdateKind.WINDOWS, at, kb, "Update " + kb, false);
  }

  EpisodeScenario withoutEventLog() {
    blind = true;
    return this;
  }

  EpisodeScenario pollEvery(Duration every) {
    interval = every;
    return this;
  }

  EpisodeScenario begin(Instant at) {
    now = at;
    return this;
  }

  /** A marker that is observed at its own time. */
  EpisodeScenario marker(UpdateMarker marker) {
    return marker(marker, marker.at());
  }

  EpisodeScenario marker(UpdateMarker marker, Instant known) {
    evidence.add(new Evidence(known, () -> tracker.add(marker)));
    return this;
  }

  EpisodeScenario outage(String service, String from, String until) {
    return outage(service, at(from), at(until), StartedBy.UNATTRIBUTED);
  }

  EpisodeScenario outage(String service, Instant from, Instant until, StartedBy startedBy) {
    outages.add(
        outage(service, outages.size() + 1, from, Optional.of(until), Optional.of(startedBy)));
    return this;
  }

  /** All three services of inetinfo, IIS Admin last to go and first to come. */
  EpisodeScenario restart(Instant from, Instant until) {
    outage("SMTPSVC", from, until, StartedBy.UNATTRIBUTED);
    outage("RESvc", from, until, StartedBy.UNATTRIBUTED);
    return outage("IISADMIN", from.plusSeconds(2), until.minusSeconds(2), StartedBy.UNATTRIBUTED);
  }

  EpisodeScenario boot(Instant down, Instant up) {
    unreadable.add(new Span(down, up.plusSeconds(10), MailFlow.State.UNKNOWN));
    evidence.add(new Evidence(up, () -> tracker.add(new Boot(down, up, true))));
    return this;
  }

  EpisodeScenario mail(Instant from, Instant until, MailFlow.State state) {
    mail.add(new Span(from, until, state));
    return this;
  }

  EpisodeScenario unreadable(Instant from, Instant until) {
    unreadable.add(new Span(from, until, MailFlow.State.UNKNOWN));
    return this;
  }

  /**
   * The exporter does not run.
   *
   * @param logged whether the next run finds the outages of this time in the event log
   */
  EpisodeScenario away(Instant from, Instant until, boolean logged) {
    away.add(new Span(from, until, MailFlow.State.UNKNOWN));
    if (!logged) {
      evidence.add(new Evidence(until, () -> tracker.unwatched(from, until)));
      outages.removeIf(o -> !o.began().isBefore(from) && o.ended().orElseThrow().isBefore(until));
    }
    return this;
  }

  EpisodeScenario play(Instant until) {
    evidence.sort(Comparator.comparing(Evidence::known));
    for (; now.isBefore(until); now = now.plus(interval)) {
      if (holds(away)) {
        wasAway = true;
        continue;
      }
      if (wasAway) {
        tracker = replayed(facts);
        wasAway = false;
      }
      poll();
      facts.addAll(tracker.takeFacts());
    }
    return this;
  }

  private void poll() {
    if (holds(unreadable)) {
      tracker.advance(now, HostCondition.UNREADABLE);
      return;
    }
    while (!evidence.isEmpty() && !evidence.get(0).known().isAfter(now)) {
      evidence.remove(0).add().run();
    }
    Set<String> out = new HashSet<>();
    List<Outage> current = new ArrayList<>();
    List<Outage> settled = new ArrayList<>();
    for (Outage outage : outages) {
      if (outage.began().isAfter(now) || outage.ended().orElseThrow().plus(ADDED).isBefore(now)) {
        continue;
      }
      boolean over = !outage.ended().orElseThrow().isAfter(now);
      boolean seen = away.stream().noneMatch(s -> s.holds(outage.began())) || !blind;
      if (over && seen && endSeen(outage)) {
        settled.add(outage);
      } else if (!over) {
        out.add(outage.service());
        if (seen && endSeen(outage)) {
          current.add(
              outage(
                  outage.service(),
                  outage.number(),
                  outage.began(),
                  Optional.empty(),
                  Optional.empty()));
        }
      }
    }
    tracker.add(current, settled);
    tracker.advance(now, new HostCondition(true, out, mailFlow(out)));
  }

  /** Without an event log, the end of an outage is unknown if the exporter did not run then. */
  private boolean endSeen(Outage outage) {
    return !blind
        || away.stream()
            .noneMatch(
                s ->
                    s.from().isAfter(outage.began())
                        && s.from().isBefore(outage.ended().orElseThrow())
                        && outage.ended().orElseThrow().isBefore(s.until())
                        && !now.isBefore(s.until()));
  }

  private MailFlow.State mailFlow(Set<String> out) {
    if (out.contains("SMTPSVC") || out.contains("IISADMIN")) {
      return MailFlow.State.HALTED;
    }
    return mail.stream()
        .filter(span -> span.holds(now))
        .map(Span::mail)
        .findFirst()
        .orElse(MailFlow.State.IDLE);
  }

  private boolean holds(List<Span> spans) {
    return spans.stream().anyMatch(span -> span.holds(now));
  }

  EpisodeHistory history() {
    return tracker.history();
  }

  EpisodeTracker tracker() {
    return tracker;
  }

  static EpisodeTracker replayed(List<UpdateFact> facts) {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
    facts.forEach(tracker::replay);
    return tracker;
  }

  private static Outage outage(
      String service,
      long number,
      Instant from,
      Optional<Instant> until,
      Optional<StartedBy> startedBy) {
    return new Outage(
        service, number, from, until, Map.of(), EnumSet.of(Source.POLL), false, false, startedBy);
  }
}
