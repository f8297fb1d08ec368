package dev.imfexporter.watch;

import dev.imfexporter.watch.episode.SettingsTracker;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.UpdateChanges;
import java.util.List;
import java.util.Map;

/** What updates changed, by the facts of a journal. */
public final class SettingChanges {
  private SettingChanges() {}

  /** By the number of the episode. Times are on the axis. */
  public static Map<Long, UpdateChanges> in(List<Fact> facts) {
    return SettingsTracker.in(facts);
  }
}
