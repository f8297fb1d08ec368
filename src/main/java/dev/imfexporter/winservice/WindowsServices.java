package dev.imfexporter.winservice;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.platform.win32.Winsvc.ChangeServiceConfig2Info;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.W32APIOptions;

/** advapi32.dll: what jna-platform has of services, and what it lacks. */
interface WindowsServices extends com.sun.jna.platform.win32.Advapi32 {
  WindowsServices ADVAPI32 =
      Native.load("advapi32", WindowsServices.class, W32APIOptions.UNICODE_OPTIONS);

  /** SERVICE_CONFIG_DELAYED_AUTO_START_INFO of ChangeServiceConfig2. */
  int CONFIG_DELAYED_AUTO_START = 3;

  /** SERVICE_CONFIG_SERVICE_SID_INFO of ChangeServiceConfig2. */
  int CONFIG_SERVICE_SID = 5;

  /** SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO of ChangeServiceConfig2. */
  int CONFIG_REQUIRED_PRIVILEGES = 6;

  /** SERVICE_SID_TYPE_UNRESTRICTED: the SID of the service is in its token. */
  int SID_TYPE_UNRESTRICTED = 1;

  /**
   * Reads the configuration of a service (<a
   * href="https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-queryserviceconfigw">
   * page</a>).
   */
  boolean QueryServiceConfig(SC_HANDLE service, Pointer config, int size, IntByReference needed);

  /** A structure of one DWORD: SERVICE_DELAYED_AUTO_START_INFO, SERVICE_SID_INFO. */
  @FieldOrder("value")
  final class OneNumber extends ChangeServiceConfig2Info {
    public int value;

    OneNumber(int value) {
      this.value = value;
    }
  }

  /** SERVICE_REQUIRED_PRIVILEGES_INFO: names, each ended by a zero, and one zero more. */
  @FieldOrder("privileges")
  final class RequiredPrivileges extends ChangeServiceConfig2Info {
    public Pointer privileges;

    RequiredPrivileges(String... names) {
      String all = String.join("\0", names) + "\0\0";
      privileges = new Memory((long) all.length() * Native.WCHAR_SIZE);
      privileges.write(0, all.toCharArray(), 0, all.length());
    }
  }
}
