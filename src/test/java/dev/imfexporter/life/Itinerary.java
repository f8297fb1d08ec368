package dev.imfexporter.life;

import dev.imfexporter.collector.Services;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When the exporter looks at what. Readings are made as the steps are walked. */
final class Itinerary {
  /** From poll to poll. */
  static final Duration POLL = Duration.ofSeconds(15);

  /** From one look at everything else to the next. */
  static final Duration LOOK = Duration.ofMinutes(1);

  private final HostLife life;
  private final Set<Source> sources;
  private final List<Tick> ticks = new ArrayList<>();
  private @Nullable Services newest;
  private @Nullable Instant newestChange;

  /** A step that is made when its turn comes. */
  private record Tick(Instant at, Function<Instant, Step> step) {}

  private Itinerary(HostLife life, Set<Source> sources) {
    this.life = life;
    this.sources = sources;
  }

  static Stream<Step> of(HostLife life, Set<Source> sources, List<Step> fixed) {
    Itinerary itinerary = new Itinerary(life, sources);
    Instant from = HostLife.BEGIN;
    for (Absence absence : life.absences()) {
      itinerary.present(from, absence.from(), Optional.of(absence));
      from = absence.until();
    }
    itinerary.present(from, HostLife.END, Optional.empty());
    fixed.forEach(step -> itinerary.ticks.add(new Tick(step.at(), at -> step)));
    itinerary.ticks.sort(Comparator.comparing(Tick::at));
    return itinerary.ticks.stream().map(tick -> tick.step().apply(tick.at()));
  }

  private void present(Instant from, Instant until, Optional<Absence> next) {
    ticks.add(new Tick(from, Step.ExporterStarts::new));
    int every = Math.toIntExact(LOOK.dividedBy(POLL));
    int i = 0;
    for (Instant t = from; t.isBefore(until); t = t.plus(POLL)) {
      boolean everything = i++ % every == 0;
      if (!life.isUp(t)) {
        ticks.add(new Tick(t, Step.Unreachable::new));
        continue;
      }
      if (everything) {
        ticks.add(new Tick(t, at -> new Step.HostRead(at, life.hostState(at))));
      }
      // Notifications are cross-checked by polls; events alone need to know whose they are.
      boolean polls = sources.contains(Source.POLL) || sources.contains(Source.NOTIFICATION);
      if (polls || i == 1) {
        ticks.add(new Tick(t, at -> new Step.Poll(at, polled(at))));
      }
      if (everything) {
        others(t);
      }
    }
    next.ifPresent(
        absence -> ticks.add(new Tick(until, at -> new Step.ExporterStops(at, absence.killed()))));
  }

  private void others(Instant t) {
    if (sources.contains(Source.EVENT)) {
      ticks.add(new Tick(t, Step.EventsRead::new));
    }
    ticks.add(new Tick(t, at -> new Step.DefinitionRead(at, life.definition(at))));
    ticks.add(new Tick(t, at -> new Step.MailRead(at, life.smtp(at), life.banner(at))));
  }

  /** One value for as long as nothing changes. */
  private Services polled(Instant at) {
    Instant change = life.lastChange(at);
    if (newest == null || !change.equals(newestChange)) {
      newest = life.services(at);
      newestChange = change;
    }
    return newest;
  }
}
