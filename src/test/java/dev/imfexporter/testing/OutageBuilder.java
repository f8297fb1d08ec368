package dev.imfexporter.testing;

import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds an outage. Without any call it lasts, and the host notified it. */
public final class OutageBuilder {
  private final String service;
  private final Instant began;
  private long number = 1;
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
  private Optional<Instant> ended = Optional.empty();
  private Optional<StartedBy> startedBy = Optional.empty();
  private Set<Source> sources = Set.of(Source.NOTIFICATION);
  private boolean crash;
  private boolean shutdown;

  private OutageBuilder(String service, Instant began) {
    this.service = service;
    this.began = began;
  }

  public static OutageBuilder outage(String service, Instant began) {
    return new OutageBuilder(service, began);
  }

  /** One that differs from those of the other outages of the service on that host. */
  public OutageBuilder number(long unique) {
    number = unique;
    return this;
  }

  public OutageBuilder ended(Instant at, StartedBy by) {
    ended = Optional.of(at);
    startedBy = Optional.of(by);
    return this;
  }

  public OutageBuilder phase(Phase phase, Duration took) {
    phases.put(phase, took);
    return this;
  }

  public OutageBuilder sources(Source... all) {
    sources = Set.of(all);
    return this;
  }

  public OutageBuilder crash(boolean is) {
    crash = is;
    return this;
  }

  public OutageBuilder shutdown(boolean is) {
    shutdown = is;
    return this;
  }

  public Outage build() {
    return new Outage(service, number, began, ended, phases, sources, crash, shutdown, startedBy);
  }
}
