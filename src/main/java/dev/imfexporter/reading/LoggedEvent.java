package dev.imfexporter.reading;

import java.time.Instant;
import java.util.Locale;

/**
 * A record of an event log that matters here.
 *
 * @param log its name, e.g. {@code System}
 * @param record its number in the log
 * @param written by the host's clock, in whole seconds
 * @param provider the source
 * @param id without the severity and customer bits
 */
public record LoggedEvent(
    String log,
    long record,
    Instant written,
    String provider,
    int id,
    Level level,
    Meaning meaning) {

  /** The classic event types (MS-EVEN, ReportEvent). */
  public enum Level {
    ERROR,
    WARNING,
    INFORMATION,
    AUDIT_SUCCESS,
    AUDIT_FAILURE;

    /** The word that labels and pages use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
