package dev.imfexporter.fleet;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.Module;
import dev.imfexporter.config.ServiceWord;
import dev.imfexporter.reading.BannerReading;
import dev.imfexporter.reading.ClockReading;
import dev.imfexporter.reading.ComponentsReading;
import dev.imfexporter.reading.DefinitionReading;
import dev.imfexporter.reading.EventCursor;
import dev.imfexporter.reading.Events;
import dev.imfexporter.reading.FilterReading;
import dev.imfexporter.reading.FoldersReading;
import dev.imfexporter.reading.LoggedEvent;
import dev.imfexporter.reading.Meaning.Control;
import dev.imfexporter.reading.NotApplicable;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.ServicesReading;
import dev.imfexporter.reading.SmtpReading;
import dev.imfexporter.reading.event.EventDecoders;
import dev.imfexporter.reading.event.EventsReading;
import dev.imfexporter.reading.event.RoutineUpdates;
import dev.imfexporter.reading.event.ServiceWords;
import dev.imfexporter.watch.WatchPlan;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Retention;
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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What is read from a host, and how often, as its module says. */
final class HostPlan {
  private HostPlan() {}

  static WatchPlan plan(HostConfig host) {
    Module module = host.module();
    InstantSource clock = InstantSource.system();
    return new WatchPlan(
        host.name(),
        new ServicesReading(module.services().names(), InstantSource.system()),
        when(
            module.definition().enabled(),
            () ->
                new DefinitionReading(
                    module.definition().folder().map(folder -> in(host, folder)),
                    ZoneId.systemDefault())),
        when(module.smtp().counters(), SmtpReading::new),
        when(module.smtp().filter(), () -> new FilterReading(clock)),
        when(module.events().enabled(), () -> cursor -> events(module.events(), cursor, clock)),
        when(module.smtp().folders().enabled(), () -> new FoldersReading(mailroots(host))),
        when(
            module.smtp().banner().enabled(),
            () ->
                new BannerReading(
                    module.smtp().banner().address(),
                    module.smtp().banner().port(),
                    module.smtp().banner().ehloName(),
                    module.smtp().banner().timeout(),
                    System::nanoTime)),
        when(module.smtp().loadedModules(), ComponentsReading::new),
        Optional.of(new ClockReading(System::nanoTime)),
        new WatchPlan.Intervals(
            host.pollInterval(),
            module.definition().interval(),
            module.events().interval(),
            module.readingTimeout()),
        Set.copyOf(module.events().providers()),
        limits(module.limits()),
        new Retention(module.retention().age(), module.retention().count()));
  }

  private static Reading<Events> events(
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

  /** As {@link WatchedHost#eventsOfLastDay}. */
  static List<LoggedEvent> eventsOfLastDay(HostConfig host, HostAccess access)
      throws AccessException, NotApplicable {
    Module.Events settings = host.module().events();
    Module.Events day =
        new Module.Events(
            settings.enabled(),
            settings.interval(),
            Duration.ofDays(1),
            settings.providers(),
            settings.ignoredUpdates(),
            settings.serviceWords());
    Reading<Events> reading = events(day, log -> Optional.empty(), InstantSource.system());
    List<LoggedEvent> all = new ArrayList<>();
    boolean complete = !settings.enabled();
    while (!complete) {
      Events read = reading.take(access);
      read.logs().forEach(log -> all.addAll(log.events()));
      complete = read.logs().stream().allMatch(Events.LogRead::complete);
    }
    return all;
  }

  private static Limits limits(Module.Limits limits) {
    return new Limits(
        limits.slow(), limits.halted(), limits.slowAfterBoot(), limits.haltedAfterBoot());
  }

  private static <T> Optional<T> when(boolean enabled, Supplier<T> reading) {
    return enabled ? Optional.of(reading.get()) : Optional.empty();
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
