package dev.imfexporter.trouble;

import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.MailFolders;
import dev.imfexporter.collector.MailFolders.MailFolder;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.collector.SmtpCounter;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.EventHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For each trouble a host that has it, and one that nearly has it. */
public final class Hosts {
  public static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final Instant BEGAN = NOW.minusSeconds(600);

  private Hosts() {}

  public static HostSnapshot with(Trouble trouble) {
    return host(trouble, true).build();
  }

  static HostSnapshot nearly(Trouble trouble) {
    return host(trouble, false).build();
  }

  private static HostSnapshotBuilder host(Trouble trouble, boolean has) {
    return switch (trouble) {
      // Any other error in the same field is no key.
      case MACHINE_KEYS -> stopped("IISADMIN", 1066, has ? 0x80090016L : 0x80070005L);
      case METABASE_CORRUPT -> stopped("IISADMIN", 1066, has ? 0x800CC819L : 42);
      case SERVICE_EXIT_CODE -> stopped("SMTPSVC", has ? 1069 : 1077, 0);
      // An administrator disabled it on a day without an update.
      case LEFT_DISABLED ->
          stopped(
                  service("SMTPSVC", ServiceState.STOPPED)
                      .mode(StartMode.DISABLED)
                      .downgraded(BEGAN)
                      .standing(has ? Standing.LEFT_DOWN_BY_UPDATE : Standing.DISABLED))
              .markers(begun("KB907747", has ? BEGAN.minusSeconds(60) : days(3)));
      // The second run was long.
      case STOPS_AGAIN ->
          stopped("IISADMIN", 1067, 0)
              .outages(
                  outage(BEGAN).build(),
                  outage(BEGAN.minusSeconds(has ? 330 : 2_400))
                      .ended(BEGAN.minusSeconds(has ? 300 : 2_300), StartedBy.UNATTRIBUTED)
                      .build(),
                  outage(BEGAN.minusSeconds(has ? 700 : 5_000))
                      .ended(BEGAN.minusSeconds(has ? 640 : 4_900), StartedBy.UNATTRIBUTED)
                      .build());
      // The event is of an earlier run.
      case PORT_TAKEN ->
          runs(State.STALLED)
              .ok(CollectorKey.BANNER, new Banner(Map.of(), Optional.of("Nothing listens")))
              .events(clue(Clue.PORT_TAKEN, "SMTPSVC 115", "SMTP 1", "", has ? BEGAN : days(2)));
      case SETTINGS_RESET ->
          runs(State.STALLED)
              .ok(CollectorKey.SMTP, has ? new Smtp(List.of()) : smtp(0))
              .markers(begun("KB976323", days(400)));
      // The counters time out, which says nothing of their registration.
      case COUNTERS_MISSING ->
          runs(State.UNKNOWN)
              .failed(
                  CollectorKey.SMTP,
                  "The host offers no performance object",
                  has ? ErrorReason.MISSING : ErrorReason.TIMEOUT)
              .events(clue(Clue.COUNTERS_FAILED, "Perflib 1008", "SMTPSVC", "", BEGAN));
      // A warning beside healthy mail.
      case DISK_FULL ->
          runs(has ? State.STUCK : State.FLOWING)
              .events(clue(Clue.DISK_FULL, "Srv 2013", "C:", "", BEGAN));
      // The day after tomorrow.
      case DISK_FILLS ->
          runs(State.FLOWING)
              .volume("D:", 4L << 30, 40L << 30)
              .fills("D:", NOW.plusSeconds(has ? 60_000 : 120_000));
      // A relay that refuses a recipient.
      case NEXT_HOP_REFUSES_LOGIN ->
          runs(State.BOUNCING)
              .events(
                  clue(
                      has ? Clue.LOGIN_REFUSED : Clue.DELIVERY_FAILED,
                      "SMTPSVC 4006",
                      "example.org",
                      has
                          ? "The remote SMTP service rejected AUTH negotiation."
                          : "550 5.1.1 User unknown",
                      BEGAN));
      // Yesterday's failure.
      case DNS_FAILS ->
          runs(State.STUCK)
              .events(
                  clue(
                      Clue.DNS_FAILED,
                      "SMTPSVC 4000",
                      "example.org",
                      "An internal DNS error caused a failure to find the remote server.",
                      has ? BEGAN : days(1)));
      // Set to delayed already.
      case AUTOMATIC_ON_2019 -> sinceBoot(has ? StartMode.AUTO : StartMode.DELAYED_AUTO, 0);
      // The same files, and the counters know them.
      case QUEUE_FILE_IDLE ->
          runs(State.STUCK)
              .ok(CollectorKey.SMTP, smtp(has ? 0 : 3))
              .ok(CollectorKey.FOLDERS, folder(Purpose.QUEUE, 3, true));
      // The same stop, and few files.
      case BADMAIL_FULL ->
          stopped(service("SMTPSVC", ServiceState.STOP_PENDING).downSince(BEGAN))
              .ok(CollectorKey.FOLDERS, folder(Purpose.BADMAIL, has ? 10_000 : 9, !has));
    };
  }

