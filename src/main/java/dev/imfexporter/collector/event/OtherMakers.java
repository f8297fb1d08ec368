package dev.imfexporter.collector.event;

import java.util.List;
import java.util.Locale;

/**
 * Which sources of the Application log are not Microsoft's, as far as their names say so. A record
 * does not name the maker of its source.
 */
final class OtherMakers {
  /**
   * How the names of Microsoft's sources begin, in lower case: of Windows, IIS, Exchange and what
   * usually runs beside them. One that is missing here is taken for another maker's, and its
   * records are shown as evidence of time and order, which they are all the same.
   */
  private static final List<String> MICROSOFT =
      List.of(
          ".net",
          "active server pages",
          "application error",
          "application hang",
          "application management",
          "application popup",
          "asp.net",
          "autoenrollment",
          "capi2",
          "certificate services client",
          "certification authority",
          "chkdsk",
          "ci",
          "com+",
          "complus",
          "crypt32",
          "davex",
          "desktop window manager",
          "ese",
          "event",
          "excdo",
          "exifs",
          "exoledb",
          "exprox",
          "folder redirection",
          "group policy",
          "iis",
          "imap4svc",
          "inetinfo",
          "loadperf",
          "metabase",
          "microsoft",
          "msadc",
          "msdtc",
          "msexchange",
          "msftesql",
          "msiinstaller",
          "mssearch",
          "mssql",
          "nntpsvc",
          "ntbackup",
          "oakley",
          "office",
          "offline files",
          "outlook",
          "perf",
          "pop3svc",
          "powershell",
          "profsvc",
          "resvc",
          "restartmanager",
          "scecli",
          "scesrv",
          "sclgntfy",
          "security",
          "server infrastructure licensing",
          "sidebyside",
          "smtpsvc",
          "software",
          "sqlserver",
          "sqlvdi",
          "sysmon",
          "termserv",
          "tlntsvr",
          "usbperf",
          "user profile",
          "userenv",
          "vbruntime",
          "volsnap",
          "vss",
          "w3",
          "wbem",
          "windows",
          "wininit",
          "winlogon",
          "winmgmt",
          "winsrv",
          "wmi",
          "wsh");

  private OtherMakers() {}

  static boolean has(String provider) {
    String name = provider.toLowerCase(Locale.ROOT);
    return !name.isBlank() && MICROSOFT.stream().noneMatch(name::startsWith);
  }
}
