package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.fact.UpdateFact.EpisodeChanged;
import dev.imfexporter.watch.fact.UpdateFact.SettingsCompared;
import dev.imfexporter.watch.fact.UpdateFact.SettingsConfirmed;
import dev.imfexporter.watch.fact.UpdateFact.SettingsRead;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Settings;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a host, and what was different of them after each update than before it. A replay
 * of its facts, and of those of episodes, makes the same. Times are on the axis. Not thread-safe.
 *
 * <p>Before an update is what was read last before the episode began; after it, what was read first
 * since the episode was closed. A setting that differed in between and is as before at the end was
 * put back, if it differed for more than the minutes of an installer.
 */
public final class SettingsTracker {
  /** A late sign of an update may tell that it began so long ago. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  /** A kind that was not read for so long after an update is not waited for. */
  private static final Duration WAITED = Duration.ofHours(1);

  /** How old the journal's word may be on when a setting was read. */
  private static final Duration CONFIRMED = Duration.ofHours(1);

  private final Map<SettingKind, SettingRuns> kinds = new EnumMap<>(SettingKind.class);

  /** Episodes that are open, or were not compared yet, by number. */
  private final TreeMap<Long, Bounds> pending = new TreeMap<>();

  private final Map<CollectorKey<?>, Reading> newest = new HashMap<>();

  private final TreeMap<Long, UpdateChanges> compared = new TreeMap<>();
  private final List<UpdateFact> facts = new ArrayList<>();
  private boolean confirmAll;
  private @Nullable Instant advanced;

  /** The settings of the newest value of a collector, by the part of it that they are made of. */
  private record Reading(Object part, Map<SettingKind, Settings> settings) {
    static Reading of(CollectorKey<?> key, Object read, Object part) {
      Map<SettingKind, Settings> settings = new EnumMap<>(SettingKind.class);
      SettingKind.of(key).forEach(kind -> settings.put(kind, kind.of(read)));
      return new Reading(part, settings);
    }
  }

  /** When an episode began, and when it was closed. */
  record Bounds(Instant began, Optional<Instant> closed) {}

  public SettingsTracker() {
    for (SettingKind kind : SettingKind.values()) {
      kinds.put(kind, new SettingRuns(kind));
    }
  }

  /** What the facts of a journal say that updates changed, by the number of the episode. */
  public static Map<Long, UpdateChanges> in(List<Fact> facts) {
    SettingsTracker all = new SettingsTracker();
    for (Fact fact : facts) {
      if (fact instanceof UpdateFact of) {
        all.replay(of);
      }
    }
    return all.changes();
  }

  /** Takes a fact of an earlier run into account. */
  public void replay(UpdateFact fact) {
    if (fact instanceof SettingsRead run) {
      runs(run.kind()).replay(run);
      forget(run.from());
    } else if (fact instanceof SettingsConfirmed confirmed) {
      confirmed.until().forEach((kind, until) -> runs(kind).confirm(until));
    } else if (fact instanceof SettingsCompared of) {
      put(of.changes());
    } else if (fact instanceof EpisodeChanged changed) {
      follow(changed.episode());
    }
  }

  /** Takes what became of an episode into account. */
  public void follow(UpdateFact fact) {
    if (fact instanceof EpisodeChanged changed) {
      follow(changed.episode());
    }
  }

  private void follow(Episode episode) {
    if (compared.isEmpty() || episode.number() > compared.lastKey()) {
      Bounds now = new Bounds(episode.began(), episode.closed());
      confirmAll |= !now.equals(pending.put(episode.number(), now));
    }
  }

  /**
   * Takes a reading into account.
   *
   * @param read a value of that collector
   */
  public void read(CollectorKey<?> key, Object read, Instant at) {
    Object part = SettingKind.part(read);
    Reading now = newest.get(key);
    if (now == null || !now.part().equals(part)) {
      now = Reading.of(key, read, part);
      newest.put(key, now);
    }
    now.settings()
        .forEach(
            (kind, settings) ->
                runs(kind)
                    .read(settings, at)
                    .ifPresent(
                        run -> {
                          facts.add(run);
                          forget(at);
                        }));
  }

  private SettingRuns runs(SettingKind kind) {
    return Optional.ofNullable(kinds.get(kind)).orElseThrow();
  }

  private void forget(Instant now) {
    Instant since =
        Stream.concat(
                Stream.of(now.minus(REMEMBERED)), pending.values().stream().map(Bounds::began))
            .min(Comparator.naturalOrder())
            .orElse(now);
    kinds.values().forEach(runs -> runs.forgetBefore(since));
  }

