package dev.imfexporter.http;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * What waits for its turn: clients take turns, and of each client the first to come is the next.
 * Between two of one client, each other one that waits has a turn. Not thread-safe.
 */
final class Turns<C, T> {
  /** The client whose turn is next comes first; none has an empty queue. */
  private final Map<C, Queue<T>> waiting = new LinkedHashMap<>();

  void add(C client, T what) {
    waiting.computeIfAbsent(client, any -> new ArrayDeque<>()).add(what);
  }

  /** Takes the next one; empty if none waits. */
  Optional<T> next() {
    Iterator<Map.Entry<C, Queue<T>>> clients = waiting.entrySet().iterator();
    if (!clients.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<C, Queue<T>> first = clients.next();
    C client = first.getKey();
    Queue<T> queue = first.getValue();
    clients.remove();
    T next = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(client, queue); // Behind the others.
    }
    return Optional.of(next);
  }
}
