package dev.imfexporter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Configuration files that cannot be used. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Hostile files must not fill the log. */
  static final int MOST = 100;

  private final transient List<ConfigError> first;
  private final int further;

  ConfigException(List<ConfigError> errors) {
    this(errors, 0);
  }

  private ConfigException(List<ConfigError> errors, int more) {
    super(
        shown(errors, more).stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
    first = errors.stream().limit(MOST).toList();
    further = more + errors.size() - first.size();
  }

  private static List<ConfigError> shown(List<ConfigError> errors, int more) {
    List<ConfigError> shown = new ArrayList<>(errors.stream().limit(MOST).toList());
    int further = more + errors.size() - shown.size();
    if (further > 0) {
      String file = shown.get(shown.size() - 1).file();
      shown.add(new ConfigError(file, 0, "", further + " further errors are not shown"));
    }
    return shown;
  }

  /** Throws one with the errors of all. */
  static void throwIfAny(List<ConfigException> all) throws ConfigException {
    List<ConfigError> errors = all.stream().flatMap(each -> each.first.stream()).toList();
    if (!errors.isEmpty()) {
      throw new ConfigException(errors, all.stream().mapToInt(each -> each.further).sum());
    }
  }

  /** Everything that is wrong, by file and line; at least one. */
  public List<ConfigError> errors() {
    return shown(first, further);
  }
}
