package dev.imfexporter.collector.event;

import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.HostText;
import dev.imfexporter.collector.Meaning;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Events that tell the cause of a trouble. Their order of strings differs between versions. */
final class ClueEvents {
  private static final int LONGEST = 160;

  /** "An internal DNS error caused a failure to find the remote server" (KB263237, KB820284). */
  private static final int DNS_ERROR = 0xC00402E7;

  private static final Pattern DNS = Pattern.compile("(?i)internal DNS error|any DNS server");

  /** "The remote SMTP service rejected AUTH negotiation" (KB329636), and the replies of servers. */
  private static final Pattern LOGIN =
      Pattern.compile("\\bAUTH\\b|\\b53[0458]\\b|\\b5\\.7\\.(?:3|8|9|30|57)\\b");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

  private ClueEvents() {}

  /**
   * 4000 and 4006: the strings are a host, a domain and the reason, in the host's language; the
   * data has its code.
   */
  static Optional<Meaning> undelivered(EventRecord event) {
    List<String> strings =
        event.strings().stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    if (strings.isEmpty()) {
      return Optional.empty();
    }
    String reason =
        strings.stream()
            .filter(text -> text.indexOf(' ') >= 0)
            .max(Comparator.comparing(String::length))
            .orElse("");
    String about =
        strings.stream()
            .filter(text -> text.indexOf(' ') < 0)
            .reduce((first, second) -> second)
            .orElse("");
    boolean dns =
        event.data().firstWord().equals(Optional.of(DNS_ERROR)) || DNS.matcher(reason).find();
    Clue refused = LOGIN.matcher(reason).find() ? Clue.LOGIN_REFUSED : Clue.DELIVERY_FAILED;
    return clue(dns ? Clue.DNS_FAILED : refused, about, reason);
  }

  /** The Performance Library's complaints about a provider; only that of SMTP matters here. */
  static Optional<Meaning> countersFailed(EventRecord event) {
    return event.strings().stream().anyMatch(WellKnownServices.SMTP::equalsIgnoreCase)
        ? clue(Clue.COUNTERS_FAILED, WellKnownServices.SMTP, "")
        : Optional.empty();
  }

  /** 2013 of the server driver: a disk has less free space than its threshold. */
  static Optional<Meaning> nearlyFull(EventRecord event) {
    return event.strings().stream()
        .map(String::strip)
        .filter(text -> DRIVE.matcher(text).matches())
        .findFirst()
        .flatMap(drive -> clue(Clue.DISK_FULL, drive, ""));
  }

  private static Optional<Meaning> clue(Clue clue, String about, String reason) {
    return Optional.of(
        new Meaning.ClueGiven(
            clue, HostText.printable(about, LONGEST), HostText.printable(reason, LONGEST)));
  }
}
