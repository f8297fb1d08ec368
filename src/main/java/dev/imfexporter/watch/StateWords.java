package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.WordHeard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a host's language calls the states: a word that twice named what another witness saw, and
 * never anything else, is known.
 */
final class StateWords {
  /** There are seven states; whoever has more words than this has no words for states. */
  private static final int LIMIT = 32;

  private static final int ENOUGH = 2;

  private final Map<String, List<ServiceState>> heard = new TreeMap<>();

  /** Takes an agreement into account; false if nothing is learned from it. */
  boolean add(WordHeard agreement) {
    String word = key(agreement.word());
    if (!heard.containsKey(word) && heard.size() == LIMIT) {
      return false;
    }
    List<ServiceState> states = heard.computeIfAbsent(word, w -> new ArrayList<>());
    if (states.size() >= ENOUGH && states.contains(agreement.state())) {
      return false;
    }
    states.add(agreement.state());
    return true;
  }

  /** Empty while it is not sure. */
  Optional<ServiceState> state(String word) {
    List<ServiceState> states = heard.getOrDefault(key(word), List.of());
    Set<ServiceState> different = new HashSet<>(states);
    return states.size() >= ENOUGH && different.size() == 1
        ? Optional.of(states.get(0))
        : Optional.empty();
  }

  /** Facts that teach another the same. */
  List<WordHeard> summary() {
    List<WordHeard> all = new ArrayList<>();
    heard.forEach((word, states) -> states.forEach(s -> all.add(new WordHeard(word, s))));
    return all;
  }

  private static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
