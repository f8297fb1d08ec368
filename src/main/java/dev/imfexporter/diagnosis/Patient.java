package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Services;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A host as the diagnosis asks about it. */
record Patient(HostSnapshot snapshot, List<LoggedEvent> events, Instant now) {
  Patient {
    events = List.copyOf(events);
  }

  Verdict verdict() {
    if (!snapshot.up()) {
      return Verdict.UNREADABLE;
    }
    return down().isEmpty() && !flow().isFailing() && !bannerDead()
        ? Verdict.HEALTHY
        : Verdict.FAILING;
  }

  MailFlow.State flow() {
    return snapshot.history().mailFlow().state();
  }

  boolean bannerDead() {
    return snapshot
        .collected()
        .value(CollectorKey.BANNER)
        .filter(banner -> !banner.success())
        .isPresent();
  }

  /** Services that should run and do not, IIS Admin first and SMTP second. */
  List<ServiceHistory> down() {
    return snapshot.history().services().stream()
        .filter(service -> service.standing().isDown())
        .sorted(Comparator.comparing(Patient::rank))
        .toList();
  }

  private static int rank(ServiceHistory service) {
    return service.name().equals(IIS_ADMIN) ? 0 : service.name().equals(SMTP) ? 1 : 2;
  }

  boolean disabled(String service) {
    return startMode(service).equals(Optional.of(StartMode.DISABLED));
  }

  Optional<StartMode> startMode(String service) {
    return snapshot.collected().value(CollectorKey.SERVICES).stream()
        .flatMap(read -> read.services().stream())
        .filter(s -> s.name().equals(service))
        .flatMap(s -> s.config().stream())
        .map(config -> config.startMode())
        .findFirst();
  }

  /** What is known of a watched service; empty when it is not watched. */
  Optional<ServiceHistory> service(String name) {
    return snapshot.history().services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst();
  }

  Optional<ServiceState> state(String service) {
    return service(service).flatMap(ServiceHistory::status).map(ServiceStatus::state);
  }

  boolean installed(String service) {
    return snapshot.collected().value(CollectorKey.SERVICES).stream()
        .flatMap(read -> read.services().stream())
        .filter(s -> s.name().equals(service))
        .map(Services.Service::status)
        .anyMatch(Optional::isPresent);
  }

  /** The newest outage of IIS Admin or SMTP, over or not. */
  Optional<Outage> lastOutage() {
    return snapshot.history().outages().stream()
        .filter(outage -> outage.service().equals(IIS_ADMIN) || outage.service().equals(SMTP))
        .max(Comparator.comparing(Outage::began));
  }

  /** Whether an outage lasts, or ended within the last day. */
  boolean recent(Outage outage) {
    return outage.ended().orElse(now).isAfter(now.minus(Duration.ofDays(1)));
  }

  /** The episode that is open, or else the newest that is over. */
  Optional<Episode> episode() {
    return snapshot.history().episodes().present().or(snapshot.history().episodes()::last);
  }

  /** The episode to which the last outage belongs. */
  Optional<Episode> episodeOfLastOutage() {
    Optional<Outage> outage = lastOutage();
    return episode()
        .filter(
            episode ->
                outage.isPresent()
                    && episode.outages().stream().anyMatch(o -> o.id().equals(outage.get().id())));
  }
}
