package dev.imfexporter.diagnosis;

import static dev.imfexporter.access.WellKnownServices.IIS_ADMIN;
import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Services;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.GoneVirtualServer;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.VolumeRoom;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a diagnosis rests on, and the questions to it that several findings share. */
record Patient(HostSnapshot snapshot, DayEvents events, List<Cause> causes, TimeView time) {
  /** An event is dated by the host's clock, which may differ from the exporter's. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  Instant now() {
    return time.now();
  }

  /** Whether the services were asked for since the exporter began to watch the host. */
  boolean isReadYet() {
    return snapshot.isReadYet();
  }

  boolean has(Trouble trouble) {
    return causes.stream().anyMatch(cause -> cause.trouble() == trouble);
  }

  /** Whether the steps of a likely cause have this command or these words. */
  boolean isTold(String words) {
    return causes.stream()
        .flatMap(cause -> cause.steps().stream())
        .anyMatch(step -> step.contains(words));
  }

  /** The words of the collectors that failed. */
  List<String> failedCollectors() {
    return snapshot.collected().all().stream()
        .filter(reading -> reading.result() instanceof Result.Failed)
        .map(reading -> reading.key().word())
        .toList();
  }

  /** The services that have a concern, whether or not they are down; IIS Admin and SMTP first. */
  List<ServiceHistory> concerned() {
    return services(service -> !service.concerns().isEmpty());
  }

  /** What the concerns are, a clause each. */
  List<String> concerns() {
    return concerned().stream()
        .flatMap(service -> service.concerns().stream().map(c -> c.clause(service, now())))
        .toList();
  }

  MailFlow.State flow() {
    return snapshot.history().mailFlow().state();
  }

  boolean bannerDead() {
    return snapshot.bannerDead();
  }

  /** The names of the virtual servers that the last start of SMTPSVC did not bring back. */
  List<String> gone() {
    return snapshot.history().goneVirtualServers().stream().map(GoneVirtualServer::name).toList();
  }

  /** What the dialogues with SMTP show that needs an administrator, the most urgent first. */
  Set<Dialogue.Concern> smtpConcerns() {
    Set<Dialogue.Concern> all = EnumSet.noneOf(Dialogue.Concern.class);
    snapshot.dialogues().forEach(dialogue -> all.addAll(dialogue.concerns(now())));
    return all;
  }

  /** The most urgent concern about the volumes of the mail folders. */
  Optional<VolumeRoom.Concern> disk() {
    return snapshot.volumes().stream()
        .flatMap(room -> room.concerns(now()).stream())
        .min(Comparator.naturalOrder());
  }

  boolean isDown(String service) {
    return service(service).filter(known -> known.standing().isDown()).isPresent();
  }

  /** An outage that is younger than a slow restart, and has no other cause, may end by itself. */
  boolean restartMayEnd() {
    Duration slow = snapshot.history().limits().slow();
    return !down().isEmpty()
        && causes.isEmpty()
        && down().stream()
            .allMatch(
                service ->
                    service
                        .outageStart()
                        .filter(since -> since.plus(slow).isAfter(now()))
                        .isPresent());
  }

  /** Services that should run and do not, IIS Admin first and SMTP second. */
  List<ServiceHistory> down() {
    return services(service -> service.standing().isDown());
  }

  /** Services that are installed, do not run and are not down. */
  List<ServiceHistory> resting() {
    return services(
        service ->
            service.standing() == Standing.RESTING || service.standing() == Standing.DISABLED);
  }

  private List<ServiceHistory> services(Predicate<ServiceHistory> which) {
    return snapshot.history().services().stream()
        .filter(which)
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
    return snapshot.startMode(service);
  }

  private Optional<ServiceConfig> config(String service) {
    return snapshot.collected().value(CollectorKey.SERVICES).flatMap(read -> read.config(service));
  }

  /** What is known of a watched service; empty when it is not watched. */
  Optional<ServiceHistory> service(String name) {
    return snapshot.service(name);
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

  /** The outage of IIS Admin or SMTP that ended last, or lasts; of those that last, the newest. */
  Optional<Outage> lastOutage() {
    return snapshot.history().outages().stream()
        .filter(outage -> outage.service().equals(IIS_ADMIN) || outage.service().equals(SMTP))
        .max(
            Comparator.comparing((Outage outage) -> outage.ended().orElse(Instant.MAX))
                .thenComparing(Outage::began));
  }

  /** The stops and starts of IIS Admin in its last outage, as far as they were watched. */
  List<ComponentWait> waits() {
    WaitHistory waits = snapshot.history().waits();
    return snapshot.history().outages().stream()
        .filter(outage -> outage.service().equals(IIS_ADMIN))
        .max(Comparator.comparing(Outage::began))
        .map(waits::of)
        .orElse(waits.present().stream().toList());
  }

  /** Whether an outage lasts, or ended within the last day. */
  boolean recent(Outage outage) {
    return outage.ended().orElse(now()).isAfter(now().minus(Duration.ofDays(1)));
  }

  /** The events that report a failure of the outage's service at its time. */
  List<LoggedEvent> failures(Outage outage) {
    Instant from = outage.began().minus(CLOCK_TOLERANCE);
    Instant until = outage.ended().orElse(now()).plus(CLOCK_TOLERANCE);
    return events.events().stream()
        .filter(
            event ->
                event.meaning() instanceof Meaning.Failed failed
                    && names(failed.service(), outage.service()))
        .filter(event -> !event.written().isBefore(from) && !event.written().isAfter(until))
        .toList();
  }

  private boolean names(Meaning.Named named, String service) {
    return named.name().equalsIgnoreCase(service)
        || (!named.isShort()
            && config(service).filter(c -> c.displayName().equals(named.name())).isPresent());
  }

  /** The episode of the last outage; without one, the open episode or the newest that is over. */
  Optional<Episode> episode() {
    return episodeOfLastOutage().or(snapshot.history().episodes()::newest);
  }

  /** What is not as it was before that update. */
  List<UpdateChanges.Change> leftChanged() {
    return episode()
        .flatMap(snapshot.history().episodes()::changes)
        .map(UpdateChanges::remaining)
        .orElse(List.of());
  }

  /** The episode to which the last outage belongs, which need not be the newest. */
  Optional<Episode> episodeOfLastOutage() {
    EpisodeHistory episodes = snapshot.history().episodes();
    return lastOutage()
        .flatMap(
            outage ->
                Stream.concat(episodes.present().stream(), episodes.closed().stream())
                    .filter(
                        episode ->
                            episode.outages().stream().anyMatch(o -> o.id().equals(outage.id())))
                    .findFirst());
  }
}
