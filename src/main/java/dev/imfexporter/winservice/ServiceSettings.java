package dev.imfexporter.winservice;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.platform.win32.Winsvc.ChangeServiceConfig2Info;

/** What ChangeServiceConfig2 takes and jna-platform lacks. */
final class ServiceSettings {
  /** SERVICE_CONFIG_DELAYED_AUTO_START_INFO. */
  static final int CONFIG_DELAYED_AUTO_START = 3;

  /** SERVICE_CONFIG_SERVICE_SID_INFO. */
  static final int CONFIG_SERVICE_SID = 5;

  /** SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO. */
  static final int CONFIG_REQUIRED_PRIVILEGES = 6;

  /** SERVICE_SID_TYPE_UNRESTRICTED: the SID of the service is in its token. */
  static final int SID_TYPE_UNRESTRICTED = 1;

  private ServiceSettings() {}

  /** A structure of one DWORD: SERVICE_DELAYED_AUTO_START_INFO, SERVICE_SID_INFO. */
  @FieldOrder("value")
  public static final class OneNumber extends ChangeServiceConfig2Info {
    public int value;

    OneNumber(int value) {
      this.value = value;
    }
  }

  /** SERVICE_REQUIRED_PRIVILEGES_INFO: names, each ended by a zero, and one zero more. */
  @FieldOrder("privileges")
  public static final class RequiredPrivileges extends ChangeServiceConfig2Info {
    public Pointer privileges;

    RequiredPrivileges(String... names) {
      String all = String.join("\0", names) + "\0\0";
      privileges = new Memory((long) all.length() * Native.WCHAR_SIZE);
      privileges.write(0, all.toCharArray(), 0, all.length());
    }
  }
}
