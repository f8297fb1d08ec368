package dev.imfexporter.winservice;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** netapi32.dll: who is in a local group of this machine. */
final class LocalGroups {
  private static final NetApi NET_API = Native.load("netapi32", NetApi.class);

  /** ERROR_MEMBER_IN_ALIAS. */
  private static final int IS_MEMBER = 1378;

  /** ERROR_MEMBER_NOT_IN_ALIAS. */
  private static final int IS_NO_MEMBER = 1377;

  private LocalGroups() {}

  /** Two functions that jna-platform lacks. */
  private interface NetApi extends StdCallLibrary {
    /**
     * Adds members (<a
     * href="https://learn.microsoft.com/windows/win32/api/lmaccess/nf-lmaccess-netlocalgroupaddmembers">
     * page</a>).
     *
     * @param server null for this machine
     * @param level 3 for names
     * @return a system error code
     */
    int NetLocalGroupAddMembers(
        @Nullable WString server, WString group, int level, Member member, int count);

    /**
     * Removes members (<a
     * href="https://learn.microsoft.com/windows/win32/api/lmaccess/nf-lmaccess-netlocalgroupdelmembers">
     * page</a>).
     */
    int NetLocalGroupDelMembers(
        @Nullable WString server, WString group, int level, Member member, int count);
  }

  /** LOCALGROUP_MEMBERS_INFO_3. */
  @FieldOrder("domainAndName")
  public static final class Member extends Structure {
    public WString domainAndName;

    Member(String account) {
      domainAndName = new WString(account);
    }
  }

  static void add(Grant.GroupMember.Group group, String account) throws ServiceException {
    int code = NET_API.NetLocalGroupAddMembers(null, name(group), 3, new Member(account), 1);
    if (code != 0 && code != IS_MEMBER) {
      throw ServiceException.of("NetLocalGroupAddMembers " + group.english(), code);
    }
  }

  static void remove(Grant.GroupMember.Group group, String account) throws ServiceException {
    int code = NET_API.NetLocalGroupDelMembers(null, name(group), 3, new Member(account), 1);
    if (code != 0 && code != IS_NO_MEMBER) {
      throw ServiceException.of("NetLocalGroupDelMembers " + group.english(), code);
    }
  }

  private static WString name(Grant.GroupMember.Group group) throws ServiceException {
    try {
      return new WString(Advapi32Util.getAccountBySid(group.sid()).name);
    } catch (Win32Exception e) {
      throw ServiceException.of("LookupAccountSid " + group.sid(), e.getErrorCode());
    }
  }
}
