package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what it hears, and lets a test wait for it. */
final class RecordingListener implements StatusListener {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * @param at when the listener heard of it
   */
  record Change(Instant at, String service, ServiceStatus status) {}

  record End(String service, AccessException why) {}

  private final List<Change> changes = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();

  @Override
  public synchronized void changed(String service, ServiceStatus status) {
    changes.add(new Change(Instant.now(), service, status));
    notifyAll();
  }

  @Override
  public synchronized void ended(String service, AccessException why) {
    ends.add(new End(service, why));
    notifyAll();
  }

  synchronized List<Change> changes(String service) {
    return changes.stream().filter(change -> change.service().equals(service)).toList();
  }

  synchronized List<End> ends() {
    return List.copyOf(ends);
  }

  /** The states that were heard, each repetition (a checkpoint) left out. */
  List<ServiceState> states(String service) {
    List<ServiceState> states = new ArrayList<>();
    for (Change change : changes(service)) {
      ServiceState state = change.status().state();
      if (states.isEmpty() || states.get(states.size() - 1) != state) {
        states.add(state);
      }
    }
    return states;
  }

  /** Waits until the service's last state is this one. */
  ServiceStatus awaitState(String service, ServiceState state) {
    await(
        listener -> {
          List<Change> heard = listener.changes(service);
          return !heard.isEmpty() && heard.get(heard.size() - 1).status().state() == state;
        });
    List<Change> heard = changes(service);
    return heard.get(heard.size() - 1).status();
  }

  /** Waits until a service's subscription has ended. */
  AccessException awaitEnd(String service) {
    await(listener -> listener.ends.stream().anyMatch(end -> end.service().equals(service)));
    return ends().stream().filter(end -> end.service().equals(service)).findFirst().get().why();
  }

  private synchronized void await(Predicate<RecordingListener> heard) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!heard.test(this)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      assertThat(left).as("heard only %s and %s", changes, ends).isPositive();
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
