package dev.imfexporter.access.demo;

import dev.imfexporter.access.StartMode;
import java.util.List;
import java.util.Optional;

/**
 * The contents of a record of the system log, as Windows Server 2003 writes it.
 *
 * @param identifier with the severity and customer bits
 * @param type the EVENTLOG_ constant
 * @param user the SID of the account that caused it
 * @param data one byte for each character
 */
record DemoEvent(
    String provider,
    int identifier,
    int type,
    int category,
    Optional<String> user,
    List<String> strings,
    String data) {
  /** The account of Windows itself, and so of Automatic Updates. */
  static final String SYSTEM = "S-1-5-18";

  static final String ADMINISTRATOR = "S-1-5-21-1004336348-1177238915-682003330-500";

  private static final String SCM = "Service Control Manager";
  private static final String EVENT_LOG = "EventLog";

  private static final int ERROR = 1;
  private static final int WARNING = 2;
  private static final int INFORMATION = 4;

  // The high halves of event identifiers.
  private static final int INFORMATIONAL = 0x4000_0000;
  private static final int WARNING_BITS = 0x8000_0000;
  private static final int ERROR_BITS = 0xC000_0000;

  private static final int INSTALLATION = 8;
  private static final int CONNECTION_MANAGER = 4;

  /** 7035: a control was sent. */
  static DemoEvent control(DemoService service, String word, String user) {
    return of(service, INFORMATIONAL | 7035, INFORMATION, Optional.of(user), word);
  }

  /** 7036: a state was entered. */
  static DemoEvent entered(DemoService service, String word) {
    return of(service, INFORMATIONAL | 7036, INFORMATION, Optional.empty(), word);
  }

  /** 7034: the process ended unexpectedly, for the first time, and no action is configured. */
  static DemoEvent terminated(DemoService service) {
    return of(service, ERROR_BITS | 7034, ERROR, Optional.empty(), "1");
  }

  /** 7040: the start mode was changed. */
  static DemoEvent startMode(DemoService service, StartMode from, StartMode to) {
    return new DemoEvent(
        SCM,
        INFORMATIONAL | 7040,
        INFORMATION,
        0,
        Optional.of(SYSTEM),
        List.of(service.displayName(), words(from), words(to)),
        "");
  }

  private static String words(StartMode mode) {
    return switch (mode) {
      case AUTO, DELAYED_AUTO -> "auto start";
      case MANUAL -> "demand start";
      case DISABLED -> "disabled";
      case BOOT, SYSTEM -> mode.word();
    };
  }

  /** 19 of Automatic Updates: an update of the filter was installed. */
  static DemoEvent installed() {
    return new DemoEvent(
        "Windows Update Agent",
        19,
        INFORMATION,
        INSTALLATION,
        Optional.empty(),
        List.of("Update for Intelligent Message Filter for Exchange Server 2003 (KB907747)"),
        "Win32HResult=0x00000000 UpdateID={5E3B5A43-D16B-4A39-B8A0-0A0B6CCE97B1}");
  }

  /**
   * 18 of Automatic Updates: updates of Windows wait for their schedule. They wait for ever: the
   * story is about the filter's own updates. A true one begins with the date and the time.
   */
  static DemoEvent ready() {
    return new DemoEvent(
        "Windows Update Agent",
        18,
        INFORMATION,
        INSTALLATION,
        Optional.empty(),
        List.of(
            "",
            "3:00 AM",
            "\r\n- Security Update for Windows Server 2003 (KB933729)"
                + "\r\n- Cumulative Security Update for Outlook Express for Windows Server 2003"
                + " (KB941202)"),
        "");
  }

  /** 4006: the next hop refused the log-in, so mail for a domain was not delivered (KB329636). */
  static DemoEvent loginRefused() {
    return new DemoEvent(
        "smtpsvc",
        WARNING_BITS | 4006,
        WARNING,
        CONNECTION_MANAGER,
        Optional.empty(),
        List.of(
            "smarthost.example.net",
            "example.net",
            "The remote SMTP service rejected AUTH negotiation."),
        "");
  }

  /** 6006: the event log stopped, with the system. */
  static DemoEvent logStopped() {
    return log(6006, List.of(), "\u00ff\0\0\0");
  }

  /** 6009: the version of Windows that starts. */
  static DemoEvent booted() {
    return log(6009, List.of("5.02.", "3790", "Service Pack 2", "Multiprocessor Free"), "");
  }

  /** 6005: the event log started, with the system. */
  static DemoEvent logStarted() {
    return log(6005, List.of(), "");
  }

  private static DemoEvent of(
      DemoService service, int identifier, int type, Optional<String> user, String second) {
    return new DemoEvent(
        SCM, identifier, type, 0, user, List.of(service.displayName(), second), "");
  }

  private static DemoEvent log(int id, List<String> strings, String data) {
    return new DemoEvent(
        EVENT_LOG, WARNING_BITS | id, INFORMATION, 0, Optional.empty(), strings, data);
  }
}
