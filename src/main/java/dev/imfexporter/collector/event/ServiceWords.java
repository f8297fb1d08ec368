package dev.imfexporter.collector.event;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Meaning.Control;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Windows' words for states and controls of services, by word. Words are compared without case.
 *
 * @param states as event 7036 of Windows Server 2003 names them
 * @param controls as event 7035 of any Windows names them
 */
public record ServiceWords(Map<String, ServiceState> states, Map<String, Control> controls) {
  /** No words. */
  public static final ServiceWords NONE = new ServiceWords(Map.of(), Map.of());

  private static final String FILE = "service-words.txt";

  /** The words of {@code service-words.txt}, which names the source of each. */
  static final ServiceWords SHIPPED = load();

  public ServiceWords {
    states = byKey(states);
    controls = byKey(controls);
  }

  /** These words and the other ones, which win where both have a word. */
  ServiceWords and(ServiceWords others) {
    Map<String, ServiceState> allStates = new HashMap<>(states);
    allStates.putAll(others.states);
    Map<String, Control> allControls = new HashMap<>(controls);
    allControls.putAll(others.controls);
    return new ServiceWords(allStates, allControls);
  }

  /** Empty for an unknown word. */
  Optional<ServiceState> state(String word) {
    return Optional.ofNullable(states.get(key(word)));
  }

  /** Empty for an unknown word. */
  Optional<Control> control(String word) {
    return Optional.ofNullable(controls.get(key(word)));
  }

  private static ServiceWords load() {
    try (InputStream file = ServiceWords.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not in the program");
      }
      return parse(
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceWords parse(List<String> lines) {
    Map<String, ServiceState> states = new HashMap<>();
    Map<String, Control> controls = new HashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(" = ", 2);
      String[] meaning = parts[0].split(" ", 2);
      switch (meaning[0]) {
        case "state" -> states.put(parts[1], ServiceState.valueOf(meaning[1]));
        case "control" -> controls.put(parts[1], Control.valueOf(meaning[1]));
        default -> throw new IllegalArgumentException(FILE + ": " + line);
      }
    }
    return new ServiceWords(states, controls);
  }

  private static <V> Map<String, V> byKey(Map<String, V> words) {
    Map<String, V> byKey = new HashMap<>();
    words.forEach((word, value) -> byKey.put(key(word), value));
    return Map.copyOf(byKey);
  }

  private static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
