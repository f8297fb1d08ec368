package dev.imfexporter.winservice;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A right that the account of the service gets when it is installed, and loses with it. */
public sealed interface Grant {
  /** What the right is, in words. */
  String describe();

  /** Gives the right; also succeeds if the account has it. */
  void give(String account) throws ServiceException;

  /** Takes the right; also succeeds if the account has it not. */
  void take(String account) throws ServiceException;

  /**
   * A right on a folder and what is in it.
   *
   * @param folder an absolute path
   */
  record FolderRight(Path folder, Access access) implements Grant {
    /** What may be done in the folder. */
    public enum Access {
      READ("read", "RX"),
      CHANGE("read and write", "M");

      private final String words;
      private final String icacls;

      Access(String words, String icacls) {
        this.words = words;
        this.icacls = icacls;
      }
    }

    @Override
    public String describe() {
      return "%s %s".formatted(access.words, folder);
    }

    @Override
    public void give(String account) throws ServiceException {
      SystemTool.run(giveCommand(account));
    }

    @Override
    public void take(String account) throws ServiceException {
      if (Files.exists(folder)) {
        SystemTool.run(takeCommand(account));
      }
    }

    /** OI and CI: files and folders in it inherit the right. */
    List<String> giveCommand(String account) {
      return List.of(
          "icacls", folder.toString(), "/grant", account + ":(OI)(CI)" + access.icacls, "/Q");
    }

    List<String> takeCommand(String account) {
      return List.of("icacls", folder.toString(), "/remove:g", account, "/Q");
    }
  }

  /** Membership in a group that each Windows has; its name is another in each language. */
  record GroupMember(Group group) implements Grant {
    /** <a href="https://learn.microsoft.com/windows/win32/secauthz/well-known-sids">SIDs</a>. */
    public enum Group {
      PERFORMANCE_MONITOR_USERS("S-1-5-32-558", "Performance Monitor Users"),
      EVENT_LOG_READERS("S-1-5-32-573", "Event Log Readers");

      private final String sid;
      private final String english;

      Group(String sid, String english) {
        this.sid = sid;
        this.english = english;
      }

      /** The security identifier of the group. */
      public String sid() {
        return sid;
      }

      /** Its name on an English Windows. */
      public String english() {
        return english;
      }
    }

    @Override
    public String describe() {
      return "member of " + group.english();
    }

    @Override
    public void give(String account) throws ServiceException {
      LocalGroups.add(group, account);
    }

    @Override
    public void take(String account) throws ServiceException {
      LocalGroups.remove(group, account);
    }
  }
}
