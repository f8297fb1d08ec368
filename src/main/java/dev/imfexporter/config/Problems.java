package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Collects the errors of one file, so that the user sees all of them at once. */
final class Problems {
  private final String file;
  private final List<ConfigError> errors = new ArrayList<>();
  private final List<ConfigError> warnings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String path, String sentence) {
    errors.add(new ConfigError(file, line, path, sentence));
  }

  /** Adds that something else was found, unless that has an error already. */
  void expected(String want, String path, Node found, Collection<String> words) {
    if (!YamlDocument.isUnreadable(found)) {
      String hint =
          YamlDocument.scalar(found, Tag.STR).flatMap(text -> Nearest.hint(text, words)).orElse("");
      add(
          YamlDocument.line(found),
          path,
          "expected " + want + ", found " + YamlDocument.describe(found) + hint);
    }
  }

  /** Adds what does not keep the file from being used. */
  void warn(int line, String path, String sentence) {
    warnings.add(new ConfigError(file, line, path, sentence));
  }

  /** At most as many as of errors. */
  List<ConfigError> warnings() {
    return warnings.stream().limit(ConfigException.MOST).toList();
  }

  /** Adds a last error, after which the file cannot be read further. */
  ConfigException with(int line, String path, String sentence) {
    add(line, path, sentence);
    return exception();
  }

  void throwIfAny() throws ConfigException {
    throwIfAny(List.of(this));
  }

  /** Throws what is wrong with all files. */
  static void throwIfAny(List<Problems> all) throws ConfigException {
    ConfigException.throwIfAny(all.stream().map(Problems::exception).toList());
  }

  /** Everything in the order of the lines. */
  private ConfigException exception() {
    return new ConfigException(
        errors.stream().sorted(Comparator.comparingInt(ConfigError::line)).toList());
  }

  /** A line of the file, for an error of another one. */
  String place(int line) {
    return file + ":" + line;
  }
}
