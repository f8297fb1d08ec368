package dev.imfexporter.watch;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.WellKnownServices;
import dev.imfexporter.collector.Services.Service;
import dev.imfexporter.watch.episode.EpisodeTracker;
import dev.imfexporter.watch.episode.UpdateTracker;
import dev.imfexporter.watch.mail.SmtpService;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.MailFlow.Halt;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.ServiceHistory.Condition;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.UpdateMarker;
import dev.imfexporter.watch.outage.OutageTracker;
import dev.imfexporter.watch.outage.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The condition of each service: the one place that combines outages, episodes and limits to a
 * standing and a halt. Stateless.
 */
final class Conditions {
  private static final Duration RECENT = Duration.ofMinutes(15);

  /** An outage follows a marker within this time, and half an hour is for a reboot in between. */
  private static final Duration UNSEEN = UpdateMarker.AFTER.plusMinutes(30);

  private static final Set<String> MAIL_SERVICES =
      Set.of(WellKnownServices.IIS_ADMIN, WellKnownServices.SMTP);

  private final OutageTracker outages;
  private final EpisodeTracker episodes;
  private final UpdateTracker updates;
  private final Limits limits;
  private final Set<String> optional = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  Conditions(
      OutageTracker outages,
      EpisodeTracker episodes,
      UpdateTracker updates,
      StateSettings settings) {
    this.outages = outages;
    this.episodes = episodes;
    this.updates = updates;
    this.limits = settings.limits();
    optional.addAll(settings.optionalServices());
  }

  /** A service of the newest poll; empty when it is not among them. */
  Optional<ServiceView> service(String name) {
    return outages.services().stream()
        .filter(service -> service.name().equalsIgnoreCase(name))
        .findFirst()
        .map(this::view);
  }

  SmtpService smtp(Instant now) {
    return service(WellKnownServices.SMTP)
        .map(
            smtp -> {
              Condition condition = of(smtp, now);
              return new SmtpService(condition.standing(), smtp.state(), condition.halted());
            })
        .orElse(new SmtpService(Standing.MISSING, Optional.empty(), false));
  }

  /** When SMTPSVC last started, by the evidence so far; empty when not known. */
  Optional<Instant> smtpStarted() {
    return service(WellKnownServices.SMTP).flatMap(ServiceView::lastStart);
  }

  private ServiceView view(Service service) {
    Optional<StartMode> mode = service.config().map(config -> config.startMode());
    return outages.view(service.name(), mode);
  }

  /** The services of the newest poll that should run and do not. */
  Set<String> down(Instant now) {
    Set<String> down = new HashSet<>();
    for (Service service : outages.services()) {
      if (of(view(service), now).standing().isDown()) {
        down.add(service.name());
      }
    }
    return down;
  }

  Condition of(ServiceView service, Instant now) {
    if (!outages.isSeen(service.name())) {
      return Condition.of(Standing.UNKNOWN);
    }
    boolean downgraded =
        service.downgraded().isPresent()
            && service.open().isPresent()
            && episodes.isInWindow(service.open().get().id(), service.downgraded().get());
    boolean missed = service.ran() && !optional.contains(service.name());
    Standing standing =
        Standing.of(service.state(), service.mode(), new Standing.Evidence(missed, downgraded));
    if (!standing.isDown()) {
      return Condition.of(standing);
    }
    Instant since = service.open().map(Outage::began).or(service::since).orElse(now);
    return new Condition(standing, Optional.of(since), isHalted(since, now), Set.of());
  }

  private boolean isHalted(Instant since, Instant now) {
    if (!since.isBefore(now)) {
      return false;
    }
    List<Downtime.Span> span = List.of(new Downtime.Span(since, now));
    return new Downtime(span, outages.boots()).exceeds(limits.halted(), limits.haltedAfterBoot());
  }

  /**
   * The services of the newest poll, in its order.
   *
   * @param readable if false, the standing of each is unknown
   */
  List<ServiceHistory> histories(Function<String, Source> source, Instant now, boolean readable) {
    List<ServiceHistory> histories = new ArrayList<>();
    for (Service service : outages.services()) {
      ServiceView view = view(service);
      long recent =
          outages.settled().stream()
                  .filter(outage -> outage.service().equals(view.name()) && isRecent(outage, now))
                  .count()
              + view.unsettled().stream().filter(outage -> isRecent(outage, now)).count();
      histories.add(
          new ServiceHistory(
              service.name(),
              view.status(),
              source.apply(service.name()),
              readable ? condition(view, recent, now) : Condition.of(Standing.UNKNOWN),
              view.open().map(Outage::began),
              view.lastStop(),
              view.lastStart(),
              view.lastRestart(),
              view.typical(),
              view.totals(),
              view.lastCrash(),
              recent,
              view.downgraded()));
    }
    return histories;
  }

  private Condition condition(ServiceView service, long recent, Instant now) {
    Condition condition = of(service, now);
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    if (recent >= Concern.FLAPPING_OUTAGES) {
      concerns.add(Concern.FLAPPING);
    }
    if (service
        .lastCrash()
        .filter(at -> at.plus(Concern.CRASH_IS_RECENT).isAfter(now))
        .isPresent()) {
      concerns.add(Concern.CRASHED);
    }
    boolean running = condition.standing() == Standing.RUNNING;
    if (running && (service.downgraded().isPresent() || isDisabled(service))) {
      concerns.add(Concern.STAYS_DOWN_AFTER_BOOT);
    }
    if (condition.standing() == Standing.RESTING
        && MAIL_SERVICES.contains(service.name().toUpperCase(Locale.ROOT))
        && service.mode().filter(StartMode::automatic).isPresent()
        && !hasJustBooted(now)) {
      concerns.add(Concern.NEVER_RAN);
    }
    return condition.with(concerns);
  }

  private static boolean isDisabled(ServiceView service) {
    return service.mode().equals(Optional.of(StartMode.DISABLED));
  }

  /** Windows starts services late after a boot. */
  private boolean hasJustBooted(Instant now) {
    return outages.boots().stream()
        .anyMatch(boot -> boot.up().plus(limits.haltedAfterBoot()).isAfter(now));
  }

  private static boolean isRecent(Outage outage, Instant now) {
    return outage.began().plus(RECENT).isAfter(now);
  }

  /** The newest outages of all services, newest first; those that last have no end. */
  List<Outage> newestOutages() {
    List<Outage> all = new ArrayList<>(outages.settled());
    all.addAll(outages.unsettled());
    all.sort(Comparator.comparing(Outage::began).reversed());
    return List.copyOf(all.subList(0, Math.min(HostHistory.MOST_OUTAGES, all.size())));
  }

  /** Adds to a halted mail flow since when it is, and whether an update came before. */
  MailFlow withHalt(MailFlow flow, Instant now) {
    if (flow.state() != MailFlow.State.HALTED) {
      return flow;
    }
    Optional<Halt> halt =
        service(WellKnownServices.SMTP)
            .flatMap(
                smtp ->
                    of(smtp, now)
                        .downSince()
                        .map(since -> new Halt(since, isAfterUpdate(smtp, since))));
    return flow.halted(halt);
  }

  /** An outage whose begin no source observed is dated late: markers of an hour before count. */
  private boolean isAfterUpdate(ServiceView service, Instant since) {
    return service
        .open()
        .map(outage -> episodes.has(outage.id()))
        .orElseGet(() -> updates.hasMarker(since.minus(UNSEEN), since.plus(UpdateMarker.BEFORE)));
  }
}
