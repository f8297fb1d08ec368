package dev.imfexporter.watch.episode;

import dev.imfexporter.collector.Meaning;
import dev.imfexporter.watch.fact.UpdateFact;
import dev.imfexporter.watch.model.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The updates that were announced and neither installed nor failed since. One that another update
 * replaces is never reported as installed: it is forgotten in time. Not thread-safe.
 */
final class PendingUpdates {
  private static final Duration KEPT = Duration.ofDays(30);

  /** Downloads and lists of what is ready repeat an announcement. */
  private static final Duration REPEATED = Duration.ofDays(1);

  private List<PendingUpdate> pending = List.of();

  void replay(UpdateFact.UpdatesPending fact) {
    pending = fact.updates();
  }

  /** Takes an event into account; the fact to keep if it changes anything. */
  Optional<UpdateFact> observe(Meaning meaning, Instant at) {
    List<PendingUpdate> before = pending;
    if (meaning instanceof Meaning.UpdatesAnnounced announced) {
      announced.updates().forEach(update -> add(update, at));
    } else if (meaning instanceof Meaning.UpdateStep step && step.step() != Meaning.Step.BEGUN) {
      pending = pending.stream().filter(update -> !names(step, update)).toList();
    }
    return pending.equals(before)
        ? Optional.empty()
        : Optional.of(new UpdateFact.UpdatesPending(pending));
  }

  private void add(Meaning.Announced announced, Instant at) {
    PendingUpdate update =
        new PendingUpdate(announced.kb().orElse(""), UpdateTitle.cut(announced.title()), at);
    List<PendingUpdate> all = new ArrayList<>(pending);
    Optional<PendingUpdate> known =
        pending.stream().filter(each -> isSame(each, update)).findFirst();
    if (known.filter(each -> at.isBefore(each.announced().plus(REPEATED))).isPresent()) {
      return;
    }
    known.ifPresent(all::remove);
    all.add(update);
    all.sort(Comparator.comparing(PendingUpdate::announced));
    pending = List.copyOf(all.subList(Math.max(0, all.size() - PendingUpdate.MOST), all.size()));
  }

  private static boolean isSame(PendingUpdate one, PendingUpdate other) {
    return one.id().equals(other.id()) && one.title().equals(other.title());
  }

  /** The title of a step may have several updates, a line each. */
  private static boolean names(Meaning.UpdateStep step, PendingUpdate update) {
    return update.id().isEmpty()
        ? UpdateTitle.isIn(update.title(), step.title())
        : step.kb().filter(update.id()::equals).isPresent()
            || step.title().toUpperCase(Locale.ROOT).matches("(?s).*\\b" + update.id() + "\\b.*");
  }

  /** Those that were announced within the last 30 days, in the order of announcement. */
  List<PendingUpdate> at(Instant now) {
    return pending.stream().filter(update -> update.announced().plus(KEPT).isAfter(now)).toList();
  }

  /** The fact that stands for all so far; empty while nothing is pending. */
  Optional<UpdateFact> fact() {
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(new UpdateFact.UpdatesPending(pending));
  }
}
