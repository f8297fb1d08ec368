package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.Cause;
import dev.imfexporter.watch.ServiceFact.EventRef;
import dev.imfexporter.watch.ServiceFact.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of a service into a state, as all its witnesses together tell it. */
final class Transition {
  private Seen best;
  private final EnumSet<Witness> witnesses;
  private @Nullable EventRef event;
  private @Nullable Cause cause;
  private boolean settled;

  Transition(Seen first) {
    best = first;
    witnesses = EnumSet.of(first.witness());
    event = first.event().orElse(null);
    cause = first.cause().orElse(null);
  }

  ServiceState state() {
    return best.state();
  }

  Instant at() {
    return best.at();
  }

  Instant latest() {
    return best.latest();
  }

  Set<Witness> witnesses() {
    return witnesses;
  }

  boolean toldBy(Witness witness) {
    return witnesses.contains(witness);
  }

  boolean toldBy(EventRef record) {
    return record.equals(event);
  }

  Optional<Cause> cause() {
    return Optional.ofNullable(cause);
  }

  boolean settled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  /** Whether both can be the same entry, given that either may be off by so much more. */
  boolean near(Seen seen, Duration tolerance) {
    return state() == seen.state()
        && !seen.earliest().minus(tolerance).isAfter(best.latest())
        && !seen.latest().plus(tolerance).isBefore(best.earliest());
  }

  /**
   * Another witness tells of it.
   *
   * @return whether that added something that must not be forgotten
   */
  boolean add(Seen seen) {
    witnesses.add(seen.witness());
    event = seen.event().orElse(event);
    if (settled) {
      return false;
    }
    boolean caused = seen.cause().isPresent() && cause == null;
    cause = cause == null ? seen.cause().orElse(null) : cause;
    boolean better = width(seen).compareTo(width(best)) < 0;
    if (better) {
      best = seen;
    }
    return better || caused;
  }

  /** The exporter's clock was set. */
  void move(Duration by) {
    if (!settled) {
      best =
          new Seen(
              best.service(),
              best.state(),
              best.witness(),
              best.at().plus(by),
              best.before(),
              best.after(),
              best.cause(),
              best.event());
    }
  }

  /** A fact that makes it again. */
  Seen fact() {
    return new Seen(
        best.service(),
        best.state(),
        best.witness(),
        best.at(),
        best.before(),
        best.after(),
        cause(),
        Optional.ofNullable(event));
  }

  private static Duration width(Seen seen) {
    return seen.before().plus(seen.after());
  }
}
