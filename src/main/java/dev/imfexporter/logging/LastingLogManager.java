package dev.imfexporter.logging;

import java.util.logging.LogManager;

/**
 * A log manager that logs until the process ends (the JDK's own stops as soon as a signal arrives)
 * and ignores the JDK's logging.properties. The JDK makes it by its name.
 */
public final class LastingLogManager extends LogManager {

  /** The system property that names the log manager; to be set before anything logs. */
  public static final String PROPERTY = "java.util.logging.manager";

  @Override
  public void reset() {}

  @Override
  public void readConfiguration() {}
}
