package dev.imfexporter.collector;

import dev.imfexporter.text.HasWord;
import java.time.Instant;

/**
 * A decoded record of an event log.
 *
 * @param log the name of the log, for example {@code System}
 * @param record the number in the log
 * @param written by the host's clock, in whole seconds
 * @param provider the name that Event Viewer shows as the source
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
  public enum Level implements HasWord {
    ERROR,
    WARNING,
    INFORMATION,
    AUDIT_SUCCESS,
    AUDIT_FAILURE
  }
}