  /** As on a host with that trouble, and mail left before the next hop died. */
  static HostSnapshot automaticAndSending() {
    return sinceBoot(StartMode.AUTO, 5).build();
  }

  private static HostSnapshotBuilder sinceBoot(StartMode mode, long sent) {
    return runs(running("SMTPSVC").mode(mode).started(NOW.minusSeconds(7_100)), State.STUCK)
        .ok(CollectorKey.HOST, clock(Duration.ofHours(2)))
        .ok(
            CollectorKey.SMTP,
            new Smtp(
                List.of(
                    new VirtualServer("SMTP 1", Map.of(SmtpCounter.MESSAGES_SENT_TOTAL, sent)))))
        .events(
            clue(
                Clue.DELIVERY_FAILED,
                "SMTPSVC 4006",
                "example.org",
                "The connection was dropped by the remote host.",
                BEGAN));
  }

  /** All is well. */
  static HostSnapshot healthy() {
    return runs(State.FLOWING)
        .volume("D:", 20L << 30, 40L << 30)
        .ok(CollectorKey.SMTP, smtp(0))
        .ok(CollectorKey.FOLDERS, folder(Purpose.QUEUE, 0, true))
        .ok(CollectorKey.HOST, clock(Duration.ofDays(9)))
        .build();
  }

  /** Nothing can be read. */
  static HostSnapshot unreadable() {
    return new HostSnapshotBuilder("mail01", NOW)
        .failed(CollectorKey.SERVICES, "The RPC server is unavailable (1722)")
        .build();
  }

  private static HostSnapshotBuilder host() {
    return new HostSnapshotBuilder("mail01", NOW).ok(CollectorKey.EVENTS, new Events(List.of()));
  }

  private static HostSnapshotBuilder runs(State flow) {
    return runs(running("SMTPSVC").started(BEGAN.minusSeconds(9)), flow);
  }

  private static HostSnapshotBuilder runs(ServiceBuilder smtp, State flow) {
    return host().services(running("IISADMIN"), smtp).mailFlow(flow);
  }

  static HostSnapshot stoppedWithItsOwn(long code) {
    return stopped("SMTPSVC", 1066, code).build();
  }

  static HostSnapshot failingSinceItBegan(String update) {
    return runs(State.STALLED).ok(CollectorKey.SMTP, smtp(0)).markers(begun(update, BEGAN)).build();
  }

  private static HostSnapshotBuilder stopped(String service, long code, long specific) {
    return stopped(service(service, ServiceState.STOPPED).exit(code, specific).downSince(BEGAN));
  }

  private static HostSnapshotBuilder stopped(ServiceBuilder service) {
    return host().services(service).mailFlow(State.HALTED);
  }

  private static OutageBuilder outage(Instant began) {
    return OutageBuilder.outage("IISADMIN", began).crash(true);
  }

  private static UpdateMarker begun(String id, Instant at) {
    return new UpdateMarker(MarkerType.BEGUN, UpdateKind.WINDOWS, at, id, "An update", false);
  }

  private static EventHistory clue(
      Clue clue, String event, String about, String reason, Instant at) {
    return new EventHistory(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new ClueSeen(clue, event, about, reason, at)));
  }

  private static Smtp smtp(long waiting) {
    return new Smtp(
        List.of(
            new VirtualServer("SMTP 1", Map.of(SmtpCounter.REMOTE_RETRY_QUEUE_LENGTH, waiting))));
  }

  private static MailFolders folder(Purpose purpose, long files, boolean complete) {
    Optional<Instant> oldest = files == 0 ? Optional.empty() : Optional.of(days(1));
    return new MailFolders(
        List.of(new MailFolder("SMTP 1", purpose, files, files * 4_096, oldest, complete)));
  }

  private static HostClockState clock(Duration sinceBoot) {
    return new HostClockState(NOW, Duration.ofMillis(16), sinceBoot, Optional.empty());
  }

  private static Instant days(int ago) {
    return NOW.minus(Duration.ofDays(ago));
  }
}
