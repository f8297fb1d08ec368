package dev.imfexporter.trouble;

import static dev.imfexporter.access.WellKnownServices.SMTP;

import dev.imfexporter.access.ErrorCode;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Clue;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.ClueSeen;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is known of a host, and the questions to it that several signatures ask. */
record Known(HostSnapshot snapshot, ZoneId zone) {
  /** SMTP tries again after 15, 30 and 60 min, and every 4 h from then on. */
  private static final Duration BETWEEN_TRIES = Duration.ofHours(5);

  private static final Duration RECENT = Duration.ofHours(1);

  /** A service that stopped with an error. */
  record Stopped(String service, ErrorCode code) {
    String sentence() {
      return "%s stopped with %s.".formatted(service, code.words());
    }
  }

  String host() {
    return snapshot.name();
  }

  /** When the services were last read, by the exporter's clock. */
  Instant now() {
    return snapshot.collected().get(CollectorKey.SERVICES).at();
  }

  /** A time in words. */
  String time(Instant at) {
    return view().dateAndTime(at);
  }

  /** As of when the services were last read. */
  TimeView view() {
    return new TimeView(now(), zone);
  }

  boolean isReadable() {
    return snapshot.up();
  }

  List<ServiceHistory> services() {
    return snapshot.history().services();
  }

  Optional<ServiceHistory> service(String name) {
    return snapshot.service(name);
  }

  private Optional<ServiceState> state(String name) {
    return service(name).flatMap(ServiceHistory::status).map(ServiceStatus::state);
  }

  boolean smtpRuns() {
    return isReadable() && state(SMTP).equals(Optional.of(ServiceState.RUNNING));
  }

  /** Whether SMTPSVC runs, and has for some time: what it brings when it starts is there. */
  boolean smtpRunsFor(Duration least) {
    return smtpRuns()
        && service(SMTP)
            .flatMap(ServiceHistory::lastStart)
            .filter(at -> at.plus(least).isAfter(now()))
            .isEmpty();
  }

  Optional<StartMode> startMode(String name) {
    return snapshot.startMode(name);
  }

  /** The services that stopped with one of these errors. */
  List<Stopped> stopped(Predicate<ErrorCode> error) {
    return services().stream()
        .flatMap(
            service ->
                service.status().flatMap(ErrorCode::of).stream()
                    .map(code -> new Stopped(service.name(), code)))
        .filter(service -> error.test(service.code()))
        .toList();
  }

  boolean bannerDead() {
    return snapshot.bannerDead();
  }

  /** Whether mail does not pass as it should, for any reason. */
  boolean fails() {
    return snapshot.history().mailFlow().state().isFailing()
        || bannerDead()
        || !snapshot.down().isEmpty();
  }

  boolean eventsRead() {
    return snapshot.collected().value(CollectorKey.EVENTS).isPresent();
  }

  /** The newest clue of a kind if it is of the last hour, or of the last tries of a retry. */
  Optional<ClueSeen> recentClue(Clue kind) {
    return clue(kind, fails() ? BETWEEN_TRIES : RECENT);
  }

  Optional<ClueSeen> clue(Clue kind, Duration notOlder) {
    Instant since = now().minus(notOlder);
    return snapshot.history().events().clues().stream()
        .filter(seen -> seen.clue() == kind && seen.at().isAfter(since))
        .findFirst();
  }

  /** The markers of updates that are kept. */
  Stream<UpdateMarker> markers() {
    return Stream.concat(
        snapshot.history().updates().markers().stream(),
        snapshot.history().episodes().all().stream()
            .flatMap(episode -> episode.markers().stream()));
  }
}
