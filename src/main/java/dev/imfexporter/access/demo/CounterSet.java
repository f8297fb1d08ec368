package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The counters of a performance object, computed from the story's mail.
 *
 * @param object its index; its counters have every second index behind it
 */
record CounterSet(int object, String name, List<Part> parts) {
  // winperf.h
  private static final int RAWCOUNT = 0x00010000;
  private static final int LARGE_RAWCOUNT = 0x00010100;
  private static final int COUNTER = 0x10410400;

  CounterSet {
    parts = List.copyOf(parts);
  }

  /**
   * @param type the PERF_ constant
   */
  record Part(String name, int type, ToDoubleFunction<Mail> value) {}

  static Part count(String name, ToDoubleFunction<Mail> value) {
    return new Part(name, RAWCOUNT, value);
  }

  static Part large(String name, ToDoubleFunction<Mail> value) {
    return new Part(name, LARGE_RAWCOUNT, value);
  }

  /** A total of which Windows shows the increase per second. */
  static Part rate(String name, ToDoubleFunction<Mail> value) {
    return new Part(name, COUNTER, value);
  }

  List<Counter> of(Mail mail) {
    List<Counter> counters = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      counters.add(new Counter(index(i), part.type(), (long) part.value().applyAsDouble(mail)));
    }
    return counters;
  }

  /** The names of the object and its counters, by index. */
  SortedMap<Integer, String> names() {
    SortedMap<Integer, String> names = new TreeMap<>();
    names.put(object, name);
    for (int i = 0; i < parts.size(); i++) {
      names.put(index(i), parts.get(i).name());
    }
    return names;
  }

  private int index(int part) {
    return object + 2 + 2 * part;
  }
}
