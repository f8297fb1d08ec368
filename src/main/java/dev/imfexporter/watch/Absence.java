package dev.imfexporter.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time in which nobody watched the host, from the end of the last run to the first look. */
final class Absence {
  private static final Duration ALIVE = Duration.ofMinutes(10);

  private @Nullable Instant since;
  private @Nullable Moment alive;
  private boolean told;
  private @Nullable Boolean events;

  /** The last run watched at least until then. */
  void since(Instant last) {
    since = last;
  }

  /** Whether the event log has told of the time in which nobody watched. */
  void eventsTell(boolean all) {
    events = all;
  }

  /**
   * The host is watched.
   *
   * @return what the next run has to know, now and then
   */
  Optional<Fact> alive(Moment now) {
    Moment last = alive;
    if (last != null && now.since(last).compareTo(ALIVE) < 0) {
      return Optional.empty();
    }
    alive = now;
    return newest();
  }

  /** The host has gone: the next run has to know since when, if this one does not last. */
  Optional<Fact> lastSeen(@Nullable Moment look) {
    alive = look == null ? alive : look;
    return newest();
  }

  /** The newest sign of life, for the next run. */
  Optional<Fact> newest() {
    Moment last = alive;
    return last == null
        ? Optional.ofNullable(since).map(Fact.Alive::new)
        : Optional.of(new Fact.Alive(last.wall()));
  }

  /**
   * Since when nobody watched, if that is certain: asked with every look, and told once. Before the
   * first run, nobody ever did.
   */
  Optional<Instant> unwatched(Instant now) {
    if (told || events == null) {
      return Optional.empty();
    }
    told = true;
    Instant from = since == null ? Instant.EPOCH : since;
    return events || !from.isBefore(now) ? Optional.empty() : Optional.of(from);
  }
}
