package dev.imfexporter.watch.episode;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.OutageId;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The open episode: its parts, its state, and when it ends. Times are on the axis. */
final class OpenEpisode {
  /** An outage that begins in this time before a marker belongs to it. */
  static final Duration BEFORE = Duration.ofMinutes(10);

  /** An outage that begins in this time after a marker belongs to it. */
  static final Duration AFTER = UpdateTracker.RECENT;

  /** An outage that begins in this time after all services ran again belongs to the episode. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private final long number;
  private final Instant floor;
  private final Limits limits;
  private final EpisodeParts parts = new EpisodeParts();
  private final Map<OutageId, Instant> unseenEnds = new HashMap<>();
  private State state = State.OPEN;
  private boolean halted;
  private boolean followed = true;
  private @Nullable Instant verified;

  /**
   * @param floor outages that began earlier are not part of this episode, even if a marker is older
   */
  OpenEpisode(long number, Instant floor, Limits limits) {
    this.number = number;
    this.floor = floor;
    this.limits = limits;
  }

  /** Continues the open episode of an earlier run. */
  static OpenEpisode of(Episode episode, Limits limits) {
    boolean inherited =
        !episode.markers().isEmpty() && episode.markers().get(0).at().isBefore(episode.began());
    OpenEpisode draft =
        new OpenEpisode(episode.number(), inherited ? episode.began() : Instant.MIN, limits);
    episode.markers().forEach(draft.parts::add);
    // Those of older journals have no number; they are added again from the outages of the host.
    episode.outages().stream().filter(o -> o.number() != 0).forEach(draft.parts::add);
    episode.boots().forEach(draft.parts::add);
    draft.state = episode.state();
    draft.halted = episode.halted();
    draft.followed = episode.followed();
    draft.verified = episode.verified().orElse(null);
    return draft;
  }

  EpisodeParts parts() {
    return parts;
  }

  /** Records that part of the time was not watched. */
  void notFollowed() {
    followed = false;
  }

  /** Whether a time is in the window in which an outage belongs to a marker. */
  static boolean isInWindow(UpdateMarker marker, Instant at) {
    return !at.isBefore(marker.at().minus(BEFORE)) && !at.isAfter(marker.at().plus(AFTER));
  }

  /** Whether a marker belongs to the episode. */
  boolean takes(UpdateMarker marker, CurrentCondition present, Instant now) {
    Instant at = marker.at();
    if (at.isBefore(parts.earliest().minus(AFTER))) {
      return false;
    }
    if (mailStands(present)) {
      return true;
    }
    return !at.isAfter(activity().plus(AFTER))
        && due(present, now).map(end -> !at.isAfter(end)).orElse(true);
  }

  /** Whether an outage belongs to the episode. */
  boolean takes(Outage outage, CurrentCondition present, Instant now) {
    Instant began = outage.began();
    Optional<Instant> due = due(present, now);
    if (began.isBefore(floor) || due.filter(began::isAfter).isPresent()) {
      return false;
    }
    return parts.markers().stream().anyMatch(marker -> isInWindow(marker, began))
        || again(began, present);
  }

  /** Whether an outage begins while mail stands still, or soon after a service was back. */
  private boolean again(Instant began, CurrentCondition present) {
    if (parts.outages().isEmpty() || began.isBefore(parts.outages().get(0).began())) {
      return false;
    }
    return mailStands(present)
        || parts.outages().stream().anyMatch(outage -> followsOn(outage, began));
  }

  private boolean followsOn(Outage outage, Instant began) {
    return end(outage)
        .filter(end -> !began.isAfter(end.plus(GRACE)))
        .filter(end -> !began.isBefore(isMail(outage.service()) ? outage.began() : end))
        .isPresent();
  }

  /**
   * Notes the services that are not down any more though no end of their outage was observed: an
   * administrator disabled or removed them.
   */
  void look(CurrentCondition present, Instant now) {
    for (Outage outage : parts.outages()) {
      if (outage.ended().isPresent() || present.out().containsKey(outage.service())) {
        unseenEnds.remove(outage.id());
      } else {
        unseenEnds.putIfAbsent(outage.id(), now);
      }
    }
  }

  /** When an outage was over, at the latest; empty while it lasts. */
  private Optional<Instant> end(Outage outage) {
    return outage.ended().or(() -> Optional.ofNullable(unseenEnds.get(outage.id())));
  }

  /** How long an outage was observed to last; one whose end was not may have been over at once. */
  private Span span(Outage outage, Instant now) {
    boolean unseen = outage.ended().isEmpty() && unseenEnds.containsKey(outage.id());
    Instant end = unseen ? outage.began() : outage.ended().orElse(now);
    return new Span(outage.began(), end.isBefore(outage.began()) ? outage.began() : end);
  }

  /** When the episode ends or ended; empty while that is not known. */
  Optional<Instant> due(CurrentCondition present, Instant now) {
    if (stillOut(present)) {
      return Optional.empty();
    }
    Instant quiet = parts.latestMarker().plus(AFTER);
    if (parts.outages().isEmpty() && followed) {
      return Optional.of(quiet);
    }
    return present
        .verified(back(), now)
        .map(at -> at.plus(GRACE))
        .map(end -> parts.underWay() && quiet.isAfter(end) ? quiet : end);
  }

