package dev.imfexporter.reading.event;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.reading.Meaning.Control;
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
 * Windows' words for states and controls of services, in its languages; the file {@code
 * service-words.txt} says where each is from. Compared without case. Immutable.
 */
final class ServiceWords {
  private static final String FILE = "service-words.txt";

  private final Map<String, ServiceState> states = new HashMap<>();
  private final Map<String, Control> controls = new HashMap<>();

  private ServiceWords(List<String> lines) {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(" = ", 2);
      String[] meaning = parts[0].split(" ", 2);
      String word = key(parts[1]);
      switch (meaning[0]) {
        case "state" -> states.put(word, ServiceState.valueOf(meaning[1]));
        case "control" -> controls.put(word, Control.valueOf(meaning[1]));
        default -> throw new IllegalArgumentException(FILE + ": " + line);
      }
    }
  }

  /** The words that come with the program. */
  static ServiceWords shipped() {
    InputStream file = ServiceWords.class.getResourceAsStream(FILE);
    if (file == null) {
      throw new IllegalStateException(FILE + " is not in the program");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return new ServiceWords(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of that word; empty when the word is not known. */
  Optional<ServiceState> state(String word) {
    return Optional.ofNullable(states.get(key(word)));
  }

  /** The control of that word; empty when the word is not known. */
  Optional<Control> control(String word) {
    return Optional.ofNullable(controls.get(key(word)));
  }

  private static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
