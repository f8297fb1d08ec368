package dev.imfexporter.watch.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was different of a host after an update than before it, as far as it was read on both sides.
 * Who changed it is not known: an administrator may have, between the two readings.
 *
 * @param episode its number
 * @param complete false while a setting may still be read: then each was read last as it is now
 * @param kinds each kind of setting, in the order of its enum
 * @param changes at most {@value #MOST}
 * @param unlisted how many there are beyond those
 */
public record UpdateChanges(
    long episode, boolean complete, List<Compared> kinds, List<Change> changes, int unlisted) {
  public static final int MOST = 40;

  public UpdateChanges {
    kinds = List.copyOf(kinds);
    changes = List.copyOf(changes);
  }

  /**
   * How far the settings of a kind could be compared.
   *
   * @param before when they were read last before the episode; empty if they were not
   * @param after when they were read first after it, or last if that is still open; empty if they
   *     were not
   * @param unread those that could not be read on one side though others could; at most {@value
   *     #MOST_UNREAD}
   */
  public record Compared(
      SettingKind kind, Optional<Instant> before, Optional<Instant> after, List<String> unread) {
    public static final int MOST_UNREAD = 10;

    public Compared {
      unread = List.copyOf(unread);
    }

    /** Whether the kind was read on both sides. */
    public boolean known() {
      return before.isPresent() && after.isPresent();
    }

    Compared on(UnaryOperator<Instant> clock) {
      return new Compared(kind, before.map(clock), after.map(clock), unread);
    }
  }

  /**
   * A setting with another value.
   *
   * @param of what has it, such as the name of a service
   * @param before empty if it was not there
   * @param after empty if it was not there any more
   * @param since when it was first read so; it was changed between the reading before that and this
   *     one, perhaps long after the update
   * @param putBack since when it has been read as before again; empty while it has not
   */
  public record Change(
      SettingKind kind,
      String of,
      Optional<String> before,
      Optional<String> after,
      Instant since,
      Optional<Instant> putBack) {

    /** The command that puts it back; empty where there is none. */
    public Optional<String> command(String host) {
      return before.flatMap(former -> kind.putBack().command(host, of, former));
    }

    public Change with(Optional<Instant> again) {
      return new Change(kind, of, before, after, since, again);
    }

    Change masked() {
      return new Change(
          kind, of, before.map(kind::masked), after.map(kind::masked), since, putBack);
    }

    Change on(UnaryOperator<Instant> clock) {
      return new Change(kind, of, before, after, clock.apply(since), putBack.map(clock));
    }
  }

  /** Those that are not as before again. */
  public List<Change> remaining() {
    return changes.stream().filter(change -> change.putBack().isEmpty()).toList();
  }

  /** Whether anything was read on both sides. */
  public boolean known() {
    return kinds.stream().anyMatch(Compared::known);
  }

  /** The earliest reading before the update; empty if nothing was read on both sides. */
  public Optional<Instant> before() {
    return kinds.stream()
        .filter(Compared::known)
        .flatMap(kind -> kind.before().stream())
        .min(Instant::compareTo);
  }

  /** The latest reading after the update; empty if nothing was read on both sides. */
  public Optional<Instant> after() {
    return kinds.stream()
        .filter(Compared::known)
        .flatMap(kind -> kind.after().stream())
        .max(Instant::compareTo);
  }

  /** The same with values as {@link SettingKind#masked} has them. */
  public UpdateChanges masked() {
    return new UpdateChanges(
        episode, complete, kinds, changes.stream().map(Change::masked).toList(), unlisted);
  }

  /** The same with all times converted. */
  public UpdateChanges on(UnaryOperator<Instant> clock) {
    return new UpdateChanges(
        episode,
        complete,
        kinds.stream().map(kind -> kind.on(clock)).toList(),
        changes.stream().map(change -> change.on(clock)).toList(),
        unlisted);
  }
}
