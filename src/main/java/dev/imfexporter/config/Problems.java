package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that all of it is told at once. */
final class Problems {
  /** Nobody reads more, and a hostile file must not fill the log. */
  private static final int SHOWN = 100;

  private final String file;
  private final List<ConfigError> errors = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String path, String sentence) {
    errors.add(new ConfigError(file, line, path, sentence));
  }

  void throwIfAny() throws ConfigException {
    if (errors.isEmpty()) {
      return;
    }
    List<ConfigError> sorted = new ArrayList<>(errors);
    sorted.sort(Comparator.comparingInt(ConfigError::line));
    if (sorted.size() > SHOWN) {
      int more = sorted.size() - SHOWN;
      sorted.subList(SHOWN, sorted.size()).clear();
      sorted.add(new ConfigError(file, 0, "", more + " further errors are not shown"));
    }
    throw new ConfigException(sorted);
  }
}
