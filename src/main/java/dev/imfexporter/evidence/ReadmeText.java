package dev.imfexporter.evidence;

import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.Episode;
import java.util.Map;
import java.util.Optional;

/** The README of an archive, for a reader who has never heard of the exporter. */
final class ReadmeText {
  private static final String WHAT =
      """

      What this is
      ------------
      imf-exporter watches IIS Admin (IISADMIN), SMTP (SMTPSVC) and the services that depend on
      them on a Windows host. They share one process, inetinfo.exe, with the plug-ins (event
      sinks, filters, scanners) of several makers. When an update restarts IIS Admin, each of
      them has to shut down and to start again, and one that is slow keeps mail down.

      This archive has what was seen on one host, for the maker of such a plug-in. It says what
      happened when, how that is known, and which modules were loaded. It does not say which
      module is to blame.
      """;

  private static final String HOW =
      """

      How to read it
      --------------
      - Times are in UTC, by the clock of the exporter's machine; metrics.txt has how far the
        host's clock was from it (imf_host_clock_offset_seconds). Durations are as in ISO 8601:
        PT4.2S is 4.2 seconds, PT9M13S is 9 minutes and 13 seconds.
      - What is not known is absent, null or "not known". It is never 0.
      - Exit codes are Windows' own; "net helpmsg CODE" says what one means. An event with the
        id -1 stands for all further ids of its provider.
      - An outage is the time in which a service that had been running was not RUNNING. Its
        phases: "stop" until it was STOPPED, "down" until the start that succeeded, "start"
        until it was RUNNING. A long stop or start is the time that something in the process
        took; a long down is the time until it was started again.
      - An episode is one update with the outages around it, until mail flow was verified.
      - "seen by" says what reported a change: the event log, a notification of Windows, or a
        poll, which is as exact as its interval.

      What is not in it
      -----------------
      No passwords, no accounts of people (*** stands for them, and for commands of recovery
      actions; an event says only whether it was an account or the system), no messages, nothing
      of other hosts. It does have names: of the host, its services, folders and modules, titles
      of updates, and domains to which mail could not be delivered. Look through it before you
      send it.

      What the maker may ask for besides, on the host itself: a dump of inetinfo.exe while it
      hangs, and the logs. From Server 2008 on:
        wevtutil epl System system.evtx
        wevtutil epl Application application.evtx
      On Server 2003, in the Event Viewer: Action, Save Log File As.

      Whether it is whole
      -------------------
      SHA256SUMS has a checksum of each file:
        sha256sum -c SHA256SUMS                        (Linux)
        Get-FileHash * | Format-List Path, Hash        (PowerShell, to compare)
      """;

  private ReadmeText() {}

  private static String windows(AboutHost about) {
    return "The host runs %s, and booted at %s."
        .formatted(
            about.windows().orElse("a Windows whose version was not read"),
            about.bootedAt().map(TimeWords::dateAndTime).orElse("a time that is not known"));
  }

  /** What is down now may be of no update; then the last episode is another story. */
  private static String episode(Evidence evidence) {
    Optional<Episode> about = evidence.episode();
    if (about.isEmpty()) {
      return "No update was seen to restart anything.";
    }
    String sentence = EvidenceTexts.sentence(evidence.host().name(), about.get());
    boolean now = about.get().closed().isEmpty() || evidence.host().down().isEmpty();
    return now
        ? sentence
        : "What is down now is of no update that was seen: outages.txt has it, and episode.txt has an earlier update. "
            + sentence;
  }

  /**
   * @param files their names, each with a sentence
   */
  static String of(Evidence evidence, Map<String, String> files) {
    PlainText text = new PlainText();
    text.line("Evidence of the host " + evidence.host().name());
    text.line(
        "collected by imf-exporter %s at %s"
            .formatted(evidence.version(), TimeWords.dateAndTime(evidence.at())));
    text.block(WHAT);
    text.empty().heading("At a glance");
    text.line(EvidenceTexts.diagnosis(evidence).summary().headline());
    text.line(windows(AboutHost.of(evidence)));
    text.line(episode(evidence));
    text.empty().heading("The files");
    files.forEach((name, meaning) -> text.line("%-18s %s".formatted(name, meaning)));
    text.block(HOW);
    return text.toString();
  }
}
