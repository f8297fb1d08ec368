package dev.imfexporter.watch;

import static dev.imfexporter.reading.ServicesReading.IIS_ADMIN;
import static dev.imfexporter.reading.ServicesReading.SMTP_SERVICE;

import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.Downtime.Span;
import dev.imfexporter.watch.Episode.Sign;
import dev.imfexporter.watch.Episode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The episode that is not over: what belongs to it, where it stands, and when it ends. */
final class EpisodeDraft {
  /** An outage that begins in this time before a marker belongs to it. */
  static final Duration BEFORE = Duration.ofMinutes(10);

  /** An outage that begins in this time after a marker belongs to it. */
  static final Duration AFTER = UpdateLedger.RECENT;

  /** A service that goes out again so soon after all was well is in the same trouble. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private final long number;
  private final Instant floor;
  private final EpisodeLimits limits;
  private final EpisodeParts parts = new EpisodeParts();
  private final OutageEnds ends = new OutageEnds();
  private State state = State.OPEN;
  private boolean halted;
  private boolean followed = true;
  private @Nullable Instant verified;

  /**
   * @param floor it has no part in outages before, even if it has signs of then
   */
  EpisodeDraft(long number, Instant floor, EpisodeLimits limits) {
    this.number = number;
    this.floor = floor;
    this.limits = limits;
  }

