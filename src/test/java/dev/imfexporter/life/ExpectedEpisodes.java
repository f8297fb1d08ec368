package dev.imfexporter.life;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.life.TrueUpdate.Ending;
import dev.imfexporter.life.TrueUpdate.TrueSign;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes episodes of the true updates, as the definition of an episode says. */
final class ExpectedEpisodes {
  private static final Duration BEFORE_MARKER = Duration.ofMinutes(10);
  private static final Duration AFTER_MARKER = Duration.ofMinutes(30);
  private static final Duration SLOW = Duration.ofSeconds(60);
  private static final Duration SLOW_AFTER_BOOT = Duration.ofMinutes(5);

  /** An outage sooner than this after a recovery belongs to the same incident. */
  private static final Duration SAME = Duration.ofSeconds(115);

  /** One later than this is another incident; in between, it depends on the time of the poll. */
  private static final Duration OTHER = Duration.ofMinutes(4);

  private final HostLife life;
  private final Set<Source> sources;
  private final Tolerance tolerance;
  private final List<ExpectedOutage> outages;

  ExpectedEpisodes(HostLife life, Set<Source> sources, List<ExpectedOutage> outages) {
    this.life = life;
    this.sources = sources;
    this.tolerance = new Tolerance(life, sources);
    this.outages = outages;
  }

  /** Updates of one installation are one episode; one without a sign that shows is none. */
  List<ExpectedEpisode> all() {
    Map<Integer, List<TrueUpdate>> installations =
        life.updates().stream()
            .collect(
                Collectors.groupingBy(TrueUpdate::installation, TreeMap::new, Collectors.toList()));
    return installations.values().stream()
        .flatMap(updates -> expected(updates).stream())
        .sorted(Comparator.comparing(ExpectedEpisode::at))
        .toList();
  }

  static boolean belongs(Instant outage, Instant marker) {
    return !outage.isBefore(marker.minus(BEFORE_MARKER))
        && !outage.isAfter(marker.plus(AFTER_MARKER));
  }

  private List<ExpectedEpisode> expected(List<TrueUpdate> updates) {
    List<TrueSign> signs =
        updates.stream()
            .flatMap(update -> update.signs().stream())
            .filter(sign -> !sign.logged() || sources.contains(Source.EVENT))
            .toList();
    if (signs.isEmpty()) {
      return List.of();
    }
    List<ExpectedOutage> own =
        outages.stream()
            .filter(o -> signs.stream().anyMatch(s -> belongs(o.truth().began(), s.at())))
            .toList();
    TrueUpdate first = updates.get(0);
    List<List<ExpectedOutage>> incidents = incidents(first, own);
    List<ExpectedEpisode> episodes = new ArrayList<>();
    List<ExpectedOutage> incident = incidents.get(0);
    episodes.add(
        episode(first, began(signs, incident), outcomes(first, signs, incident), incident));
    for (List<ExpectedOutage> again : incidents.subList(1, incidents.size())) {
      if (again.stream().noneMatch(ExpectedOutage::required)) {
        continue;
      }
      // It has the signs of the former, but did not begin with them.
      episodes.add(episode(first, began(List.of(), again), outcomes(first, signs, again), again));
    }
    takenBack(first).ifPresent(episodes::add);
    return episodes;
  }

  private static ExpectedEpisode episode(
      TrueUpdate update, Window began, Set<Outcome> outcomes, List<ExpectedOutage> own) {
    return new ExpectedEpisode(
        update.installation(),
        update.kind(),
        update.title(),
        began,
        outcomes,
        names(own, true),
        names(own, false),
        own.size());
  }

