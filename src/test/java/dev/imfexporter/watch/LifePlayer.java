package dev.imfexporter.watch;

import dev.imfexporter.life.HostLife;
import dev.imfexporter.life.Observed;
import dev.imfexporter.life.Observed.Restarts;
import dev.imfexporter.life.Step;
import dev.imfexporter.reading.ServicesReading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has the ledgers live through a host's life, as {@link HostWatcher} feeds them. */
final class LifePlayer {
  private final HostLife life;
  private final Set<Witness> witnesses;
  private final Memory memory = new Memory();
  private final List<Observed.Check> checks = new ArrayList<>();
  private @Nullable Ledgers ledgers;
  private Instant started = HostLife.BEGIN;
  private Moment now = new Moment(HostLife.BEGIN, Duration.ZERO);

  LifePlayer(HostLife life, Set<Witness> witnesses) {
    this.life = life;
    this.witnesses = witnesses;
  }

  /** What outlasts the program, kept in memory: the list that a journal would have on disk. */
  private static final class Memory implements FactStore {
    private List<Fact> facts = new ArrayList<>();
    private final List<Outage> settled = new ArrayList<>();
    private Supplier<List<Fact>> summary = List::of;
    private int stops;

    @Override
    public List<Fact> recovered() {
      return List.copyOf(facts);
    }

    @Override
    public void keep(List<Fact> more) {
      facts.addAll(more);
      for (Fact fact : more) {
        if (fact instanceof ServiceFact.Settled counted) {
          settled.add(counted.outage());
        }
      }
    }

    @Override
    public void summary(Supplier<List<Fact>> all) {
      summary = all;
    }

    /** Every third end in order, the file is rewritten. */
    void stopped(boolean killed) {
      if (!killed && ++stops % 3 == 0) {
        facts = new ArrayList<>(summary.get());
      }
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void close() {}
  }

  Observed play(List<Instant> checkpoints) {
    life.steps(witnesses, checkpoints).forEach(this::step);
    Ledgers last = ledgers == null ? begin(HostLife.END) : ledgers;
    HostHistory history = last.history(name -> Witness.POLL, now);
    Map<String, Restarts> restarts = new HashMap<>();
    for (ServiceHistory service : history.services()) {
      restarts.put(service.name(), new Restarts(service.restarts(), service.restartTime()));
    }
    List<Episode> episodes = new ArrayList<>(history.episodes().closed());
    history.episodes().present().ifPresent(episodes::add);
    return new Observed(memory.settled, restarts, episodes, checks);
  }

  private Ledgers begin(Instant at) {
    started = at;
    now = new Moment(at, Duration.ZERO);
    Ledgers fresh = new Ledgers(plan(), memory);
    ledgers = fresh;
    return fresh;
  }

  private void step(Step step) {
    if (step instanceof Step.ExporterStarts) {
      begin(step.at());
      return;
    }
    Ledgers live = ledgers == null ? begin(step.at()) : ledgers;
    now = new Moment(step.at(), Duration.between(started, step.at()));
    if (step instanceof Step.Poll poll) {
      live.tick(now);
      live.services(poll.reading(), now, now, name -> witnesses.contains(Witness.NOTIFICATION));
    } else if (step instanceof Step.Notification told) {
      live.notified(told.service().shortName(), told.status(), now);
    } else if (step instanceof Step.EventsRead) {
      if (live.servicesKnown()) {
        live.events(life.events(live.cursor("System"), step.at()), now, now);
      }
    } else if (step instanceof Step.HostRead read) {
      live.machine(read.reading(), now);
    } else if (step instanceof Step.DefinitionRead read) {
      live.definition(read.reading(), now);
    } else if (step instanceof Step.MailRead read) {
      Moment at = now;
      live.mail(
          mail -> {
            read.smtp().ifPresent(counters -> mail.smtp(counters, at));
            mail.banner(read.banner(), at);
          },
          now);
    } else if (step instanceof Step.Unreachable) {
      live.unreadable(now);
    } else if (step instanceof Step.Check) {
      check(live);
    } else if (step instanceof Step.ExporterStops stops) {
      memory.stopped(stops.killed());
      ledgers = null;
    }
  }

  private void check(Ledgers live) {
    HostHistory history = live.history(name -> Witness.POLL, now);
    checks.add(
        new Observed.Check(
            now.wall(),
            history.services().stream()
                .filter(ServiceHistory::leftStopped)
                .map(ServiceHistory::name)
                .collect(Collectors.toSet()),
            history.mailFlow().state()));
  }

  private WatchPlan plan() {
    return new WatchPlan(
        "mail01",
        new ServicesReading(List.of("IISADMIN"), InstantSource.system()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        witnesses.contains(Witness.EVENT)
            ? Optional.of(
                cursor -> {
                  throw new IllegalStateException("events come from the life");
                })
            : Optional.empty(),
        Optional.empty(),
        Optional.of(
            new dev.imfexporter.reading.BannerReading(
                "", 25, "test", Duration.ofSeconds(1), System::nanoTime)),
        Optional.empty(),
        Optional.empty(),
        new WatchPlan.Intervals(
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5)),
        Set.of(),
        EpisodeLimits.DEFAULT,
        new WatchPlan.Retention(Duration.ofDays(400), 500));
  }
}