  /** Goes on where an earlier run of the program ended. */
  static EpisodeDraft of(Episode episode, EpisodeLimits limits) {
    boolean inherited =
        !episode.markers().isEmpty() && episode.markers().get(0).at().isBefore(episode.began());
    EpisodeDraft draft =
        new EpisodeDraft(episode.number(), inherited ? episode.began() : Instant.MIN, limits);
    episode.markers().forEach(draft.parts::add);
    episode.outages().forEach(draft.parts::add);
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

  /** Remembers that part of what matters was seen by nobody. */
  void notFollowed() {
    followed = false;
  }

  /** Whether a sign belongs to it, as it stands. */
  boolean takes(Sign sign, Present present, Instant now) {
    Instant at = sign.at();
    if (at.isBefore(parts.earliest().minus(AFTER))) {
      return false;
    }
    if (mailStands(present)) {
      return true;
    }
    return !at.isAfter(activity().plus(AFTER))
        && due(present, now).map(end -> !at.isAfter(end)).orElse(true);
  }

  /** Whether an outage belongs to it, as it stands. */
  boolean takes(Outage outage, Present present, Instant now) {
    Instant began = outage.began();
    Optional<Instant> due = due(present, now);
    if (began.isBefore(floor) || due.filter(began::isAfter).isPresent()) {
      return false;
    }
    return parts.signs().stream()
            .anyMatch(
                sign ->
                    !began.isBefore(sign.at().minus(BEFORE))
                        && !began.isAfter(sign.at().plus(AFTER)))
        || again(began, present);
  }

  /** Whether a service goes out while mail stands still in it, or soon after one was back. */
  private boolean again(Instant began, Present present) {
    if (parts.outages().isEmpty() || began.isBefore(parts.outages().get(0).began())) {
      return false;
    }
    return mailStands(present)
        || parts.outages().stream().anyMatch(outage -> followsOn(outage, began));
  }

  private boolean followsOn(Outage outage, Instant began) {
    return ends.of(outage)
        .filter(end -> !began.isAfter(end.plus(GRACE)))
        .filter(end -> !began.isBefore(isMail(outage.service()) ? outage.began() : end))
        .isPresent();
  }

  /**
   * What has become of its services by this look.
   *
   * @param before those that were out at the look before
   */
  void look(Present present, Set<String> before, Instant now) {
    for (Outage outage : List.copyOf(parts.outages())) {
      ends.look(outage, present.out().keySet(), before, now).ifPresent(parts::add);
    }
  }

  /** Whether this tells more of an outage that it has. */
  boolean knows(Outage outage) {
    return parts.same(outage, ends::of).isPresent();
  }

  void refine(Outage outage) {
    parts.same(outage, ends::of).ifPresent(parts::remove);
    parts.add(outage);
  }

  /** When it ends, or ended, by what is known; empty while that is open. */
  Optional<Instant> due(Present present, Instant now) {
    if (stillOut(present)) {
      return Optional.empty();
    }
    Instant quiet = parts.latestSign().plus(AFTER);
    if (parts.outages().isEmpty() && followed) {
      return Optional.of(quiet);
    }
    return present
        .verified(back(), now)
        .map(at -> at.plus(GRACE))
        .map(end -> parts.underWay() && quiet.isAfter(end) ? quiet : end);
  }

  /** Brings its state up to date. */
  void assess(Present present, Instant now) {
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

  /** As it stands. */
  Episode open() {
    List<Sign> signs = parts.signs();
    UpdateKind update = EpisodeParts.update(signs);
    return new Episode(
        number,
        update,
        EpisodeParts.title(signs, update),
        signs,
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
   * Its final word.
   *
   * @param seen false if it ends before it is over
   */
  Episode close(Present present, Instant at, boolean seen) {
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
            parts.signs().stream().map(Sign::at), parts.outages().stream().map(Outage::began))
        .filter(at -> !at.isBefore(floor))
        .min(Comparator.naturalOrder())
        .orElseGet(parts::earliest);
  }

  private boolean stillOut(Present present) {
    return parts.outages().stream().anyMatch(outage -> ends.of(outage).isEmpty())
        || !held(present).isEmpty();
  }

  /** Services that are out though no outage of theirs is known, and were not long before. */
  private Map<String, Instant> held(Present present) {
    Map<String, Instant> held = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    present
        .out()
        .forEach(
            (service, since) -> {
              boolean known =
                  parts.outages().stream().anyMatch(o -> o.service().equalsIgnoreCase(service));
              Instant from = parts.earliest().minus(BEFORE);
              boolean soon =
                  !since.isBefore(from) && !since.isAfter(parts.latestSign().plus(AFTER));
              if (!known && soon) {
                held.put(service, since);
              }
            });
    return held;
  }

  private boolean mailStands(Present present) {
    return parts.outages().stream().anyMatch(o -> isMail(o.service()) && ends.of(o).isEmpty())
        || held(present).keySet().stream().anyMatch(EpisodeDraft::isMail)
        || (present.stands() && mailEnd().flatMap(present::standstillAfter).isPresent());
  }

  private Optional<Instant> mailEnd() {
    return parts.outages().stream()
        .filter(o -> isMail(o.service()))
        .flatMap(o -> ends.of(o).stream())
        .max(Comparator.naturalOrder());
  }

  private Downtime mailDowntime(Present present, Instant now) {
    List<Span> spans = new ArrayList<>();
    parts.outages().stream()
        .filter(o -> isMail(o.service()))
        .forEach(o -> spans.add(ends.span(o, now)));
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

  private Downtime allDowntime(Present present) {
    List<Span> spans = new ArrayList<>();
    parts.outages().forEach(o -> ends.of(o).ifPresent(end -> spans.add(ends.span(o, end))));
    spans.addAll(tail(present));
    return new Downtime(spans, parts.boots());
  }

  /** Services ran again, but mail was seen to stand still. */
  private List<Span> tail(Present present) {
    return mailEnd().flatMap(present::standstillAfter).stream().toList();
  }

  private Stream<Instant> ends() {
    return parts.outages().stream().flatMap(outage -> ends.of(outage).stream());
  }

  private Instant back() {
    return ends().max(Comparator.naturalOrder()).orElse(parts.latestSign());
  }

  private Instant activity() {
    return Stream.of(
            Stream.of(parts.latestSign()), parts.outages().stream().map(Outage::began), ends())
        .flatMap(times -> times)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static boolean isMail(String service) {
    return service.equalsIgnoreCase(SMTP_SERVICE) || service.equalsIgnoreCase(IIS_ADMIN);
  }
}
