package dev.imfexporter.cli;

import java.util.logging.LogManager;

/**
 * A log manager that goes on until the process ends, where the JDK's own falls silent as soon as a
 * signal arrives, and that reads no configuration of the JDK. Made by the JDK, by name.
 */
public final class LastingLogManager extends LogManager {

  /** The property that names the log manager, to be set before anything logs. */
  static final String PROPERTY = "java.util.logging.manager";

  @Override
  public void reset() {}

  @Override
  public void readConfiguration() {}
}
