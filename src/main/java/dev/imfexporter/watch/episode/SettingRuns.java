package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.fact.UpdateFact.SettingsRead;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one kind over time: each run is a time in which all readings had the same. Times
 * are on the axis. Not thread-safe.
 */
final class SettingRuns {
  /** A host that names ever other settings does not make it grow. */
  private static final int MOST = 12;

  private final SettingKind kind;
  private final List<SettingsRead> runs = new ArrayList<>();
  private Instant confirmed = Instant.MIN;

  SettingRuns(SettingKind kind) {
    this.kind = kind;
  }

  /** Settings and when they were read. */
  record Dated(Settings settings, Instant at) {}

  SettingKind kind() {
    return kind;
  }

  List<SettingsRead> all() {
    return List.copyOf(runs);
  }

  Optional<SettingsRead> newest() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  /**
   * Takes a reading into account.
   *
   * @return a fact if the settings are others than before
   */
  Optional<SettingsRead> read(Settings settings, Instant at) {
    Optional<SettingsRead> last = newest();
    if (last.filter(run -> run.settings().equals(settings)).isPresent()) {
      extend(at);
      return Optional.empty();
    }
    if (last.filter(run -> at.isBefore(run.until())).isPresent()) {
      // A call that took long; one that began later has been taken into account.
      return Optional.empty();
    }
    SettingsRead run = new SettingsRead(kind, at, at, settings);
    replay(run);
    return Optional.of(run);
  }

  void replay(SettingsRead run) {
    boolean known = newest().filter(last -> !last.from().isBefore(run.from())).isPresent();
    if (!known) {
      runs.add(run);
      confirmed = run.until();
    }
    while (runs.size() > MOST) {
      // The oldest one tells what was before an update; a gap is no worse than a missed reading.
      runs.remove(1);
    }
  }

  /** The newest settings were read again. */
  void extend(Instant until) {
    int last = runs.size() - 1;
    if (last >= 0 && runs.get(last).until().isBefore(until)) {
      SettingsRead run = runs.get(last);
      runs.set(last, new SettingsRead(kind, run.from(), until, run.settings()));
    }
  }

  /** The journal has it that the newest settings were read then. */
  void confirm(Instant until) {
    extend(until);
    confirmed = until;
  }

  /** When they were last read as the journal has it. */
  Instant confirmed() {
    return confirmed;
  }

  /** Forgets what was read before that time, but for what was read last before it. */
  void forgetBefore(Instant time) {
    while (runs.size() > 1 && !runs.get(1).from().isAfter(time)) {
      runs.remove(0);
    }
  }

  /** What was read last before a time: a reading at that time may be of what happened then. */
  Optional<Dated> before(Instant time) {
    return runs.stream()
        .filter(run -> run.from().isBefore(time))
        .reduce((first, second) -> second)
        .map(run -> new Dated(run.settings(), min(run.until(), time)));
  }

  /** What was read first from a time on. */
  Optional<Dated> from(Instant time) {
    return runs.stream()
        .filter(run -> !run.until().isBefore(time))
        .findFirst()
        .map(run -> new Dated(run.settings(), max(run.from(), time)));
  }

  /** What was read last, if that was after a time: since when it has been so. */
  Optional<Dated> after(Instant time) {
    return newest()
        .filter(run -> run.until().isAfter(time))
        .map(run -> new Dated(run.settings(), max(run.from(), time)));
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
