package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.episode.SettingRuns.Dated;
import dev.imfexporter.watch.episode.SettingsTracker.Bounds;
import dev.imfexporter.watch.fact.UpdateFact.SettingsRead;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the settings of before and of after an episode: which reading counts on each side.
 *
 * @param next when the next episode began; empty while there is none
 */
record SettingsComparison(long number, Bounds bounds, Optional<Instant> next) {

  /** Whether a kind was read before the episode and was not read after it yet. */
  static boolean misses(SettingRuns runs, Bounds bounds) {
    return runs.before(bounds.began()).isPresent() && bounds.closed().flatMap(runs::from).isEmpty();
  }

  UpdateChanges of(List<SettingRuns> kinds, boolean complete) {
    List<Compared> all = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (SettingRuns runs : kinds) {
      Optional<Dated> before = runs.before(bounds.began());
      Optional<Dated> after = after(runs);
      List<String> unread = List.of();
      if (before.isPresent() && after.isPresent()) {
        Dated was = before.get();
        Dated is = after.get();
        List<SettingsRead> within = within(runs, is.at());
        changes.addAll(SettingsDiff.changes(runs.kind(), was.settings(), is.settings(), within));
        if (runs.kind().lasting()) {
          changes.addAll(SettingsDiff.putBack(runs.kind(), was, is, within));
        }
        unread = SettingsDiff.unread(runs.kind(), was.settings(), is.settings());
      }
      all.add(
          new Compared(
              runs.kind(),
              before.map(Dated::at),
              after.map(Dated::at),
              unread.subList(0, Math.min(Compared.MOST_UNREAD, unread.size()))));
    }
    return new UpdateChanges(
        number,
        complete,
        all,
        changes.subList(0, Math.min(UpdateChanges.MOST, changes.size())),
        Math.max(0, changes.size() - UpdateChanges.MOST));
  }

  private List<SettingsRead> within(SettingRuns runs, Instant until) {
    return runs.all().stream()
        .filter(run -> !run.from().isBefore(bounds.began()) && !run.from().isAfter(until))
        .toList();
  }

  /**
   * What was read first since the episode was closed. Before that, and when another update began at
   * once, what was read last in it: of lasting settings alone, since others come and go with the
   * services.
   */
  private Optional<Dated> after(SettingRuns runs) {
    Optional<Dated> after =
        bounds
            .closed()
            .flatMap(runs::from)
            .filter(read -> next.filter(began -> !read.at().isBefore(began)).isEmpty());
    if (after.isPresent() || !runs.kind().lasting()) {
      return after;
    }
    return next.isPresent()
        ? next.flatMap(runs::before).filter(read -> read.at().isAfter(bounds.began()))
        : runs.after(bounds.began());
  }
}
