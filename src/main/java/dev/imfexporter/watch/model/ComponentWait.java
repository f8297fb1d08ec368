package dev.imfexporter.watch.model;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.LoggedEvent.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A time in which IIS Admin was STOP_PENDING or START_PENDING, with the third-party modules that
 * its process {@code inetinfo.exe} had loaded meanwhile. It is evidence, not a verdict: that a
 * module was loaded does not prove that anything waited for it.
 *
 * @param phase {@link Phase#STOP} or {@link Phase#START}
 * @param processId of {@code inetinfo.exe}; 0 if no status had it
 * @param began when IIS Admin was first seen so
 * @param until when it was first seen in another state; without {@code next}, when it was last seen
 *     so
 * @param next the state that followed; empty while it lasts, and if that was not observed
 * @param whole false if it may have begun before {@code began}, because the exporter had not seen
 *     IIS Admin in another state before
 * @param typical the median of this phase in the earlier restarts of this host, as far as {@link
 *     TypicalRestart} has it
 * @param samples how often the modules were listed, at most {@value #MOST_SAMPLES} times
 * @param listed when they were last listed; empty if never
 * @param loaded the first {@value #MOST_LOADED} third-party modules, in the order in which they
 *     were first seen
 * @param events the newest {@value #MOST_EVENTS} records that sources of other makers wrote into
 *     the Application log meanwhile, or up to {@link #EARLIER} before, oldest first
 */
public record ComponentWait(
    Phase phase,
    long processId,
    Instant began,
    Instant until,
    Optional<ServiceState> next,
    boolean whole,
    Optional<Duration> typical,
    int samples,
    Optional<Instant> listed,
    List<Loaded> loaded,
    List<VendorEvent> events) {
  /** As many as a reading of the modules lists. */
  public static final int MOST_LOADED = 50;

  public static final int MOST_EVENTS = 20;
  public static final int MOST_SAMPLES = 900;

  /** After this, the modules are listed no more. */
  public static final Duration LONGEST_SAMPLED = Duration.ofMinutes(15);

  /** A poll may see the state this much later than it was entered. */
  public static final Duration EARLIER = Duration.ofSeconds(15);

  /** Event logs have whole seconds, and the clock of the host has an error. */
  private static final Duration LATER = Duration.ofSeconds(2);

  /** Before and after a boot, everything stops and starts at once. */
  private static final Duration BEFORE_BOOT = Duration.ofMinutes(5);

  private static final Duration AFTER_BOOT = Duration.ofMinutes(10);

  /** With nothing to compare: as long as Windows itself waits for a service to answer. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** What is longer than usual by less than this is no reason to suspect anything. */
  private static final Duration NOTABLE = Duration.ofSeconds(5);

  public ComponentWait {
    loaded = List.copyOf(loaded);
    events = List.copyOf(events);
  }

  /**
   * A third-party module.
   *
   * @param first when it was first listed in this wait
   * @param last when it was last listed in this wait
   */
  public record Loaded(Component component, Instant first, Instant last) {}

  /**
   * A record of a source that does not look like Microsoft's.
   *
   * @param at by the exporter's clock, to the second
   */
  public record VendorEvent(String provider, int id, Level level, Instant at) {}

  /** One that begins now. */
  public static ComponentWait begin(
      Phase phase, long processId, Instant now, boolean whole, Optional<Duration> typical) {
    return new ComponentWait(
        phase,
        processId,
        now,
        now,
        Optional.empty(),
        whole,
        typical,
        0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** The same, still so at that time. */
  public ComponentWait lasting(Instant now) {
    return ended(now, Optional.empty());
  }

  /** The same, followed by that state. */
  public ComponentWait followed(ServiceState state, Instant now) {
    return ended(now, Optional.of(state));
  }

  private ComponentWait ended(Instant at, Optional<ServiceState> state) {
    return new ComponentWait(
        phase, processId, began, at, state, whole, typical, samples, listed, loaded, events);
  }

  /** The same with a further list of the modules. */
  public ComponentWait listed(Components components, Instant at) {
    Map<Component, Loaded> all = new LinkedHashMap<>();
    loaded.forEach(known -> all.put(known.component(), known));
    for (Component component : components.thirdParty()) {
      if (all.containsKey(component) || all.size() < MOST_LOADED) {
        all.merge(
            component,
            new Loaded(component, at, at),
            (known, now) -> new Loaded(component, known.first(), at));
      }
    }
    return new ComponentWait(
        phase,
        processId,
        began,
        until,
        next,
        whole,
        typical,
        samples + 1,
        Optional.of(at),
        List.copyOf(all.values()),
        events);
  }

  /** Those of the newest list. */
  public List<Component> present() {
    return loaded.stream()
        .filter(module -> listed.equals(Optional.of(module.last())))
        .map(Loaded::component)
        .toList();
  }

  /** Whether an event of that time may belong to it. */
  public boolean spans(Instant at) {
    return !at.isBefore(began.minus(EARLIER)) && !at.isAfter(until.plus(LATER));
  }

  /** The same with a further event. */
  public ComponentWait with(VendorEvent event) {
    List<VendorEvent> all =
        Stream.concat(events.stream(), Stream.of(event))
            .distinct()
            .sorted(Comparator.comparing(VendorEvent::at))
            .toList();
    return new ComponentWait(
        phase,
        processId,
        began,
        until,
        next,
        whole,
        typical,
        samples,
        listed,
        loaded,
        all.subList(Math.max(0, all.size() - MOST_EVENTS), all.size()));
  }

  /** Whether a boot made it. */
  public boolean isOf(Boot boot) {
    return !began.isBefore(boot.down().minus(BEFORE_BOOT))
        && began.isBefore(boot.up().plus(AFTER_BOOT));
  }

  /** How long it took, or has taken so far. */
  public Duration took() {
    return Duration.between(began, until);
  }

  /** Whether modules are to be listed while it lasts. */
  public boolean isSampled() {
    return samples < MOST_SAMPLES && took().compareTo(LONGEST_SAMPLED) < 0;
  }

  /**
   * Whether it took more than twice as long as is typical of this host, and over 5 s longer; over
   * 30 s if too few restarts are known.
   */
  public boolean isSlow() {
    return typical
        .map(usual -> longer(took(), usual.multipliedBy(2)) && longer(took().minus(usual), NOTABLE))
        .orElse(longer(took(), LONG));
  }

  /**
   * How long IIS Admin may have waited for a module. Of a stop: from its begin until the module was
   * last listed. Of a start: from the first list that had the module until the first that had a
   * further one, or until the end.
   */
  public Duration waited(Loaded module) {
    if (phase == Phase.STOP) {
      return Duration.between(began, module.last());
    }
    Instant end =
        loaded.stream()
            .map(Loaded::first)
            .filter(first -> first.isAfter(module.first()))
            .min(Comparator.naturalOrder())
            .orElse(until);
    return Duration.between(module.first(), end);
  }

  /**
   * The modules that may have held it up: those that it may have waited for the longest, if that is
   * at least half of the time in which modules were listed. None if it was not slow.
   */
  public List<Loaded> suspects() {
    Optional<Duration> longest = loaded.stream().map(this::waited).max(Comparator.naturalOrder());
    if (!isSlow() || longest.isEmpty()) {
      return List.of();
    }
    List<Loaded> suspects = new ArrayList<>();
    for (Loaded module : loaded) {
      boolean most = waited(module).equals(longest.get());
      if (most && !longer(listable(), waited(module).multipliedBy(2))) {
        suspects.add(module);
      }
    }
    return suspects;
  }

  /** Whether the lists cover less than half of the time in which modules are listed. */
  public boolean isHardlyListed() {
    Duration covered = Duration.between(began, listed.orElse(began));
    return longer(listable(), covered.multipliedBy(2));
  }

  private Duration listable() {
    return longer(took(), LONGEST_SAMPLED) ? LONGEST_SAMPLED : took();
  }

  private static boolean longer(Duration one, Duration other) {
    return one.compareTo(other) > 0;
  }

  /** The same with its times converted. */
  public ComponentWait on(UnaryOperator<Instant> clock) {
    return new ComponentWait(
        phase,
        processId,
        clock.apply(began),
        clock.apply(until),
        next,
        whole,
        typical,
        samples,
        listed.map(clock),
        loaded.stream()
            .map(m -> new Loaded(m.component(), clock.apply(m.first()), clock.apply(m.last())))
            .toList(),
        events.stream()
            .map(e -> new VendorEvent(e.provider(), e.id(), e.level(), clock.apply(e.at())))
            .toList());
  }
}