  /** Derives the state, the halt and the verification from the parts and the present condition. */
  void assess(CurrentCondition present, Instant now) {
    boolean out = stillOut(present);
    Downtime mail = mailDowntime(present, now);
    halted |= mail.exceeds(limits.halted(), limits.haltedAfterBoot());
    if (!held(present).isEmpty()) {
      followed = false;
    }
    boolean stands =
        mailStands(present) && mail.lastExceeds(limits.halted(), limits.haltedAfterBoot());
    boolean touched = !parts.outages().isEmpty() || !followed;
    verified = out || !touched ? null : present.verified(back(), now).orElse(null);
    if (verified != null) {
      state = State.VERIFYING;
    } else if (stands) {
      state = State.HALTED;
    } else {
      state = out || !touched ? State.OPEN : State.VERIFYING;
    }
  }

  /** The episode as a value. */
  Episode open() {
    List<UpdateMarker> markers = parts.markers();
    UpdateKind update = EpisodeParts.update(markers);
    return new Episode(
        number,
        update,
        EpisodeParts.title(markers, update),
        markers,
        parts.outages(),
        parts.boots(),
        began(),
        state,
        halted,
        followed,
        Optional.ofNullable(verified),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The closed episode with its outcome.
   *
   * @param seen false if it ends before it is over
   */
  Episode close(CurrentCondition present, Instant at, boolean seen) {
    followed &= seen && parts.outages().stream().allMatch(o -> o.ended().isPresent());
    Episode open = open();
    return new Episode(
        number,
        open.update(),
        open.title(),
        open.markers(),
        open.outages(),
        open.boots(),
        open.began(),
        State.CLOSED,
        halted,
        followed,
        open.verified(),
        Optional.of(at),
        Optional.of(EpisodeOutcome.of(open, allDowntime(present), limits)));
  }

  private Instant began() {
    return Stream.concat(
            parts.markers().stream().map(UpdateMarker::at),
            parts.outages().stream().map(Outage::began))
        .filter(at -> !at.isBefore(floor))
        .min(Comparator.naturalOrder())
        .orElseGet(parts::earliest);
  }

  private boolean stillOut(CurrentCondition present) {
    return parts.outages().stream().anyMatch(outage -> end(outage).isEmpty())
        || !held(present).isEmpty();
  }

  /** Services that are down since about the update, though no outage of theirs was observed. */
  Map<String, Instant> held(CurrentCondition present) {
    Map<String, Instant> held = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    present
        .out()
        .forEach(
            (service, since) -> {
              boolean known =
                  parts.outages().stream().anyMatch(o -> o.service().equalsIgnoreCase(service));
              Instant from = parts.earliest().minus(BEFORE);
              boolean soon =
                  !since.isBefore(from) && !since.isAfter(parts.latestMarker().plus(AFTER));
              if (!known && soon) {
                held.put(service, since);
              }
            });
    return held;
  }

  private boolean mailStands(CurrentCondition present) {
    return parts.outages().stream().anyMatch(o -> isMail(o.service()) && end(o).isEmpty())
        || held(present).keySet().stream().anyMatch(OpenEpisode::isMail)
        || (present.stands() && mailEnd().flatMap(present::standstillAfter).isPresent());
  }

  private Optional<Instant> mailEnd() {
    return parts.outages().stream()
        .filter(o -> isMail(o.service()))
        .flatMap(o -> end(o).stream())
        .max(Comparator.naturalOrder());
  }

  private Downtime mailDowntime(CurrentCondition present, Instant now) {
    List<Span> spans = new ArrayList<>();
    parts.outages().stream().filter(o -> isMail(o.service())).forEach(o -> spans.add(span(o, now)));
    held(present)
        .forEach(
            (service, since) -> {
              if (isMail(service)) {
                spans.add(new Span(since, now));
              }
            });
    spans.addAll(tail(present));
    return new Downtime(spans, parts.boots());
  }

  private Downtime allDowntime(CurrentCondition present) {
    List<Span> spans = new ArrayList<>();
    parts.outages().forEach(o -> end(o).ifPresent(end -> spans.add(span(o, end))));
    spans.addAll(tail(present));
    return new Downtime(spans, parts.boots());
  }

  /** The time in which mail stood still after the services ran again. */
  private List<Span> tail(CurrentCondition present) {
    return mailEnd().flatMap(present::standstillAfter).stream().toList();
  }

  private Stream<Instant> ends() {
    return parts.outages().stream().flatMap(outage -> end(outage).stream());
  }

  private Instant back() {
    return ends().max(Comparator.naturalOrder()).orElse(parts.latestMarker());
  }

  private Instant activity() {
    return Stream.of(
            Stream.of(parts.latestMarker()), parts.outages().stream().map(Outage::began), ends())
        .flatMap(times -> times)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static boolean isMail(String service) {
    return service.equalsIgnoreCase(SMTP) || service.equalsIgnoreCase(IIS_ADMIN);
  }
}