  /** Compares what can be compared by now. */
  public void advance(Instant now) {
    Instant begun = advanced == null ? now : advanced;
    advanced = begun;
    confirm();
    while (!pending.isEmpty()) {
      long number = pending.firstKey();
      Bounds bounds = pending.firstEntry().getValue();
      Optional<Instant> closed = bounds.closed();
      if (closed.isEmpty()) {
        return;
      }
      if (kinds.values().stream().allMatch(runs -> runs.before(bounds.began()).isEmpty())) {
        pending.remove(number);
        continue;
      }
      boolean waits =
          next(number).isEmpty()
              && now.isBefore(max(closed.get(), begun).plus(WAITED))
              && kinds.values().stream().anyMatch(runs -> SettingsComparison.misses(runs, bounds));
      if (waits) {
        return;
      }
      UpdateChanges changes = compare(number, bounds, true);
      put(changes);
      facts.add(new SettingsCompared(changes));
    }
  }

  /** Whether nothing more is to be compared for an episode. */
  public boolean isCompared(long number) {
    return !pending.containsKey(number);
  }

  private static Instant max(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  /** When the next episode began. */
  private Optional<Instant> next(long number) {
    return Optional.ofNullable(pending.higherEntry(number)).map(entry -> entry.getValue().began());
  }

  private void put(UpdateChanges changes) {
    pending.headMap(changes.episode(), true).clear();
    compared.put(changes.episode(), changes);
  }

  /** Forgets what is known of the episodes with lower numbers. */
  public void forgetEpisodesBefore(long number) {
    pending.headMap(number).clear();
    compared.headMap(number).clear();
  }

  private UpdateChanges compare(long number, Bounds bounds, boolean complete) {
    return new SettingsComparison(number, bounds, next(number))
        .of(List.copyOf(kinds.values()), complete);
  }

  /** Has the journal say when the settings were last read, where a comparison needs it. */
  private void confirm() {
    Map<SettingKind, Instant> due = new EnumMap<>(SettingKind.class);
    kinds.forEach(
        (kind, runs) ->
            runs.newest()
                .map(SettingsRead::until)
                .filter(until -> isDue(runs.confirmed(), until))
                .ifPresent(until -> due.put(kind, until)));
    confirmAll = false;
    if (!due.isEmpty()) {
      due.forEach((kind, until) -> runs(kind).confirm(until));
      facts.add(new SettingsConfirmed(due));
    }
  }

  private boolean isDue(Instant confirmed, Instant until) {
    if (!until.isAfter(confirmed)) {
      return false;
    }
    return confirmAll
        || !until.isBefore(confirmed.plus(CONFIRMED))
        || pending.values().stream()
            .flatMap(of -> Stream.concat(Stream.of(of.began()), of.closed().stream()))
            .anyMatch(at -> at.isAfter(confirmed) && !at.isAfter(until));
  }

  /**
   * What each update changed, by the number of its episode; of one that is not over or not compared
   * yet, as far as is known.
   */
  public Map<Long, UpdateChanges> changes() {
    Map<Long, UpdateChanges> all = new TreeMap<>();
    compared.forEach((number, of) -> all.put(number, withPutBack(of)));
    pending.forEach(
        (number, bounds) -> {
          UpdateChanges of = compare(number, bounds, false);
          if (of.kinds().stream().anyMatch(kind -> kind.before().isPresent())) {
            all.put(number, withPutBack(of));
          }
        });
    return all;
  }

  private UpdateChanges withPutBack(UpdateChanges of) {
    return of.remaining().isEmpty()
        ? of
        : new UpdateChanges(
            of.episode(),
            of.complete(),
            of.kinds(),
            of.changes().stream().map(this::withPutBack).toList(),
            of.unlisted());
  }

  private Change withPutBack(Change change) {
    return change.putBack().isPresent()
        ? change
        : change.with(SettingsDiff.asBefore(change, runs(change.kind()).all()));
  }

  /** Returns the facts since the last call. */
  public List<UpdateFact> takeFacts() {
    List<UpdateFact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  /** Facts that, behind those of episodes, replay to the same state. */
  public List<UpdateFact> summary() {
    List<UpdateFact> all = new ArrayList<>();
    kinds.values().forEach(runs -> all.addAll(runs.all()));
    compared.values().forEach(of -> all.add(new SettingsCompared(of)));
    return all;
  }
}
