package dev.imfexporter.trouble;

import dev.imfexporter.text.HasWord;
import java.util.function.Function;

/**
 * A trouble that administrators of IIS SMTP have had before. Its word is a label of {@code
 * imf_known_trouble}, and a heading of docs/troubles.md.
 */
public enum Trouble implements HasWord {
  MACHINE_KEYS(
      "IIS Admin cannot use the machine key with which the metabase is encrypted",
      "https://blogs.iis.net/lprete/iis6-restoring-metabase-configuration-to-a-new-server",
      ServiceTroubles::machineKeys),
  METABASE_CORRUPT(
      "IIS Admin cannot read the metabase",
      "https://technet.microsoft.com/en-us/library/cc738704(v=ws.10).aspx",
      ServiceTroubles::metabaseCorrupt),
  LEFT_DISABLED(
      "An installer left a service disabled or manual",
      "https://learn.microsoft.com/windows-server/administration/windows-commands/sc-config",
      ServiceTroubles::leftDisabled),
  STOPS_AGAIN(
      "A corrupted message ends IIS Admin about five minutes after each start",
      "https://support.microsoft.com/kb/819019",
      ServiceTroubles::stopsAgain),
  SERVICE_EXIT_CODE(
      "The exit code of a service says why it stopped",
      "https://learn.microsoft.com/windows/win32/debug/system-error-codes--1000-1299-",
      ExitCodes::match),
  PORT_TAKEN(
      "Another program has the port of the virtual server",
      "https://learn.microsoft.com/windows-server/administration/windows-commands/netstat",
      SetupTroubles::portTaken),
  SETTINGS_RESET(
      "An update or upgrade reset the settings of the virtual server",
      "https://support.microsoft.com/kb/976323",
      SetupTroubles::settingsReset),
  COUNTERS_MISSING(
      "The performance counters of SMTP are disabled or damaged",
      "https://support.microsoft.com/kb/300956",
      SetupTroubles::countersMissing),
  DISK_FULL(
      "A disk of the host is full, or nearly so",
      "https://support.microsoft.com/kb/329167",
      DiskTroubles::full),
  DISK_FILLS(
      "A disk of the mail folders fills within a day",
      "https://learn.microsoft.com/windows-server/administration/windows-commands/forfiles",
      DiskTroubles::fills),
  NEXT_HOP_REFUSES_LOGIN(
      "The next hop refuses the log-in of SMTP",
      "https://support.microsoft.com/kb/329636",
      MailTroubles::nextHopRefusesLogin),
  DNS_FAILS(
      "The DNS of the host does not answer SMTP",
      "https://support.microsoft.com/kb/820284",
      MailTroubles::dnsFails),
  AUTOMATIC_ON_2019(
      "SMTP was started too early in the boot, which stops delivery on Windows Server 2019",
      "https://learn.microsoft.com/windows-server/administration/windows-commands/sc-config",
      MailTroubles::automaticOn2019),
  QUEUE_FILE_IDLE(
      "SMTP has lost sight of files in its queue folder",
      "https://support.microsoft.com/kb/934709",
      MailTroubles::queueFileIdle),
  BADMAIL_FULL(
      "Badmail is so full that a stop takes minutes",
      "https://support.microsoft.com/kb/555408",
      MailTroubles::badmailFull);

  /** Goes with every cause. */
  public static final String WARNING =
      "A likely cause is not certain. If an update came before it, do not conclude that the update is"
          + " broken, and do not begin by uninstalling it.";

  private final String title;
  private final String article;

  @SuppressWarnings("ImmutableEnumChecker") // A reference to a pure method.
  private final Function<Known, Match> signature;

  Trouble(String title, String article, Function<Known, Match> signature) {
    this.title = title;
    this.article = article;
    this.signature = signature;
  }

  /** A sentence without a full stop. */
  public String title() {
    return title;
  }

  /** The address of Microsoft's page about it, or about the command that mends it. */
  public String article() {
    return article;
  }

  Match match(Known host) {
    return signature.apply(host);
  }
}
