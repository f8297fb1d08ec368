package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.episode.SettingRuns.Dated;
import dev.imfexporter.watch.fact.UpdateFact.SettingsRead;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Settings;
import dev.imfexporter.watch.model.Settings.Setting;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The difference between the settings of a kind before and after an update: pure functions. */
final class SettingsDiff {
  /** An installer that sets something back by itself does it within this time. */
  private static final Duration OF_THE_INSTALLER = Duration.ofMinutes(5);

  private SettingsDiff() {}

  /**
   * What differs, by name.
   *
   * @param runs between the two readings, with that of {@code after}
   */
  static List<Change> changes(
      SettingKind kind, Settings before, Settings after, List<SettingsRead> runs) {
    List<Change> changes = new ArrayList<>();
    for (String name : names(before, after)) {
      Optional<Setting> was = before.find(name);
      Optional<Setting> is = after.find(name);
      Optional<String> former = was.flatMap(Setting::value);
      Optional<String> present = is.flatMap(Setting::value);
      boolean both = was.isPresent() && is.isPresent();
      boolean other = former.isPresent() && present.isPresent() && !same(former, present);
      boolean listed = was.isPresent() ? after.complete() : before.complete();
      boolean appeared = kind.appears() && listed;
      boolean differs = both ? other : appeared;
      if (differs) {
        Instant since = since(name, present, runs);
        changes.add(new Change(kind, name, former, present, since, Optional.empty()));
      }
    }
    return changes;
  }

  /** Since when a setting has been as it is in the last of the runs. */
  private static Instant since(String name, Optional<String> value, List<SettingsRead> runs) {
    Instant since = runs.get(runs.size() - 1).from();
    for (int i = runs.size() - 1; i >= 0; i--) {
      Optional<String> then = runs.get(i).settings().find(name).flatMap(Setting::value);
      if (!same(then, value) && (then.isPresent() || value.isPresent())) {
        return since;
      }
      since = runs.get(i).from();
    }
    return since;
  }

  /** The names of what could not be read on one side, or may be beyond what is listed there. */
  static List<String> unread(SettingKind kind, Settings before, Settings after) {
    return names(before, after).stream()
        .filter(
            name -> {
              Optional<Setting> was = before.find(name);
              Optional<Setting> is = after.find(name);
              boolean both = was.isPresent() && is.isPresent();
              boolean failed =
                  was.flatMap(Setting::value).isEmpty() || is.flatMap(Setting::value).isEmpty();
              boolean appears = kind.appears() && !before.complete();
              boolean one = was.isPresent() ? !after.complete() : appears;
              return both ? failed : one;
            })
        .toList();
  }

  /**
   * What differed for some time within an update and is as before at its end: an administrator put
   * it back.
   *
   * @param runs of the time of the update
   */
  static List<Change> putBack(
      SettingKind kind, Dated before, Dated after, List<SettingsRead> runs) {
    List<Change> changes = new ArrayList<>();
    for (Setting was : before.settings().all()) {
      Optional<String> end = after.settings().find(was.of()).flatMap(Setting::value);
      if (was.value().isPresent() && same(was.value(), end)) {
        putBack(kind, was, runs).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private static Optional<Change> putBack(SettingKind kind, Setting was, List<SettingsRead> runs) {
    Optional<String> other = Optional.empty();
    Optional<Instant> since = Optional.empty();
    Optional<Change> change = Optional.empty();
    for (SettingsRead run : runs) {
      Optional<String> value = run.settings().find(was.of()).flatMap(Setting::value);
      if (value.isPresent() && !same(value, was.value())) {
        other = value;
        since = since.or(() -> Optional.of(run.from()));
      } else if (value.isPresent() && since.isPresent()) {
        if (!since.get().plus(OF_THE_INSTALLER).isAfter(run.from())) {
          change =
              Optional.of(
                  new Change(
                      kind, was.of(), was.value(), other, since.get(), Optional.of(run.from())));
        }
        since = Optional.empty();
      }
    }
    return change;
  }

  /** Since when a setting is as before again; empty if it is not. */
  static Optional<Instant> asBefore(Change change, List<SettingsRead> runs) {
    Optional<Instant> since = Optional.empty();
    for (int i = runs.size() - 1; i >= 0; i--) {
      Settings settings = runs.get(i).settings();
      Optional<String> value = settings.find(change.of()).flatMap(Setting::value);
      boolean gone = value.isEmpty() && change.before().isEmpty() && settings.complete();
      if (!gone && !same(value, change.before())) {
        return since;
      }
      since = Optional.of(runs.get(i).from());
    }
    return Optional.empty();
  }

  private static boolean same(Optional<String> a, Optional<String> b) {
    return a.isPresent() && b.isPresent() && a.get().equalsIgnoreCase(b.get());
  }

  private static Set<String> names(Settings before, Settings after) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    before.all().forEach(setting -> names.add(setting.of()));
    after.all().forEach(setting -> names.add(setting.of()));
    return names;
  }
}