  /** Outages of one update, divided where all was well in between; one empty list for none. */
  private static List<List<ExpectedOutage>> incidents(TrueUpdate update, List<ExpectedOutage> own) {
    List<List<ExpectedOutage>> all = new ArrayList<>();
    all.add(new ArrayList<>());
    Instant end = own.isEmpty() ? Instant.MIN : own.get(0).truth().ended();
    for (ExpectedOutage outage : own) {
      Instant began = outage.truth().began();
      boolean divides = update.kind() == UpdateKind.DEFINITION && began.isAfter(end.plus(SAME));
      if (divides && began.isBefore(end.plus(OTHER))) {
        throw new IllegalStateException(outage + " belongs to one or to another; make it later");
      }
      if (divides) {
        all.add(new ArrayList<>());
      }
      all.get(all.size() - 1).add(outage);
      boolean later = outage.truth().ended().isAfter(end);
      end = later ? outage.truth().ended() : end;
    }
    return all;
  }

  /** A definition that is taken back long after its restart: an episode of its own. */
  private Optional<ExpectedEpisode> takenBack(TrueUpdate update) {
    if (update.kind() != UpdateKind.DEFINITION || update.ending() != Ending.ROLLED_BACK) {
      return Optional.empty();
    }
    TrueSign back = update.signs().get(update.signs().size() - 1);
    return Optional.of(
        episode(update, tolerance.sign(back.at()), EnumSet.of(Outcome.UNAFFECTED), List.of()));
  }

  /** The earliest of what is seen; what need not be seen only moves the early end. */
  private Window began(List<TrueSign> signs, List<ExpectedOutage> own) {
    List<Window> sure = new ArrayList<>();
    signs.forEach(sign -> sure.add(tolerance.sign(sign.at())));
    own.stream().filter(ExpectedOutage::required).forEach(outage -> sure.add(outage.began()));
    Instant to = sure.stream().map(Window::to).min(Comparator.naturalOrder()).orElseThrow();
    own.forEach(outage -> sure.add(outage.began()));
    Instant from = sure.stream().map(Window::from).min(Comparator.naturalOrder()).orElseThrow();
    return new Window(from, to);
  }

  /**
   * The word on it.
   *
   * <ul>
   *   <li>Ambiguous: an update that fails and touches nothing. It was never there, so nothing was
   *       rolled back, and mail did not notice: {@code unaffected}.
   *   <li>Ambiguous: what the limits measure. Taken for the longest outage of any service, from its
   *       begin or from the boot, not for the time until mail flow is verified: how often the host
   *       is looked at must not make a restart slow.
   *   <li>Ambiguous: a service that is out twice. Each outage is short, but from the first to the
   *       last all was not well for minutes: both answers are right.
   *   <li>Ambiguous: a roll-back after a halt. That it is gone again is the more important word.
   * </ul>
   */
  private Set<Outcome> outcomes(TrueUpdate update, List<TrueSign> signs, List<ExpectedOutage> own) {
    boolean failed = signs.stream().anyMatch(sign -> sign.marker() == MarkerType.FAILED);
    if (update.ending() == Ending.ROLLED_BACK && failed) {
      return EnumSet.of(Outcome.ROLLED_BACK);
    }
    if (own.isEmpty()) {
      return EnumSet.of(Outcome.UNAFFECTED);
    }
    if (own.stream().anyMatch(outage -> !outage.required())) {
      return EnumSet.allOf(Outcome.class);
    }
    if (own.stream().anyMatch(outage -> outage.truth().halted())) {
      return EnumSet.of(Outcome.RECOVERED_AFTER_HALT);
    }
    if (own.stream().map(ExpectedOutage::truth).anyMatch(ExpectedEpisodes::slow)) {
      return EnumSet.of(Outcome.RECOVERED_SLOWLY);
    }
    boolean twice = own.stream().map(o -> o.truth().service()).distinct().count() < own.size();
    return twice
        ? EnumSet.of(Outcome.RECOVERED, Outcome.RECOVERED_SLOWLY)
        : EnumSet.of(Outcome.RECOVERED);
  }

  private static boolean slow(TrueOutage outage) {
    Duration limit = outage.reboot().isPresent() ? SLOW_AFTER_BOOT : SLOW;
    return outage.counted().compareTo(limit) > 0;
  }

  private static Set<String> names(List<ExpectedOutage> outages, boolean required) {
    return outages.stream()
        .filter(outage -> outage.required() || !required)
        .map(outage -> outage.truth().service().shortName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
