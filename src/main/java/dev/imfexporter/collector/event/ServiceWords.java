package dev.imfexporter.collector.event;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Meaning.Control;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  static final Pattern LINE = Pattern.compile("(?m)^(state|control) (\\w+) = (.+)$");

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
    Map<String, ServiceState> states = new HashMap<>();
    Map<String, Control> controls = new HashMap<>();
    try (InputStream file = ServiceWords.class.getResourceAsStream(FILE)) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      Matcher line = LINE.matcher(text);
      while (line.find()) {
        if (line.group(1).equals("state")) {
          states.put(line.group(3), ServiceState.valueOf(line.group(2)));
        } else {
          controls.put(line.group(3), Control.valueOf(line.group(2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
