package dev.imfexporter.access.win32;

import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.EventLogReader.Range;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits for new records of one event log of this machine. Windows pulses an event object, at most
 * once in five seconds, and signals nothing to a thread that does not wait at that moment, or for
 * what is written within the five seconds (<a
 * href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-notifychangeeventlog">
 * page</a>, <a href="https://support.microsoft.com/kb/833010">KB833010</a>). So the record numbers
 * of the log are compared as well, every five seconds.
 */
final class EventLogWatch extends WatchThread<EventLogWatch.OpenLog> {
  private static final int BETWEEN_PULSES_MILLIS = 5_000;

  private final String log;

  private EventLogWatch(String log, Runnable written) throws AccessException {
    super("event log " + log, BETWEEN_PULSES_MILLIS, written);
    this.log = log;
  }

  static EventLogWatch start(String log, Runnable written) throws AccessException {
    EventLogWatch watch = new EventLogWatch(log, written);
    watch.start();
    return watch;
  }

  @Override
  OpenLog arm() throws AccessException {
    return new OpenLog();
  }

  @Override
  OpenLog rearm(@Nullable OpenLog before) throws AccessException {
    OpenLog now = before == null ? arm() : before;
    now.compare();
    return now;
  }

  @Override
  boolean isChange(@Nullable OpenLog before, @Nullable OpenLog now, boolean signaled) {
    return now != null && (before == null || signaled || now.changed);
  }

  /** An open log that pulses an event. */
  final class OpenLog implements WatchThread.Armed {
    private final EventHandle event = EventHandle.create();
    private final EventLogHandle handle;
    private Optional<Range> range;
    private boolean changed;

    private OpenLog() throws AccessException {
      try {
        handle = EventLogHandle.open(null, log);
      } catch (AccessException | RuntimeException | Error e) {
        event.close();
        throw e;
      }
      try {
        handle.notify(event);
        range = handle.range();
      } catch (AccessException | RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private void compare() throws AccessException {
      Optional<Range> before = range;
      range = handle.range();
      changed = !range.equals(before);
    }

    @Override
    public HANDLE event() {
      return event.handle();
    }

    @Override
    public void close() {
      handle.close();
      event.close();
    }
  }
}
