package dev.imfexporter.winservice;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinReg;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The source of this service in the Application log. Its message file is that of {@code
 * EventCreate.exe}, a part of Windows whose messages 1 to 1000 are the text that comes with the
 * event: the event viewer then shows it without a message file of our own.
 */
public final class ApplicationLog implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ApplicationLog.class.getName());
  private static final String SOURCES =
      "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application";
  private static final String MESSAGE_FILE = "%SystemRoot%\\System32\\EventCreate.exe";
  private static final int MAX_TEXT = 2000;

  private final HANDLE source;

  private ApplicationLog(HANDLE source) {
    this.source = source;
  }

  /** What is written. */
  public enum Event {
    STARTED(1, WinNT.EVENTLOG_INFORMATION_TYPE),
    STOPPED(2, WinNT.EVENTLOG_INFORMATION_TYPE),
    FAILED(3, WinNT.EVENTLOG_ERROR_TYPE);

    private final int id;
    private final int type;

    Event(int id, int type) {
      this.id = id;
      this.type = type;
    }
  }

  /** Registers the source. */
  public static void register() throws ServiceException {
    String key = SOURCES + "\\" + Registration.NAME;
    try {
      Advapi32Util.registryCreateKey(WinReg.HKEY_LOCAL_MACHINE, SOURCES, Registration.NAME);
      Advapi32Util.registrySetExpandableStringValue(
          WinReg.HKEY_LOCAL_MACHINE, key, "EventMessageFile", MESSAGE_FILE);
      Advapi32Util.registrySetIntValue(
          WinReg.HKEY_LOCAL_MACHINE,
          key,
          "TypesSupported",
          WinNT.EVENTLOG_ERROR_TYPE
              | WinNT.EVENTLOG_WARNING_TYPE
              | WinNT.EVENTLOG_INFORMATION_TYPE);
    } catch (Win32Exception e) {
      throw ServiceException.of("registry key HKLM\\" + key, e.getErrorCode());
    }
  }

  /** Removes the source, if it is registered. */
  public static void unregister() throws ServiceException {
    String key = SOURCES + "\\" + Registration.NAME;
    try {
      if (Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, key)) {
        Advapi32Util.registryDeleteKey(WinReg.HKEY_LOCAL_MACHINE, SOURCES, Registration.NAME);
      }
    } catch (Win32Exception e) {
      throw ServiceException.of("registry key HKLM\\" + key, e.getErrorCode());
    }
  }

  /** Opens the log to write into it. */
  public static ApplicationLog open() throws ServiceException {
    HANDLE source = Advapi32.INSTANCE.RegisterEventSource(null, Registration.NAME);
    if (source == null) {
      throw ServiceException.lastError("RegisterEventSource " + Registration.NAME);
    }
    return new ApplicationLog(source);
  }

  /** Writes an event; one that cannot be written is logged, and nothing else. */
  public void write(Event event, String text) {
    String[] texts = {text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text};
    if (!Advapi32.INSTANCE.ReportEvent(
        source, event.type, 0, event.id, null, texts.length, 0, texts, null)) {
      LOG.log(
          Level.WARNING,
          ServiceException.lastError("ReportEvent " + Registration.NAME).getMessage());
    }
  }

  @Override
  public void close() {
    Advapi32.INSTANCE.DeregisterEventSource(source);
  }
}
