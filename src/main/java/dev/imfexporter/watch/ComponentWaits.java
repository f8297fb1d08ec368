package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.fact.Fact.ComponentWaitSeen;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.ComponentWait.VendorEvent;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.TypicalRestart;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stops and starts of IIS Admin, with what was loaded in {@code inetinfo.exe} meanwhile. A
 * replay of its facts makes the same. Times are on the axis. Not thread-safe.
 */
final class ComponentWaits {
  /** The newest are kept, of some fifty restarts, besides those of the episodes that are kept. */
  private static final int MOST = 100;

  /** With those of episodes: two or more for each update of a year. */
  private static final int MOST_WITH_EPISODES = 400;

  /** While the modules change, they are kept at most once in this time. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final List<ComponentWait> past = new ArrayList<>();
  private @Nullable ComponentWait open;
  private @Nullable Instant kept;

  /** Whether a status of this run is known, and the newest poll succeeded. */
  private boolean seen;

  void replay(ComponentWaitSeen fact) {
    put(fact.componentWait());
  }

  /** Replaces what is known of the same wait. */
  private void put(ComponentWait wait) {
    past.removeIf(known -> known.began().equals(wait.began()));
    past.add(wait);
  }

  /**
   * Forgets the oldest that are too many.
   *
   * @param needed by an episode that is kept: those are the last to be forgotten
   */
  void forget(Predicate<ComponentWait> needed) {
    if (past.size() > MOST) {
      List<ComponentWait> others = past.stream().filter(needed.negate()).toList();
      past.removeAll(others.subList(0, Math.max(0, others.size() - MOST)));
      past.subList(0, Math.max(0, past.size() - MOST_WITH_EPISODES)).clear();
    }
  }

  /** Facts that replay to the same. */
  List<ComponentWaitSeen> summary() {
    return all().stream().map(ComponentWaitSeen::new).toList();
  }

  private List<ComponentWait> all() {
    List<ComponentWait> all = new ArrayList<>(past);
    if (open != null) {
      all.add(open);
    }
    return all;
  }

  /**
   * Takes the status of IIS Admin into account.
   *
   * @param status the newest; empty if it is not installed or the services cannot be read
   * @param typical how long its restarts typically take
   * @return the wait that is over, if one is
   */
  Optional<ComponentWaitSeen> follow(
      Optional<ServiceStatus> status, Supplier<Optional<TypicalRestart>> typical, Instant now) {
    Optional<Phase> phase = status.flatMap(is -> phase(is.state()));
    Optional<ComponentWaitSeen> over = Optional.empty();
    if (open != null && phase.equals(Optional.of(open.phase()))) {
      open = open.lasting(now);
    } else if (open != null) {
      ComponentWait ended = status.isEmpty() ? open : open.followed(status.get().state(), now);
      put(ended);
      open = null;
      over = Optional.of(new ComponentWaitSeen(ended));
    }
    if (open == null && phase.isPresent()) {
      open =
          ComponentWait.begin(
              phase.get(),
              status.get().processId(),
              now,
              seen,
              typical.get().map(of -> of.phases().get(phase.get())).map(of -> of.median()));
      kept = null;
    }
    seen = status.isPresent();
    return over;
  }

  private static Optional<Phase> phase(ServiceState state) {
    return switch (state) {
      case STOP_PENDING -> Optional.of(Phase.STOP);
      case START_PENDING -> Optional.of(Phase.START);
      case STOPPED, RUNNING, PAUSED, PAUSE_PENDING, CONTINUE_PENDING -> Optional.empty();
    };
  }

  /**
   * Takes a list of the modules into account.
   *
   * @param asked a list that was requested before the wait began is ignored
   * @return the wait, if other modules are loaded than before
   */
  Optional<ComponentWaitSeen> listed(Components components, Instant asked) {
    ComponentWait before = open;
    if (before == null || asked.isBefore(before.began()) || !before.isSampled()) {
      return Optional.empty();
    }
    ComponentWait now = before.listed(components, asked);
    open = now;
    Instant last = kept;
    boolean due = last == null || !asked.isBefore(last.plus(KEPT));
    if (!due || now.present().equals(before.present())) {
      return Optional.empty();
    }
    kept = asked;
    return Optional.of(new ComponentWaitSeen(now));
  }

  /** Takes an event into account; returns the wait in which another maker's source wrote it. */
  Optional<ComponentWaitSeen> logged(DatedEvent event) {
    if (!(event.event().meaning() instanceof Meaning.OtherMaker)) {
      return Optional.empty();
    }
    VendorEvent record =
        new VendorEvent(
            event.event().provider(), event.event().id(), event.event().level(), event.at());
    ComponentWait lasting = open;
    if (lasting != null && !event.at().isBefore(lasting.began().minus(ComponentWait.EARLIER))) {
      open = lasting.with(record);
      return Optional.empty();
    }
    for (int i = past.size() - 1; i >= 0; i--) {
      ComponentWait wait = past.get(i);
      if (wait.spans(event.at())) {
        ComponentWait more = wait.with(record);
        past.set(i, more);
        return more.equals(wait) ? Optional.empty() : Optional.of(new ComponentWaitSeen(more));
      }
    }
    return Optional.empty();
  }

  /** Whether the modules are to be listed each second now. */
  boolean isSampled() {
    return open != null && open.isSampled();
  }

  WaitHistory history(List<Boot> boots) {
    return new WaitHistory(
        past.stream().filter(wait -> !isOfBoot(wait, boots)).toList(),
        Optional.ofNullable(open).filter(wait -> !isOfBoot(wait, boots)));
  }

  private static boolean isOfBoot(ComponentWait wait, List<Boot> boots) {
    return boots.stream().anyMatch(wait::isOf);
  }
}
