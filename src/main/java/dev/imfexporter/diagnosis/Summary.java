package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is so, in a glance.
 *
 * @param headline one sentence for an administrator who was just woken up
 * @param since when it began; empty when that is not known, and when nothing is wrong
 * @param episode of the update to which it belongs
 * @param runbook the name of the one that says what to do; empty when there is nothing to do
 */
public record Summary(
    Situation situation,
    String headline,
    Optional<Instant> since,
    Optional<Episode> episode,
    Optional<String> runbook) {

  /** The summary alone, without looking for causes: cheap enough for a thousand hosts. */
  public static Summary of(HostSnapshot snapshot, TimeView time) {
    return of(snapshot, List.of(), time);
  }

  /**
   * The summary beside the causes that are shown with it: its headline does not call a host healthy
   * that has any.
   */
  public static Summary of(HostSnapshot snapshot, List<Cause> causes, TimeView time) {
    return of(patient(snapshot, causes, time));
  }

  /** The situation alone, cheap enough to sort thousands of hosts by it. */
  public static Situation situation(HostSnapshot snapshot, TimeView time) {
    return situation(patient(snapshot, List.of(), time));
  }

  private static Patient patient(HostSnapshot snapshot, List<Cause> causes, TimeView time) {
    return new Patient(snapshot, new DayEvents.NotAsked(), causes, time);
  }

  static Summary of(Patient host) {
    Situation situation = situation(host);
    return new Summary(
        situation,
        Headlines.of(host, situation),
        since(host, situation),
        episode(host, situation),
        Optional.ofNullable(runbook(host, situation)));
  }

  static Situation situation(Patient host) {
    if (!host.isReadYet()) {
      return Situation.NOT_READ_YET;
    }
    if (!host.snapshot().up()) {
      return Situation.UNREADABLE;
    }
    if (host.isDown(SMTP)) {
      return host.flow() == MailFlow.State.HALTED ? Situation.HALTED : Situation.INTERRUPTED;
    }
    if (host.bannerDead()) {
      return Situation.NO_ANSWER;
    }
    return switch (host.flow()) {
      case HALTED -> Situation.HALTED;
      case INTERRUPTED -> Situation.INTERRUPTED;
      case STALLED -> Situation.STALLED;
      case STUCK -> Situation.STUCK;
      case BOUNCING -> Situation.BOUNCING;
      case FLOWING, IDLE, ANSWERING, RETRYING, UNKNOWN -> withMail(host);
    };
  }

  /** As far as is known, mail does not fail. */
  private static Situation withMail(Patient host) {
    if (!host.gone().isEmpty()) {
      return Situation.SERVER_GONE;
    }
    Set<Dialogue.Concern> concerns = host.smtpConcerns();
    if (concerns.contains(Dialogue.Concern.OWN_ADDRESS_REFUSED)) {
      return Situation.OWN_ADDRESS_REFUSED;
    }
    if (!host.down().isEmpty()) {
      return Situation.INCOMPLETE;
    }
    if (!host.concerned().isEmpty()) {
      return Situation.AT_RISK;
    }
    if (host.disk().isPresent()) {
      return Situation.DISK_AT_RISK;
    }
    if (!concerns.isEmpty()) {
      return Situation.SMTP_AT_RISK;
    }
    Optional<Episode> open = host.snapshot().history().episodes().present();
    if (open.isPresent()) {
      return open.get().state() == Episode.State.OPEN ? Situation.UNDER_WAY : Situation.VERIFYING;
    }
    if (!host.failedCollectors().isEmpty()) {
      return Situation.PARTLY_READ;
    }
    return flow(host);
  }

  static Situation flow(Patient host) {
    if (!host.installed(IIS_ADMIN) && !host.installed(SMTP)) {
      return Situation.NOTHING;
    }
    return switch (host.flow()) {
      case FLOWING -> Situation.FLOWING;
      case IDLE -> Situation.IDLE;
      case ANSWERING -> Situation.ANSWERING;
      case RETRYING -> Situation.RETRYING;
      case STALLED, STUCK, BOUNCING, INTERRUPTED, HALTED, UNKNOWN -> Situation.NOT_KNOWN;
    };
  }

  private static Optional<Instant> since(Patient host, Situation situation) {
    return switch (situation) {
      case HALTED, INTERRUPTED ->
          halt(host)
              .map(MailFlow.Halt::since)
              .or(() -> host.service(SMTP).flatMap(Summary::downSince));
      case INCOMPLETE ->
          host.down().stream()
              .flatMap(service -> downSince(service).stream())
              .min(Comparator.naturalOrder());
      case STALLED, STUCK, BOUNCING -> host.snapshot().history().mailHistory().since();
      case NO_ANSWER, SERVER_GONE, AT_RISK -> Optional.empty();
      case OWN_ADDRESS_REFUSED, DISK_AT_RISK, SMTP_AT_RISK -> Optional.empty();
      case UNREADABLE, NOT_READ_YET, UNDER_WAY, VERIFYING, PARTLY_READ -> Optional.empty();
      case NOT_KNOWN, RETRYING, NOTHING, IDLE, ANSWERING, FLOWING -> Optional.empty();
    };
  }

  /** The halt as metrics and alerts have it; empty before the limit of a halt. */
  private static Optional<MailFlow.Halt> halt(Patient host) {
    return host.snapshot().history().mailFlow().halt();
  }

  private static Optional<Instant> downSince(ServiceHistory service) {
    return service.outageStart().or(() -> service.condition().downSince());
  }

  private static Optional<Episode> episode(Patient host, Situation situation) {
    Optional<Episode> open = host.snapshot().history().episodes().present();
    return switch (situation) {
      case HALTED, INTERRUPTED, INCOMPLETE -> host.episodeOfLastOutage().or(() -> open);
      default -> open;
    };
  }

  private static @Nullable String runbook(Patient host, Situation situation) {
    return switch (situation) {
      case HALTED, INTERRUPTED ->
          halt(host)
                  .map(MailFlow.Halt::afterUpdate)
                  .orElseGet(() -> host.episodeOfLastOutage().isPresent())
              ? "ImfMailFlowHaltedAfterUpdate"
              : "ImfMailFlowHalted";
      case NO_ANSWER -> "ImfSmtpBannerDead";
      case STALLED -> "ImfMailFlowStalled";
      case STUCK -> nearlyAll(host) ? "ImfMailStuck" : "ImfSomeMailStuck";
      case BOUNCING -> nearlyAll(host) ? "ImfMailBouncing" : "ImfSomeMailBouncing";
      case SERVER_GONE -> "ImfVirtualServerGone";
      case OWN_ADDRESS_REFUSED, SMTP_AT_RISK ->
          DialogueSteps.runbook(host.smtpConcerns().iterator().next());
      case DISK_AT_RISK -> host.disk().map(DiskFindings::runbook).orElse(null);
      case INCOMPLETE -> host.isDown(IIS_ADMIN) ? "ImfIisAdminDown" : "ImfServiceLeftStopped";
      case AT_RISK -> runbook(host, host.concerned().get(0));
      case UNREADABLE -> "ImfHostUnreachable";
      case PARTLY_READ -> "ImfCollectorFailing";
      case NOT_READ_YET, UNDER_WAY, VERIFYING -> null;
      case NOT_KNOWN, RETRYING, NOTHING, IDLE, ANSWERING, FLOWING -> null;
    };
  }

  private static boolean nearlyAll(Patient host) {
    return host.snapshot().history().mailFlow().failsNearlyAll();
  }

  private static String runbook(Patient host, ServiceHistory service) {
    Concern first = service.concerns().iterator().next();
    return switch (first) {
      case FLAPPING -> "ImfServiceFlapping";
      case CRASHED -> "ImfServiceCrashed";
      case NEVER_RAN -> "ImfServiceNeverRan";
      case STAYS_DOWN_AFTER_BOOT ->
          host.startMode(service.name()).equals(Optional.of(StartMode.MANUAL))
              ? "ImfServiceSetToManual"
              : "ImfServiceDisabled";
    };
  }
}
