package dev.imfexporter.watch;

import dev.imfexporter.reading.UpdateKind;
import dev.imfexporter.watch.Episode.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What an episode is made of, in the order of time, however it came to be known. */
final class EpisodeParts {
  /** Two outages of a service that begin so close together are one, told by two witnesses. */
  private static final Duration WITNESSES = Duration.ofSeconds(5);

  /** One sign told twice is dated twice, when the host's clock was measured in between. */
  private static final Duration REDATED = Duration.ofMinutes(2);

  private static final Comparator<Sign> IN_TIME =
      Comparator.comparing(Sign::at).thenComparing(Sign::marker).thenComparing(Sign::id);

  private final List<Sign> signs = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<Boot> boots = new ArrayList<>();

  void add(Sign sign) {
    if (signs.stream().noneMatch(known -> same(known, sign))) {
      signs.add(sign);
      signs.sort(IN_TIME);
    }
  }

  /** Adds an outage in place of the one of this service that began at the same time. */
  void add(Outage outage) {
    outages.removeIf(
        known ->
            known.service().equalsIgnoreCase(outage.service())
                && known.began().equals(outage.began()));
    outages.add(outage);
    outages.sort(Comparator.comparing(Outage::began).thenComparing(Outage::service));
  }

  void remove(Outage outage) {
    outages.remove(outage);
  }

  /** Adds a boot; one told twice is kept with the shutdown that either knows. */
  void add(Boot boot) {
    Boot added = boot;
    for (Boot known : List.copyOf(boots)) {
      if (same(known, boot)) {
        boots.remove(known);
        added = known.orderly() ? known : new Boot(boot.down(), known.up(), boot.orderly());
      }
    }
    boots.add(added);
    boots.sort(Comparator.comparing(Boot::up));
  }

  void forgetBootsBefore(Instant old) {
    boots.removeIf(boot -> boot.up().isBefore(old));
  }

  List<Sign> signs() {
    return Collections.unmodifiableList(signs);
  }

  List<Outage> outages() {
    return Collections.unmodifiableList(outages);
  }

  List<Boot> boots() {
    return Collections.unmodifiableList(boots);
  }

  Instant earliest() {
    return signs.get(0).at();
  }

  Instant latestSign() {
    return signs.get(signs.size() - 1).at();
  }

  /** Whether an installer began and has not yet said how it ended. */
  boolean underWay() {
    return signs.stream().anyMatch(sign -> sign.marker() == Marker.BEGUN && !ended(sign));
  }

  private boolean ended(Sign begun) {
    return signs.stream()
        .filter(sign -> sign.update() == begun.update() && !sign.at().isBefore(begun.at()))
        .anyMatch(
            sign ->
                switch (sign.marker()) {
                  case INSTALLED, FAILED ->
                      sign.id().equals(begun.id()) && sign.title().equals(begun.title());
                  case REGISTRY -> true;
                  case BEGUN, FOLDER -> false;
                });
  }

  /** The outage that the new one tells more of. */
  Optional<Outage> same(Outage told, Function<Outage, Optional<Instant>> end) {
    return outages.stream().filter(known -> same(known, end.apply(known), told)).findFirst();
  }

  static boolean same(Outage known, Optional<Instant> end, Outage told) {
    if (!known.service().equalsIgnoreCase(told.service())) {
      return false;
    }
    return Duration.between(known.began(), told.began()).abs().compareTo(WITNESSES) <= 0
        || (told.began().isBefore(end.orElse(Instant.MAX))
            && !known.began().isAfter(told.ended().orElse(Instant.MAX)));
  }

  static boolean same(Sign one, Sign other) {
    return one.marker() == other.marker()
        && one.update() == other.update()
        && one.id().equals(other.id())
        && one.title().equals(other.title())
        && Duration.between(one.at(), other.at()).abs().compareTo(REDATED) <= 0;
  }

  static boolean same(Boot one, Boot other) {
    return Duration.between(one.up(), other.up()).abs().compareTo(REDATED) <= 0;
  }

  /** What was updated; a definition when both were. */
  static UpdateKind update(List<Sign> signs) {
    return signs.stream().anyMatch(sign -> sign.update() == UpdateKind.DEFINITION)
        ? UpdateKind.DEFINITION
        : UpdateKind.WINDOWS;
  }

  /** The newest title of a kind; "" when none is known. */
  static String title(List<Sign> signs, UpdateKind update) {
    return signs.stream()
        .filter(sign -> sign.update() == update && !sign.title().isEmpty())
        .reduce((a, b) -> b)
        .map(Sign::title)
        .orElse("");
  }

  /**
   * A finished episode with a sign of it that came late. If the sign is older than all else, the
   * episode began with it; the outcome stays.
   */
  static Episode with(Episode episode, Sign late) {
    EpisodeParts parts = new EpisodeParts();
    episode.markers().forEach(parts::add);
    parts.add(late);
    UpdateKind update = update(parts.signs);
    boolean inherited = episode.markers().get(0).at().isBefore(episode.began());
    boolean first = !inherited && late.at().isBefore(episode.began());
    return replaced(
        episode,
        update,
        title(parts.signs, update),
        parts.signs,
        episode.outages(),
        first ? late.at() : episode.began());
  }

  /** A finished episode with more that is known of one of its outages; its outcome stays. */
  static Episode with(Episode episode, Outage known, Outage told) {
    EpisodeParts parts = new EpisodeParts();
    episode.outages().stream().filter(outage -> !outage.equals(known)).forEach(parts::add);
    parts.add(told);
    return replaced(
        episode,
        episode.update(),
        episode.title(),
        episode.markers(),
        parts.outages,
        episode.began());
  }

  private static Episode replaced(
      Episode episode,
      UpdateKind update,
      String title,
      List<Sign> signs,
      List<Outage> outages,
      Instant began) {
    return new Episode(
        episode.number(),
        update,
        title,
        signs,
        outages,
        episode.boots(),
        began,
        episode.state(),
        episode.halted(),
        episode.followed(),
        episode.verified(),
        episode.closed(),
        episode.outcome());
  }
}
