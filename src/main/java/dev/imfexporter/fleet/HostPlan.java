package dev.imfexporter.fleet;

import static dev.imfexporter.collector.CollectorKey.BANNER;
import static dev.imfexporter.collector.CollectorKey.COMPONENTS;
import static dev.imfexporter.collector.CollectorKey.DEFINITION;
import static dev.imfexporter.collector.CollectorKey.EVENTS;
import static dev.imfexporter.collector.CollectorKey.FILTER;
import static dev.imfexporter.collector.CollectorKey.FOLDERS;
import static dev.imfexporter.collector.CollectorKey.HOST;
import static dev.imfexporter.collector.CollectorKey.SERVICES;
import static dev.imfexporter.collector.CollectorKey.SMTP;
import static dev.imfexporter.collector.CollectorKey.UPDATE_SCHEDULE;
import static dev.imfexporter.collector.CollectorKey.VOLUMES;
import static dev.imfexporter.watch.model.Need.HOST_CLOCK;
import static dev.imfexporter.watch.model.Need.SERVICES_READ;
import static dev.imfexporter.watch.model.Need.SMTP_RUNNING;
import static dev.imfexporter.watch.model.PlannedCollector.planned;
import static dev.imfexporter.watch.model.PlannedCollector.resuming;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.BannerReading;
import dev.imfexporter.collector.ClockReading;
import dev.imfexporter.collector.ComponentsReading;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.FilterReading;
import dev.imfexporter.collector.FoldersReading;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.collector.SmtpReading;
import dev.imfexporter.collector.UpdateScheduleReading;
import dev.imfexporter.collector.VolumesReading;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.collector.event.EventsReading.Piece;
import dev.imfexporter.collector.event.RoutineUpdates;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.config.ServiceWord;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.NewestEvents;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.PlannedCollector;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.SmtpAddress;
import dev.imfexporter.watch.model.WatchPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What is read from a host, and how often, as its module says. */
final class HostPlan {
  /** How old a value in a scrape may be: scrapes that come closer together share it. */
  private static final Duration SHARED = Duration.ofSeconds(1);

  /**
   * Between two looks at the mail. Each is a connection in SMTP's log or a walk through a folder;
   * often enough for a verdict on mail flow within minutes when nothing scrapes.
   */
  private static final Duration MAIL = Duration.ofSeconds(15);

  /** The schedule of updates is a setting, and comes by policy every 90 minutes. */
  private static final Duration SCHEDULE = Duration.ofMinutes(15);

  private HostPlan() {}

  static WatchPlan plan(HostConfig host) {
    Module module = host.module();
    return new WatchPlan(
        host.name(),
        smtp(host),
        collectors(host, module, module.smtp()),
        new WatchPlan.Pace(host.pollInterval(), module.readingTimeout()),
        Set.copyOf(module.events().providers()),
        Set.copyOf(module.services().optional()),
        limits(module.limits()),
        new Retention(module.retention().age(), module.retention().count()));
  }

  static SmtpAddress smtp(HostConfig host) {
    Module.Banner banner = host.module().smtp().banner();
    return new SmtpAddress(banner.address(), banner.port());
  }

  /** Those that the configuration switches on. */
  private static List<PlannedCollector<?>> collectors(
      HostConfig host, Module module, Module.Smtp smtp) {
    InstantSource clock = InstantSource.system();
    List<PlannedCollector<?>> all = new ArrayList<>();
    all.add(planned(HOST, new ClockReading(System::nanoTime), Duration.ofMinutes(1)));
    all.add(planned(UPDATE_SCHEDULE, new UpdateScheduleReading(), SCHEDULE));
    var services = new ServicesReading(module.services().names(), clock);
    all.add(planned(SERVICES, services, SHARED).every(Duration.ZERO));
    if (module.definition().enabled()) {
      all.add(planned(DEFINITION, definition(host), module.definition().interval()));
    }
    if (smtp.counters()) {
      all.add(planned(SMTP, new SmtpReading(), SHARED).every(MAIL).needing(SMTP_RUNNING));
    }
    if (smtp.filter()) {
      all.add(planned(FILTER, new FilterReading(clock), SHARED).forScrapes().needing(SMTP_RUNNING));
    }
    if (module.events().enabled()) {
      all.add(
          resuming(EVENTS, c -> events(module.events(), c, clock), module.events().interval())
              .needing(SERVICES_READ, HOST_CLOCK));
    }
    if (smtp.folders().enabled()) {
      all.add(planned(FOLDERS, new FoldersReading(mailroots(host)), MAIL));
    }
    if (smtp.volumes().enabled()) {
      all.add(planned(VOLUMES, new VolumesReading(mailroots(host)), smtp.volumes().interval()));
    }
    if (smtp.banner().enabled()) {
      all.add(planned(BANNER, banner(smtp.banner()), MAIL).needing(SMTP_RUNNING));
    }
    if (!smtp.dialogue().virtualServers().isEmpty()) {
      all.add(DialoguePlan.planned(host).needing(SMTP_RUNNING));
    }
    if (smtp.loadedModules()) {
      all.add(
          planned(COMPONENTS, new ComponentsReading(), Duration.ofMinutes(5))
              .forScrapes()
              .needing(SERVICES_READ));
    }
    return all;
  }

