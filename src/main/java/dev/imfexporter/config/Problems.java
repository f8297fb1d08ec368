package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the errors of one file, so that the user sees all of them at once. */
final class Problems {
  /** A hostile file must not fill the log. */
  private static final int SHOWN = 100;

  private final String file;
  private final List<ConfigError> errors = new ArrayList<>();
  private final List<ConfigError> warnings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String path, String sentence) {
    errors.add(new ConfigError(file, line, path, sentence));
  }

  /** Adds what does not keep the file from being used. */
  void warn(int line, String path, String sentence) {
    warnings.add(new ConfigError(file, line, path, sentence));
  }

  /** At most as many as of errors. */
  List<ConfigError> warnings() {
    return warnings.stream().limit(SHOWN).toList();
  }

  /** Adds a last error, after which the file cannot be read further. */
  ConfigException with(int line, String path, String sentence) {
    add(line, path, sentence);
    return exception();
  }

  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      throw exception();
    }
  }

  private ConfigException exception() {
    List<ConfigError> sorted = new ArrayList<>(errors);
    sorted.sort(Comparator.comparingInt(ConfigError::line));
    if (sorted.size() > SHOWN) {
      int more = sorted.size() - SHOWN;
      sorted.subList(SHOWN, sorted.size()).clear();
      sorted.add(new ConfigError(file, 0, "", more + " further errors are not shown"));
    }
    return new ConfigException(sorted);
  }
}
