package dev.imfexporter.watch;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.Fact.CausesChanged;
import dev.imfexporter.watch.model.LikelyCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which known troubles were likely, and when. A replay of its facts makes the same. Times are on
 * the axis. Not thread-safe.
 */
public final class LikelyCauses {
  /** Those that last and the newest others are kept; most hosts never have one. */
  private static final int MOST = 100;

  /** In the order of their begins. */
  private final List<LikelyCause> causes = new ArrayList<>();

  LikelyCauses() {}

  /** Collects them from the facts of a journal, the earliest begin first. */
  public static List<LikelyCause> in(List<Fact> facts) {
    LikelyCauses all = new LikelyCauses();
    for (Fact fact : facts) {
      if (fact instanceof CausesChanged changed) {
        all.replay(changed);
      }
    }
    return List.copyOf(all.causes);
  }

  /** The host was compared with all troubles; returns a fact if others are likely than before. */
  Optional<CausesChanged> compared(Set<String> likely, Instant at) {
    if (likely.equals(lasting())) {
      return Optional.empty();
    }
    CausesChanged fact = new CausesChanged(at, new TreeSet<>(likely).stream().toList());
    replay(fact);
    return Optional.of(fact);
  }

  private Set<String> lasting() {
    Set<String> lasting = new TreeSet<>();
    causes.stream()
        .filter(cause -> cause.until().isEmpty())
        .forEach(cause -> lasting.add(cause.trouble()));
    return lasting;
  }

  void replay(CausesChanged fact) {
    Set<String> before = lasting();
    causes.replaceAll(
        cause ->
            cause.until().isPresent() || fact.troubles().contains(cause.trouble())
                ? cause
                : new LikelyCause(cause.trouble(), cause.from(), Optional.of(fact.at())));
    fact.troubles().stream()
        .filter(trouble -> !before.contains(trouble))
        .forEach(trouble -> causes.add(new LikelyCause(trouble, fact.at(), Optional.empty())));
    while (causes.size() > MOST) {
      causes.remove(oldestThatIsOver());
    }
  }

  /** One that lasts is not forgotten: it would begin anew with the next comparison. */
  private int oldestThatIsOver() {
    for (int i = 0; i < causes.size(); i++) {
      if (causes.get(i).until().isPresent()) {
        return i;
      }
    }
    return 0;
  }

  /** Facts that replay to the same causes. */
  List<CausesChanged> summary() {
    return causes.stream()
        .flatMap(cause -> Stream.concat(Stream.of(cause.from()), cause.until().stream()))
        .distinct()
        .sorted()
        .map(at -> new CausesChanged(at, likelyAt(at)))
        .toList();
  }

  private List<String> likelyAt(Instant at) {
    return causes.stream()
        .filter(cause -> !cause.from().isAfter(at))
        .filter(cause -> cause.until().filter(end -> !end.isAfter(at)).isEmpty())
        .map(LikelyCause::trouble)
        .sorted()
        .toList();
  }
}
