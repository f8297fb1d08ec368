package dev.imfexporter.watch;

import dev.imfexporter.life.HostLife;
import dev.imfexporter.life.Observed;
import dev.imfexporter.life.Observed.Restarts;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Feeds a state the observations of a host's life, as {@link HostWatcher} does. */
final class LifePlayer {
  private final HostLife life;
  private final Set<Source> sources;
  private final Memory memory = new Memory();
  private final List<Observed.Check> checks = new ArrayList<>();
  private @Nullable HostState state;
  private Instant started = HostLife.BEGIN;
  private Moment now = new Moment(HostLife.BEGIN, Duration.ZERO);

  LifePlayer(HostLife life, Set<Source> sources) {
    this.life = life;
    this.sources = sources;
  }

  /** The facts that outlast the program: the list that a journal would have on disk. */
  private static final class Memory {
    private List<Fact> facts = new ArrayList<>();
    private final List<Outage> settled = new ArrayList<>();
    private int stops;

    void keep(List<Fact> more) {
      facts.addAll(more);
      for (Fact fact : more) {
        if (fact instanceof ServiceFact.OutageSettled counted) {
          settled.add(counted.outage());
        }
      }
    }

    /** Every third end in order, the file is rewritten. */
    void stopped(boolean killed, HostState state) {
      if (!killed && ++stops % 3 == 0) {
        facts = new ArrayList<>(state.summary());
      }
    }
  }

  Observed play(List<Instant> checkpoints) {
    life.steps(sources, checkpoints).forEach(this::step);
    HostState last = state == null ? begin(HostLife.END) : state;
    HostHistory history = last.view(name -> Source.POLL, now);
    Map<String, Restarts> restarts = new HashMap<>();
    for (ServiceHistory service : history.services()) {
      restarts.put(
          service.name(),
          new Restarts(service.totals().restarts(), service.totals().restartTime()));
    }
    List<Episode> episodes = new ArrayList<>(history.episodes().closed());
    history.episodes().present().ifPresent(episodes::add);
    return new Observed(memory.settled, restarts, episodes, checks);
  }

  private HostState begin(Instant at) {
    started = at;
    now = new Moment(at, Duration.ZERO);
    HostState fresh = HostState.replay(settings(), memory.facts, now);
    state = fresh;
    return fresh;
  }

  private void step(dev.imfexporter.life.Step step) {
    if (step instanceof dev.imfexporter.life.Step.ExporterStarts) {
      begin(step.at());
      return;
    }
    HostState live = state == null ? begin(step.at()) : state;
    now = new Moment(step.at(), Duration.between(started, step.at()));
    if (step instanceof dev.imfexporter.life.Step.Poll poll) {
      take(live, new Observation.Tick(now));
      Set<String> notified =
          sources.contains(Source.NOTIFICATION)
              ? poll.reading().services().stream().map(s -> s.name()).collect(Collectors.toSet())
              : Set.of();
      take(live, new Observation.Polled(poll.reading(), now, now, notified));
    } else if (step instanceof dev.imfexporter.life.Step.Notification notified) {
      take(live, new Observation.Notified(notified.service().shortName(), notified.status(), now));
    } else if (step instanceof dev.imfexporter.life.Step.EventsRead) {
      if (live.services().isPolled()) {
        take(
            live,
            new Observation.EventsRead(life.events(live.cursor("System"), step.at()), now, now));
      }
    } else if (step instanceof dev.imfexporter.life.Step.HostRead read) {
      take(live, new Observation.ClockRead(read.reading(), now));
    } else if (step instanceof dev.imfexporter.life.Step.DefinitionRead read) {
      take(live, new Observation.DefinitionRead(read.reading(), now));
    } else if (step instanceof dev.imfexporter.life.Step.MailRead read) {
      if (read.smtp().isPresent()) {
        take(live, new Observation.CountersRead(read.smtp().get(), now, now));
      }
      take(live, new Observation.BannerRead(read.banner(), now, now));
    } else if (step instanceof dev.imfexporter.life.Step.Unreachable) {
      take(live, new Observation.PollFailed(now));
    } else if (step instanceof dev.imfexporter.life.Step.Check) {
      check(live);
    } else if (step instanceof dev.imfexporter.life.Step.ExporterStops stops) {
      memory.stopped(stops.killed(), live);
      state = null;
    }
  }

  private void take(HostState live, Observation observation) {
    memory.keep(live.step(observation).facts());
  }

  private void check(HostState live) {
    HostHistory history = live.view(name -> Source.POLL, now);
    checks.add(
        new Observed.Check(
            now.wall(),
            history.services().stream()
                .filter(ServiceHistory::leftStopped)
                .map(ServiceHistory::name)
                .collect(Collectors.toSet()),
            history.mailFlow().state()));
  }

  private StateSettings settings() {
    return ObservedState.settings(sources.contains(Source.EVENT));
  }
}
