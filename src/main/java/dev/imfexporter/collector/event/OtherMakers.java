package dev.imfexporter.collector.event;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which sources of the Application log are not Microsoft's, as far as their names say so. A record
 * does not name the maker of its source. A source of Microsoft that is missing here is taken for
 * another maker's, and its records are shown as evidence of time and order, which they are all the
 * same.
 */
final class OtherMakers {
  /** How names of Microsoft's sources begin, and no others' are likely to, in lower case. */
  private static final List<String> PREFIXES =
      List.of(
          ".net runtime",
          "asp.net",
          "certificateservicesclient",
          "complus",
          "iis-",
          "iisinfoctrs",
          "microsoft",
          "msexchange",
          "mssql",
          "sqlserver",
          "w3svc",
          "windows ");

  /** Names of other sources of Windows, IIS and Exchange, in lower case. */
  private static final Set<String> NAMES =
      Set.of(
          "active server pages",
          "application error",
          "application hang",
          "application management",
          "application popup",
          "autoenrollment",
          "certenroll",
          "chkdsk",
          "ci",
          "com",
          "com+",
          "crypt32",
          "davex",
          "desktop window manager",
          "ese",
          "ese backup",
          "esent",
          "eventlog",
          "eventsystem",
          "excdo",
          "exifs",
          "exoledb",
          "exprox",
          "folder redirection",
          "group policy client",
          "iisadmin",
          "iisctls",
          "imap4svc",
          "inetinfo",
          "loadperf",
          "msadc",
          "msdtc",
          "msdtc client",
          "msftesql",
          "msiinstaller",
          "nntpsvc",
          "ntbackup",
          "oakley",
          "offline files",
          "outlook",
          "perfctrs",
          "perfdisk",
          "perflib",
          "perfnet",
          "perfos",
          "perfproc",
          "pop3svc",
          "profsvc",
          "resvc",
          "restartmanager",
          "scecli",
          "scesrv",
          "sclgntfy",
          "securitycenter",
          "security-spp",
          "sidebyside",
          "smtpsvc",
          "software installation",
          "software licensing service",
          "software protection platform service",
          "sysmonlog",
          "tlntsvr",
          "usbperf",
          "user profile service",
          "userenv",
          "vbruntime",
          "volsnap",
          "vss",
          "winlogon",
          "winmgmt",
          "wininit",
          "wmi",
          "wmi.net provider extension",
          "wsh");

  private OtherMakers() {}

  static boolean has(String provider) {
    String name = provider.toLowerCase(Locale.ROOT).strip();
    return !name.isEmpty()
        && !NAMES.contains(name)
        && PREFIXES.stream().noneMatch(name::startsWith);
  }
}
