package dev.imfexporter.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that cannot be used. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigError> errors;

  ConfigException(List<ConfigError> errors) {
    super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** Everything that is wrong, by line; at least one. */
  public List<ConfigError> errors() {
    return errors;
  }
}
