package dev.imfexporter.trouble;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mail that SMTP takes and does not pass on, and folders that fill. */
final class MailTroubles {
  private static final Duration AFTER_BOOT = Duration.ofMinutes(10);
  private static final Duration SLOW_STOP = Duration.ofMinutes(1);
  private static final Duration IDLE = Duration.ofHours(1);

  /** It counts from the start of the service on. */
  private static final List<SmtpCounter> SENT = List.of(SmtpCounter.MESSAGES_SENT_TOTAL);

  static final String START_LATER =
      "sc.exe config SMTPSVC start= delayed-auto, so that the next boot starts it later.";

  private MailTroubles() {}

  static Match nextHopRefusesLogin(Known host) {
    return byClue(
        host,
        Clue.LOGIN_REFUSED,
        "On %s, look at the log-in of the virtual server in the IIS 6 Manager (Delivery, Outbound"
                .formatted(host.host())
            + " Security): account and password as the next hop wants them, basic authentication with"
            + " TLS. A password that expired there is the usual cause.",
        "Exchange Online refuses passwords for SMTP (550 5.7.30): send by a connector that knows the"
            + " relay by its address or certificate, or over another service.",
        "Do not restart SMTP for this. Messages in retry go out by themselves once the log-in works;"
            + " those that bounced have to be sent again.");
  }

  static Match dnsFails(Known host) {
    String domain = host.recentClue(Clue.DNS_FAILED).map(ClueSeen::about).orElse("");
    return byClue(
        host,
        Clue.DNS_FAILED,
        "On %s: ipconfig /all names its DNS servers; ask each: nslookup -type=mx %s SERVER."
            .formatted(host.host(), domain),
        "Ask by TCP too (nslookup, set vc, set type=mx, %s): SMTP needs it for long answers, and a"
                .formatted(domain)
            + " firewall may let only UDP through.",
        "Do not restart SMTP for this: it tries again by itself.");
  }

  private static Match byClue(Known host, Clue clue, String... steps) {
    if (!host.eventsRead()) {
      return Match.NOT_KNOWN;
    }
    return host.recentClue(clue)
        .map(seen -> Match.likely(List.of(undelivered(seen, host)), steps))
        .orElse(Match.NO);
  }

  private static String undelivered(ClueSeen seen, Known host) {
    return "A delivery to %s failed at %s (event %s)%s"
        .formatted(
            seen.about().isEmpty() ? "a domain" : seen.about(),
            host.time(seen.at()),
            seen.event(),
            seen.reason().isEmpty() ? "." : ": " + seen.reason());
  }

  /** It starts automatically, was started by the boot, and has sent nothing since. */
  static Match automaticOn2019(Known host) {
    Timed<HostClockState> clock = host.snapshot().collected().get(CollectorKey.HOST);
    Optional<Smtp> smtp = host.snapshot().collected().value(CollectorKey.SMTP);
    if (!host.eventsRead() || clock.value().isEmpty() || (smtp.isEmpty() && host.smtpRuns())) {
      return Match.NOT_KNOWN;
    }
    Instant boot = boot(clock, clock.value().get());
    Optional<Instant> start =
        host.service(SMTP)
            .flatMap(ServiceHistory::lastStart)
            .filter(at -> Duration.between(boot, at).abs().compareTo(AFTER_BOOT) <= 0);
    Optional<ClueSeen> undelivered =
        Stream.of(Clue.DELIVERY_FAILED, Clue.DNS_FAILED)
            .flatMap(clue -> host.recentClue(clue).stream())
            .filter(seen -> start.filter(at -> seen.at().isAfter(at)).isPresent())
            .findFirst();
    boolean sent =
        smtp.filter(read -> read.virtualServers().stream().anyMatch(server -> server.sum(SENT) > 0))
            .isPresent();
    if (sent || undelivered.isEmpty() || !host.fails() || !mayStartTooEarly(host)) {
      return Match.NO;
    }
    return Match.likely(
        List.of(
            "SMTPSVC starts automatically, was started by the boot at %s, and has sent nothing since."
                .formatted(host.time(boot)),
            undelivered(undelivered.get(), host)),
        "On %s: net stop SMTPSVC, net start SMTPSVC. If mail flows from then on, this was the cause."
            .formatted(host.host()),
        START_LATER);
  }

  private static Instant boot(Timed<HostClockState> clock, HostClockState read) {
    return clock.at().minus(read.sinceBoot());
  }

  /** Only Exchange 2003 has a definition, and that runs on no Windows of 2019. */
  private static boolean mayStartTooEarly(Known host) {
    return host.startMode(SMTP).equals(Optional.of(StartMode.AUTO))
        && host.snapshot()
            .collected()
            .value(CollectorKey.DEFINITION)
            .flatMap(Definition::registered)
            .isEmpty();
  }

