package dev.imfexporter.watch;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Limits;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A state that is fed observations, and the facts that came of them. */
public final class ObservedState {
  public static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(45));

  public static final Retention RETENTION = new Retention(Duration.ofDays(400), 500);

  private final List<Fact> facts;
  private final HostState state;

  private ObservedState(HostState state, List<Fact> facts) {
    this.state = state;
    this.facts = facts;
  }

  /** The state that a run of the program begins with; its facts are appended to the list. */
  public static ObservedState begin(boolean eventsWatched, List<Fact> facts, Moment now) {
    return new ObservedState(
        HostState.replay(settings(eventsWatched), List.copyOf(facts), now), facts);
  }

  /** A host with services that are not missed while they are stopped. */
  public static ObservedState beginWithOptional(String service, Moment now) {
    StateSettings plain = settings(false);
    StateSettings settings =
        new StateSettings(
            plain.limits(), plain.retention(), false, true, Set.of(), Set.of(service));
    return new ObservedState(HostState.replay(settings, List.of(), now), new ArrayList<>());
  }

  public static StateSettings settings(boolean eventsWatched) {
    return new StateSettings(LIMITS, RETENTION, eventsWatched, true, Set.of(), Set.of());
  }

  public Step step(Observation observation) {
    Step step = state.step(observation);
    facts.addAll(step.facts());
    return step;
  }

  public HostState state() {
    return state;
  }

  public HostHistory history(Moment now) {
    return state.view(name -> Source.POLL, now);
  }

  public ServiceHistory service(String name, Moment now) {
    return history(now).services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public Optional<ServiceState> state(String service) {
    return state.services().status(service).map(ServiceStatus::state);
  }

  /** The facts of services that a summary has. */
  public List<ServiceFact> serviceSummary() {
    return of(state.summary(), ServiceFact.class);
  }

  /** All outages, newest first. */
  public List<Outage> outages(Moment now) {
    List<Outage> all = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    of(state.summary(), ServiceFact.OutageSettled.class).forEach(fact -> all.add(fact.outage()));
    all.forEach(outage -> known.add(outage.id()));
    history(now).outages().stream().filter(o -> !known.contains(o.id())).forEach(all::add);
    all.sort(Comparator.comparing(Outage::began).reversed());
    return all;
  }

  public List<Boot> boots() {
    return of(state.summary(), ServiceFact.Rebooted.class).stream()
        .map(ServiceFact.Rebooted::boot)
        .toList();
  }

  /** How many events named a state or a control by an unknown word, in the System log. */
  public long unrecognised(Moment now) {
    return history(now).events().logs().stream().mapToLong(log -> log.unrecognised()).sum();
  }

  static <T> List<T> of(List<? extends Fact> facts, Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
