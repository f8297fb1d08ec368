package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.ServiceFact.WordLearned;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learns how a host's language calls the states of services, where the event log of an old Windows
 * has only the word: a word that goes with the same state twice, and never with another, means it.
 */
final class StateWords {
  private static final int AGREEMENTS = 2;

  /** A host has one language, and seven states. */
  private static final int MOST = 64;

  private final Map<String, Map<ServiceState, Integer>> seen = new HashMap<>();
  private final Map<String, ServiceState> learned = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  Optional<ServiceState> meaning(String word) {
    return Optional.ofNullable(learned.get(word));
  }

  /** A service was seen to enter a state at the time of an event with that word. */
  Optional<WordLearned> agreed(String word, ServiceState state) {
    if (learned.containsKey(word) || ambiguous.contains(word) || seen.size() >= MOST) {
      return Optional.empty();
    }
    Map<ServiceState, Integer> states = seen.computeIfAbsent(word, w -> new HashMap<>());
    int times = states.merge(state, 1, Integer::sum);
    if (states.size() > 1) {
      ambiguous.add(word);
      seen.remove(word);
      return Optional.empty();
    }
    if (times < AGREEMENTS) {
      return Optional.empty();
    }
    WordLearned fact = new WordLearned(word, state);
    replay(fact);
    return Optional.of(fact);
  }

  void replay(WordLearned fact) {
    learned.put(fact.word(), fact.state());
    seen.remove(fact.word());
  }

  /** What was learned, as facts. */
  java.util.List<Fact> snapshot() {
    return learned.entrySet().stream()
        .<Fact>map(entry -> new WordLearned(entry.getKey(), entry.getValue()))
        .toList();
  }
}
