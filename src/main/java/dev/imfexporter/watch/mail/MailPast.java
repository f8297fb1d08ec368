package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.fact.MailFact.Failing;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.MailHistory.Change;
import dev.imfexporter.watch.model.MailHistory.Queue;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how mail flowed, for pages: bounded, and gone when the exporter stops, because outages
 * and episodes have what matters later. Only the begin of mail that still fails outlasts a restart
 * of the exporter. Not thread-safe.
 */
final class MailPast {
  private static final long PART_SECONDS = Queue.PART.toSeconds();

  private final Deque<Change> changes = new ArrayDeque<>();
  private final Deque<Integer> longest = new ArrayDeque<>();
  private long lastPart;

  /** How mail failed by what was replayed; null once it is known whether it still does. */
  private @Nullable Failing earlier;

  private Instant earlierUntil = Instant.MIN;
  private boolean firstBegan;
  private @Nullable MailHistory view;

  /**
   * What a run before this knew; the newest holds.
   *
   * @param until as of when
   */
  void replay(Optional<Failing> failing, Instant until) {
    earlier = failing.orElse(null);
    earlierUntil = until;
  }

  void judged(MailFlow.State judged, Instant at) {
    if (earlier != null) {
      resume(earlier, judged, at);
    }
    MailFlow.State state = kept(judged);
    Change newest = changes.peekLast();
    if (newest != null && newest.state() == state) {
      return;
    }
    changes.addLast(new Change(state, at));
    if (changes.size() > MailHistory.MOST_CHANGES) {
      changes.removeFirst();
    }
    view = null;
  }

  /** A quiet host goes from one of these to the other every few minutes. */
  private static MailFlow.State kept(MailFlow.State judged) {
    return judged == MailFlow.State.IDLE || judged == MailFlow.State.ANSWERING
        ? MailFlow.State.FLOWING
        : judged;
  }

  /**
   * Mail fails on if it does so when it is first judged, and was not unwatched for long. A start
   * judges nothing before the first reading, and a standstill after minutes.
   */
  private void resume(Failing failing, MailFlow.State judged, Instant at) {
    boolean late = earlierUntil.plus(MailBalance.GAP).isBefore(at);
    if (!late && judged == MailFlow.State.UNKNOWN) {
      return;
    }
    earlier = null;
    if (!late && judged == failing.state()) {
      changes.clear();
      changes.addLast(new Change(judged, failing.since()));
      firstBegan = true;
      view = null;
    }
  }

  /** How mail fails now; empty if it does not, or its begin is not known. */
  Optional<Failing> failing() {
    Change newest = changes.peekLast();
    return newest == null || !newest.state().isFailing()
        ? Optional.empty()
        : view().since().map(since -> new Failing(newest.state(), since));
  }

  void queued(long messages, Instant at) {
    int length = (int) Math.min(messages, Integer.MAX_VALUE);
    long part = Math.floorDiv(at.getEpochSecond(), PART_SECONDS);
    Integer newest = longest.peekLast();
    if (newest != null && part <= lastPart) {
      if (length > newest) {
        longest.removeLast();
        longest.addLast(length);
        view = null;
      }
      return;
    }
    if (newest != null && part - lastPart > Queue.MOST_PARTS) {
      longest.clear();
    } else if (newest != null) {
      for (long skipped = lastPart + 1; skipped < part; skipped++) {
        longest.addLast(Queue.NOT_READ);
      }
    }
    longest.addLast(length);
    lastPart = part;
    while (longest.size() > Queue.MOST_PARTS) {
      longest.removeFirst();
    }
    view = null;
  }

  /** The same instance until something changes. */
  MailHistory view() {
    MailHistory known = view;
    if (known == null) {
      known = new MailHistory(List.copyOf(changes), queue(), firstBegan);
      view = known;
    }
    return known;
  }

  private Optional<Queue> queue() {
    if (longest.isEmpty()) {
      return Optional.empty();
    }
    long first = lastPart - longest.size() + 1;
    return Optional.of(
        new Queue(Instant.ofEpochSecond(first * PART_SECONDS), new ArrayList<>(longest)));
  }
}
