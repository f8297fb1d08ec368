package dev.imfexporter.access.format;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One record of an event log (<a
 * href="https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord">
 * EVENTLOGRECORD</a>, MS-EVEN 2.2.3).
 *
 * @param number in its log, counted from 1 and used once until the log is cleared
 * @param written by the host's clock, in whole seconds
 * @param provider the source
 * @param id the low half of the event identifier, without the severity and customer bits
 * @param type the EVENTLOG_ constant as it is; 0, EVENTLOG_SUCCESS, is common
 * @param user the SID of the user that the event names, such as S-1-5-18
 * @param strings the values of the message's placeholders: the first is %1
 */
public record EventRecord(
    long number,
    Instant written,
    String provider,
    int id,
    int type,
    Optional<String> user,
    List<String> strings,
    EventData data) {
  public static final int ERROR = 1;
  public static final int WARNING = 2;
  public static final int INFORMATION = 4;
  public static final int AUDIT_SUCCESS = 8;
  public static final int AUDIT_FAILURE = 16;

  public EventRecord {
    strings = List.copyOf(strings);
  }

  /** The string that a message shows for %1, %2, …; "" where the event has none. */
  public String string(int placeholder) {
    return placeholder >= 1 && placeholder <= strings.size() ? strings.get(placeholder - 1) : "";
  }
}