  /** Deliveries failed after the last boot, and then SMTPSVC was started anew. */
  static Optional<String> startedTooEarlyBefore(Known host) {
    Timed<HostClockState> clock = host.snapshot().collected().get(CollectorKey.HOST);
    if (clock.value().isEmpty() || !mayStartTooEarly(host)) {
      return Optional.empty();
    }
    Instant boot = boot(clock, clock.value().get());
    Optional<Instant> anew =
        host.snapshot().history().outages().stream()
            .filter(outage -> outage.service().equals(SMTP) && outage.began().isAfter(boot))
            .filter(outage -> !outage.shutdown() && outage.ended().isPresent())
            .map(Outage::began)
            .min(Comparator.naturalOrder());
    return host.snapshot().history().events().clues().stream()
        .filter(seen -> seen.clue() == Clue.DELIVERY_FAILED || seen.clue() == Clue.DNS_FAILED)
        .filter(seen -> seen.at().isAfter(boot))
        .filter(seen -> anew.filter(seen.at()::isBefore).isPresent())
        .findFirst()
        .map(
            seen ->
                "After the boot at %s deliveries failed (event %s), until SMTPSVC was started anew at %s."
                    .formatted(
                        TimeWords.dateAndTime(boot),
                        seen.event(),
                        TimeWords.dateAndTime(anew.orElse(seen.at()))));
  }

  /** Files wait in Queue while the counters of the same virtual server say that nothing waits. */
  static Match queueFileIdle(Known host) {
    Timed<?> folders = host.snapshot().collected().get(CollectorKey.FOLDERS);
    Optional<Smtp> smtp = host.snapshot().collected().value(CollectorKey.SMTP);
    if (folders.value().isEmpty() || (smtp.isEmpty() && host.smtpRuns())) {
      return Match.NOT_KNOWN;
    }
    Instant since = hostsTime(host, folders.at()).minus(IDLE);
    List<String> evidence =
        folders(host, Purpose.QUEUE)
            .filter(folder -> folder.oldest().filter(at -> at.isBefore(since)).isPresent())
            .filter(folder -> smtp.filter(read -> nothingWaits(read, folder)).isPresent())
            .map(
                folder ->
                    "The folder Queue of %s has %d files, the oldest from %s by the host's clock, and the counters say that nothing waits."
                        .formatted(
                            folder.virtualServer(),
                            folder.messages(),
                            folder.oldest().map(host::time).orElse("")))
            .toList();
    return evidence.isEmpty()
        ? Match.NO
        : Match.likely(
            evidence,
            "On %s, at a quiet time: net stop SMTPSVC, net start SMTPSVC. The start takes up the files;"
                    .formatted(host.host())
                + " what is too old by then bounces to its sender.",
            "On Windows Server 2003 without Exchange, install the hotfix of KB934709.");
  }

  private static Instant hostsTime(Known host, Instant at) {
    Timed<HostClockState> clock = host.snapshot().collected().get(CollectorKey.HOST);
    return clock.value().map(read -> at.plus(Duration.between(clock.at(), read.time()))).orElse(at);
  }

  private static boolean nothingWaits(Smtp smtp, MailFolder folder) {
    return smtp.virtualServers().stream()
        .filter(server -> server.name().equals(folder.virtualServer()))
        .anyMatch(server -> server.sum(SmtpCounter.Quantity.QUEUE_LENGTH.counters()) == 0);
  }

  private static Stream<MailFolder> folders(Known host, Purpose purpose) {
    return host.snapshot().collected().value(CollectorKey.FOLDERS).stream()
        .flatMap(read -> read.folders().stream())
        .filter(folder -> folder.purpose() == purpose);
  }

  /** Badmail cannot be counted to its end, and a stop takes or took more than a minute. */
  static Match badmailFull(Known host) {
    if (host.snapshot().collected().value(CollectorKey.FOLDERS).isEmpty()) {
      return Match.NOT_KNOWN;
    }
    List<MailFolder> full = folders(host, Purpose.BADMAIL).filter(MailFolder::isFull).toList();
    Optional<String> slow =
        Stream.of(SMTP, IIS_ADMIN)
            .flatMap(name -> host.service(name).stream())
            .flatMap(service -> slowStop(service, host.now()).stream())
            .findFirst();
    if (full.isEmpty() || slow.isEmpty()) {
      return Match.NO;
    }
    MailFolder folder = full.get(0);
    return Match.likely(
        List.of(
            "The folder Badmail of %s has at least %d files."
                .formatted(folder.virtualServer(), folder.messages()),
            slow.get()),
        "Wait for the stop: SMTP looks at each of these files. Do not end inetinfo.exe before ten"
            + " minutes are over.",
        "On %s, at a command prompt in the folder Badmail of %s: del *.bad /q & del *.bdp /q & del *.bdr"
                .formatted(host.host(), folder.virtualServer())
            + " /q. The Explorer hangs on so many files. Keep the newest if they may be missed.",
        "Find out what fills it (reports about spam, as a rule), or send bad mail to a mailbox.");
  }

  private static Optional<String> slowStop(ServiceHistory service, Instant now) {
    boolean stopping =
        service
            .status()
            .map(ServiceStatus::state)
            .filter(state -> state == ServiceState.STOP_PENDING)
            .isPresent();
    Optional<Duration> took =
        stopping
            ? service.outageStart().map(at -> Duration.between(at, now))
            : service
                .lastRestart()
                .flatMap(outage -> Optional.ofNullable(outage.phases().get(Phase.STOP)));
    return took.filter(time -> time.compareTo(SLOW_STOP) >= 0)
        .map(
            time ->
                "%s %s to stop."
                    .formatted(
                        service.name(),
                        stopping
                            ? "has taken %s so far".formatted(TimeWords.duration(time))
                            : "last took " + TimeWords.duration(time)));
  }
}
