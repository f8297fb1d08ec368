package dev.imfexporter.access.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.W32APIOptions;

/** advapi32.dll: the functions that jna-platform has, and those that it lacks. */
interface Advapi32 extends com.sun.jna.platform.win32.Advapi32 {
  Advapi32 ADVAPI32 = Native.load("advapi32", Advapi32.class, W32APIOptions.UNICODE_OPTIONS);

  /** Longest answer of {@link #QueryServiceConfig}, in bytes. */
  int QUERY_SERVICE_CONFIG_MAX = 8 * 1024;

  /** Structure version that NotifyServiceStatusChange wants. */
  int SERVICE_NOTIFY_STATUS_CHANGE = 2;

  /** Every state from SERVICE_NOTIFY_STOPPED to SERVICE_NOTIFY_PAUSED. */
  int SERVICE_NOTIFY_STATES = 0x7f;

  int SERVICE_NOTIFY_DELETE_PENDING = 0x200;

  /**
   * Asks for one notification as an APC on the calling thread (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-notifyservicestatuschangew">
   * page</a>).
   *
   * @param buffer must not be moved, freed or passed again before its callback was called or the
   *     handle closed
   * @return a system error code
   */
  int NotifyServiceStatusChangeW(SC_HANDLE service, int mask, ServiceNotify buffer);

  /**
   * Reads the configuration of a service (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-queryserviceconfigw">
   * page</a>).
   */
  boolean QueryServiceConfig(SC_HANDLE service, Pointer config, int size, IntByReference needed);

  /**
   * Asks for pulses of an event object after records were written, until the log is closed (<a
   * href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-notifychangeeventlog">
   * page</a>).
   */
  boolean NotifyChangeEventLog(HANDLE log, HANDLE event);

  /**
   * SERVICE_NOTIFY_2W (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_notify_2w">
   * page</a>).
   */
  @FieldOrder({
    "dwVersion",
    "pfnNotifyCallback",
    "pContext",
    "dwNotificationStatus",
    "ServiceStatus",
    "dwNotificationTriggered",
    "pszServiceNames"
  })
  final class ServiceNotify extends Structure {
    public int dwVersion = SERVICE_NOTIFY_STATUS_CHANGE;
    public NotifyCallback pfnNotifyCallback;
    public Pointer pContext = Pointer.NULL;
    public int dwNotificationStatus;
    public SERVICE_STATUS_PROCESS ServiceStatus = new SERVICE_STATUS_PROCESS();
    public int dwNotificationTriggered;
    public Pointer pszServiceNames = Pointer.NULL;

    ServiceNotify(NotifyCallback callback) {
      pfnNotifyCallback = callback;
    }
  }

  /** PFN_SC_NOTIFY_CALLBACK. */
  @FunctionalInterface
  interface NotifyCallback extends StdCallCallback {
    void notified(Pointer buffer);
  }

  /**
   * QUERY_SERVICE_CONFIGW (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-query_service_configw">
   * page</a>). Its texts lie in the buffer behind it.
   */
  @FieldOrder({
    "dwServiceType",
    "dwStartType",
    "dwErrorControl",
    "lpBinaryPathName",
    "lpLoadOrderGroup",
    "dwTagId",
    "lpDependencies",
    "lpServiceStartName",
    "lpDisplayName"
  })
  final class QueryServiceConfig extends Structure {
    public int dwServiceType;
    public int dwStartType;
    public int dwErrorControl;
    public Pointer lpBinaryPathName = Pointer.NULL;
    public Pointer lpLoadOrderGroup = Pointer.NULL;
    public int dwTagId;
    public Pointer lpDependencies = Pointer.NULL;
    public Pointer lpServiceStartName = Pointer.NULL;
    public Pointer lpDisplayName = Pointer.NULL;

    QueryServiceConfig(Pointer buffer) {
      super(buffer);
      read();
    }
  }
}