  private static DefinitionReading definition(HostConfig host) {
    return new DefinitionReading(
        host.module().definition().folder().map(folder -> in(host, folder)),
        ZoneId.systemDefault());
  }

  private static BannerReading banner(Module.Banner banner) {
    return new BannerReading(
        banner.address(), banner.port(), banner.ehloName(), banner.timeout(), System::nanoTime);
  }

  private static EventsReading events(
      Module.Events events, Function<String, Optional<EventCursor>> cursor, InstantSource clock) {
    RoutineUpdates routine =
        events
            .ignoredUpdates()
            .map(texts -> new RoutineUpdates(texts.stream().map(Pattern::compile).toList()))
            .orElse(RoutineUpdates.SHIPPED);
    return new EventsReading(
        EventsReading.LOGS,
        cursor,
        new EventDecoders(events.providers(), routine, words(events.serviceWords())),
        events.lookback(),
        clock);
  }

  static ServiceWords words(Map<ServiceWord, List<String>> configured) {
    Map<String, ServiceState> states = new HashMap<>();
    Map<String, Control> controls = new HashMap<>();
    configured.forEach(
        (meaning, words) -> {
          switch (meaning) {
            case RUNNING, STOPPED, PAUSED ->
                words.forEach(word -> states.put(word, ServiceState.valueOf(meaning.name())));
            case START, STOP ->
                words.forEach(word -> controls.put(word, Control.valueOf(meaning.name())));
          }
        });
    return new ServiceWords(states, controls);
  }

  /**
   * Reads the events of the last 24 hours from all logs; none if events are not read. Blocks.
   *
   * @param inTime asked between two pieces
   * @throws AccessException if no log can be read, or a host that writes faster than it is read has
   *     made it too late
   */
  static DayEvents.Read eventsOfLastDay(HostConfig host, HostAccess access, BooleanSupplier inTime)
      throws AccessException {
    Module.Events settings = host.module().events();
    Module.Events day =
        new Module.Events(
            settings.enabled(),
            settings.interval(),
            Duration.ofDays(1),
            settings.providers(),
            settings.ignoredUpdates(),
            settings.serviceWords());
    EventsReading reading =
        events(day, log -> Optional.empty(), InstantSource.system()).in(Piece.SMALL);
    NewestEvents newest = new NewestEvents();
    boolean complete = !settings.enabled();
    while (!complete) {
      if (!inTime.getAsBoolean()) {
        throw new NotReached(ErrorReason.TIMEOUT, "The event logs were not read in time");
      }
      Events read = reading.take(access);
      read.logs().forEach(log -> log.events().forEach(newest::add));
      complete = read.logs().stream().allMatch(Events.LogRead::complete);
    }
    return newest.read();
  }

  static Limits limits(Module.Limits limits) {
    return new Limits(
        limits.slow(),
        limits.halted(),
        limits.slowAfterBoot(),
        limits.haltedAfterBoot(),
        limits.stuck());
  }

  private static Map<String, String> mailroots(HostConfig host) {
    Map<String, String> folders = new LinkedHashMap<>();
    host.module()
        .smtp()
        .folders()
        .mailroots()
        .forEach((server, folder) -> folders.put(server, in(host, folder)));
    return folders;
  }

  /** Fills in the host's name, since one module serves many hosts. */
  private static String in(HostConfig host, String folder) {
    return folder.replace("{host}", host.name());
  }
}
