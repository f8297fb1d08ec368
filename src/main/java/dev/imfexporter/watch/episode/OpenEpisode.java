package dev.imfexporter.watch.episode;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An episode that is not over, as a value; {@link EpisodeRules} says what follows from it. Times
 * are on the axis.
 *
 * @param floor outages that began earlier are not part of this episode, even if a marker is older
 * @param unseenEnds when a service was first found not to be down any more though no end of its
 *     outage was observed: an administrator disabled or removed it
 */
record OpenEpisode(
    long number,
    Instant floor,
    Evidence evidence,
    Map<OutageId, Instant> unseenEnds,
    Assessment assessment) {
  OpenEpisode {
    unseenEnds = Map.copyOf(unseenEnds);
  }

  /**
   * What the rules have concluded so far.
   *
   * @param halted whether mail stood still for longer than the limit at any time so far
   * @param followed whether all that matters was observed so far
   * @param verified when everything ran again and mail flow was verified; empty before
   */
  record Assessment(State state, boolean halted, boolean followed, Optional<Instant> verified) {
    static final Assessment FIRST = new Assessment(State.OPEN, false, true, Optional.empty());
  }

  static OpenEpisode begin(long number, Instant floor, List<UpdateMarker> markers) {
    Evidence evidence = new Evidence(markers, List.of(), List.of());
    return new OpenEpisode(number, floor, evidence, Map.of(), Assessment.FIRST);
  }

  /** Continues the open episode of an earlier run. */
  static OpenEpisode of(Episode episode) {
    List<UpdateMarker> markers = episode.markers();
    boolean inherited = !markers.isEmpty() && markers.get(0).at().isBefore(episode.began());
    // Outages of older journals have no number; they are added again from those of the host.
    List<Outage> numbered = episode.outages().stream().filter(o -> o.number() != 0).toList();
    return new OpenEpisode(
        episode.number(),
        inherited ? episode.began() : Instant.MIN,
        new Evidence(markers, numbered, episode.boots()),
        Map.of(),
        new Assessment(episode.state(), episode.halted(), episode.followed(), episode.verified()));
  }

  OpenEpisode with(Evidence other) {
    return new OpenEpisode(number, floor, other, unseenEnds, assessment);
  }

  OpenEpisode with(Assessment other) {
    return new OpenEpisode(number, floor, evidence, unseenEnds, other);
  }

  OpenEpisode with(Map<OutageId, Instant> ends) {
    return new OpenEpisode(number, floor, evidence, ends, assessment);
  }

  /** The same episode, part of which was not observed. */
  OpenEpisode notFollowed() {
    return with(
        new Assessment(assessment.state(), assessment.halted(), false, assessment.verified()));
  }

  List<Outage> outages() {
    return evidence.outages();
  }

  /** The first marker or outage. */
  Instant began() {
    return Stream.concat(
            evidence.markers().stream().map(UpdateMarker::at),
            outages().stream().map(Outage::began))
        .filter(at -> !at.isBefore(floor))
        .min(Comparator.naturalOrder())
        .orElseGet(evidence::firstMarker);
  }

  /**
   * Whether an outage was over before the installer began: then it has another cause. Where no
   * installer says when it began (Windows Server 2003, definitions), this is not known.
   */
  boolean isAfter(Outage outage) {
    UpdateMarker first = evidence.markers().get(0);
    return first.marker() == MarkerType.BEGUN
        && outage.ended().filter(end -> !end.isAfter(first.at())).isPresent();
  }

  /** When an outage was over, at the latest; empty while it lasts. */
  Optional<Instant> end(Outage outage) {
    return outage.ended().or(() -> Optional.ofNullable(unseenEnds.get(outage.id())));
  }

  /** When the last outage was over; without one, the newest marker. */
  Instant back() {
    return ends().max(Comparator.naturalOrder()).orElse(evidence.lastMarker());
  }

  /** When the last service that passes mail was back; empty before. */
  Optional<Instant> mailBack() {
    return outages().stream()
        .filter(OpenEpisode::isMail)
        .flatMap(outage -> end(outage).stream())
        .max(Comparator.naturalOrder());
  }

  /** The newest marker, begin or end of an outage. */
  Instant lastActivity() {
    return Stream.concat(outages().stream().map(Outage::began), ends())
        .max(Comparator.naturalOrder())
        .filter(evidence.lastMarker()::isBefore)
        .orElse(evidence.lastMarker());
  }

  private Stream<Instant> ends() {
    return outages().stream().flatMap(outage -> end(outage).stream());
  }

  static boolean isMail(Outage outage) {
    return isMail(outage.service());
  }

  /** Whether no mail passes while this service is down. */
  static boolean isMail(String service) {
    return service.equalsIgnoreCase(SMTP) || service.equalsIgnoreCase(IIS_ADMIN);
  }

  /** The episode as others see it. */
  Episode value() {
    return value(assessment.state(), Optional.empty(), Optional.empty());
  }

  /** The closed episode. */
  Episode closed(Instant at, Outcome outcome) {
    return value(State.CLOSED, Optional.of(at), Optional.of(outcome));
  }

  private Episode value(State state, Optional<Instant> closed, Optional<Outcome> outcome) {
    boolean rolledBack = outcome.equals(Optional.of(Outcome.ROLLED_BACK));
    return new Episode(
        number,
        evidence.update(),
        rolledBack ? evidence.failedTitle() : evidence.title(),
        evidence.markers(),
        outages(),
        evidence.boots(),
        began(),
        state,
        assessment.halted(),
        assessment.followed(),
        assessment.verified(),
        closed,
        outcome,
        Optional.empty());
  }
}
