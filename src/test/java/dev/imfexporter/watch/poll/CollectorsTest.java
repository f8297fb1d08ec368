package dev.imfexporter.watch.poll;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.collector.CollectorKey.BANNER;
import static dev.imfexporter.collector.CollectorKey.COMPONENTS;
import static dev.imfexporter.collector.CollectorKey.EVENTS;
import static dev.imfexporter.collector.CollectorKey.FOLDERS;
import static dev.imfexporter.collector.CollectorKey.HOST;
import static dev.imfexporter.collector.CollectorKey.SERVICES;
import static dev.imfexporter.collector.CollectorKey.SMTP;
import static dev.imfexporter.watch.model.Need.HOST_CLOCK;
import static dev.imfexporter.watch.model.Need.SERVICES_READ;
import static dev.imfexporter.watch.model.Need.SMTP_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.FakeHost;
import dev.imfexporter.watch.Plans;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.Collected;
import dev.imfexporter.watch.model.PlannedCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CollectorsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final TestTime time = new TestTime();
  private final State state = new State();

  /** The collectors that were asked, in order. */
  private final List<CollectorKey<?>> asked = new ArrayList<>();

  private final Set<CollectorKey<?>> failing = new HashSet<>();
  private final Set<CollectorKey<?>> unsupported = new HashSet<>();
  private final List<Runnable> calls = new ArrayList<>();
  private boolean held;

  private final Collectors collectors =
      new Collectors(
          Plans.of(
              "mail01",
              planned(EVENTS, new Events(List.of())).needing(SERVICES_READ, HOST_CLOCK),
              planned(SMTP, new Smtp(List.of())).needing(SMTP_RUNNING),
              planned(BANNER, new Banner(Map.of(), Optional.empty()))
                  .forScrapes()
                  .needing(SMTP_RUNNING),
              planned(COMPONENTS, new Components(List.of(), 0, 0)).needing(SERVICES_READ),
              planned(SERVICES, new Services(List.of())).every(Duration.ZERO),
              planned(
                  HOST,
                  new HostClockState(
                      Instant.EPOCH, Duration.ZERO, Duration.ofDays(1), Optional.empty()))),
          new FakeHost(),
          this::call,
          time,
          log -> Optional.empty(),
          state,
          this::ended);

  private static final class State implements Known {
    private boolean servicesRead;
    private @Nullable ServiceState smtp = RUNNING;
    private boolean notified;
    private boolean awaited;
    private boolean pending;

    @Override
    public boolean servicesRead() {
      return servicesRead;
    }

    @Override
    public Optional<ServiceState> smtp() {
      return Optional.ofNullable(smtp);
    }

    @Override
    public boolean allNotified() {
      return notified;
    }

    @Override
    public boolean outageAwaitsEvents() {
      return awaited;
    }

    @Override
    public boolean iisAdminPending() {
      return pending;
    }

    @Override
    public boolean stoodStill(Moment since, Moment now) {
      return false;
    }
  }

  private <T> PlannedCollector<T> planned(CollectorKey<T> key, T value) {
    Collector<T> collector =
        host -> {
          asked.add(key);
          if (unsupported.contains(key)) {
            throw new AccessException.Unsupported(key + " cannot be read");
          }
          if (failing.contains(key)) {
            throw new AccessException.Missing(key + " is gone");
          }
          return value;
        };
    return PlannedCollector.planned(key, collector, INTERVAL);
  }

  private void call(Runnable call) {
    if (held) {
      calls.add(call);
    } else {
      call.run();
    }
  }

  private void ended(Timed<?> run, Object since, Object until) {
    state.servicesRead |= run.key() == SERVICES && run.value().isPresent();
  }

  private CompletableFuture<Collected> scrape() {
    return collectors.scrape(time.now().plus(SECOND));
  }

  @Test
  void aScrapeAsksEveryCollectorAfterThoseThatItNeeds() {
    Collected collected = scrape().join();

    assertThat(asked).hasSize(6).containsSubsequence(SERVICES, COMPONENTS);
    assertThat(asked).containsSubsequence(SERVICES, EVENTS).containsSubsequence(HOST, EVENTS);
    assertThat(asked).containsSubsequence(SERVICES, SMTP);
    assertThat(collected.all()).extracting(Timed::key).isEqualTo(CollectorKey.all());
    assertThat(collected.value(EVENTS)).isPresent();
  }

  @Test
  void aCollectorThatIsNotPlannedIsShownAsSwitchedOff() {
    assertThat(scrape().join().get(FOLDERS).result().reason())
        .contains("Switched off by the configuration");
    assertThat(collectors.latest().get(FOLDERS).result().word()).isEqualTo("not_applicable");
  }

  @Test
  void smtpIsNotAskedUnlessItRuns() {
    state.smtp = STOPPED;
    Collected collected = scrape().join();
    assertThat(asked).doesNotContain(SMTP, BANNER);
    assertThat(collected.get(SMTP).asked()).isFalse();
    assertThat(collected.get(BANNER).result().reason())
        .contains("SMTPSVC is STOPPED; there is nothing to ask while it is");

    state.smtp = null;
    assertThat(scrape().join().get(SMTP).result().reason()).contains("SMTPSVC is not installed");
    failing.add(SERVICES);
    time.advance(INTERVAL);
    assertThat(scrape().join().get(SMTP).result().reason())
        .contains("Not asked, as it is not known whether SMTPSVC runs");
    assertThat(asked).doesNotContain(SMTP, BANNER);
  }

  @Test
  void aScrapeAsksTheOthersThoughServicesAndClockFail() {
    failing.addAll(Set.of(SERVICES, HOST));
    scrape().join();
    assertThat(asked).containsOnlyOnce(EVENTS, COMPONENTS);
  }

  @Test
  void aPollRunsWhatIsDueAndMayBeAsked() {
    failing.add(SERVICES);
    collectors.poll();
    assertThat(asked).containsExactlyInAnyOrder(SERVICES, HOST);

    failing.clear();
    asked.clear();
    time.advance(SECOND);
    collectors.poll();
    // It may have booted meanwhile, with another clock.
    assertThat(asked).containsExactlyInAnyOrder(SERVICES, HOST, EVENTS, COMPONENTS, SMTP);

    asked.clear();
    time.advance(SECOND);
    collectors.poll();
    assertThat(asked).containsExactly(SERVICES);

    asked.clear();
    time.advance(INTERVAL);
    state.smtp = STOPPED;
    collectors.poll();
    assertThat(asked).containsExactlyInAnyOrder(SERVICES, EVENTS, COMPONENTS, HOST);
  }

  @Test
  void servicesThatTheHostNotifiesArePolledEvery15Seconds() {
    collectors.poll();
    asked.clear();
    state.notified = true;
    for (int i = 0; i < 14; i++) {
      time.advance(SECOND);
      collectors.poll();
    }
    assertThat(asked).doesNotContain(SERVICES);
    time.advance(SECOND);
    collectors.poll();
    assertThat(asked).contains(SERVICES);
  }

  @Test
  void eventsThatAreAwaitedAreReadEvery3Seconds() {
    collectors.poll();
    collectors.poll();
    asked.clear();
    state.awaited = true;
    for (int i = 0; i < 6; i++) {
      time.advance(SECOND);
      collectors.poll();
    }
    assertThat(asked).filteredOn(EVENTS::equals).hasSize(2);
  }

  @Test
  void modulesAreListedAtEachPollWhileIisAdminIsPending() {
    collectors.poll();
    collectors.poll();
    asked.clear();
    state.pending = true;
    for (int i = 0; i < 5; i++) {
      time.advance(SECOND.minusMillis(50));
      collectors.poll();
      time.advance(Duration.ofMillis(50));
      collectors.poll();
    }
    assertThat(asked).filteredOn(COMPONENTS::equals).hasSize(5);

    state.pending = false;
    asked.clear();
    time.advance(SECOND);
    collectors.poll();
    assertThat(asked).doesNotContain(COMPONENTS);
  }

  @Test
  void modulesThatCannotBeListedAreNotAskedForAgainAndAgain() {
    unsupported.add(COMPONENTS);
    collectors.poll();
    collectors.poll();
    asked.clear();
    state.pending = true;
    for (int i = 0; i < 5; i++) {
      time.advance(SECOND);
      collectors.poll();
    }
    assertThat(asked).doesNotContain(COMPONENTS);
  }

  @Test
  void afterAServiceChangedTheNextScrapeListsTheModulesAnew() {
    scrape().join();
    asked.clear();
    scrape().join();
    assertThat(asked).doesNotContain(COMPONENTS);

    collectors.servicesChanged();
    scrape().join();
    assertThat(asked).contains(COMPONENTS);
    asked.clear();
    scrape().join();
    assertThat(asked).doesNotContain(COMPONENTS);
  }

  @Test
  void aRefreshWaitsForWhatTheCollectorNeeds() {
    held = true;
    collectors.poll();
    collectors.refresh(EVENTS);
    assertThat(calls).hasSize(2); // services and clock

    calls.remove(0).run();
    assertThat(calls).hasSize(1);
    calls.remove(0).run();
    assertThat(calls).hasSize(1);
    calls.remove(0).run();
    assertThat(asked).last().isEqualTo(EVENTS);
    assertThat(calls).isEmpty();
  }

  @Test
  void theClockOfAHostThatComesBackIsMeasuredBeforeItsEventsAreRead() {
    collectors.poll();
    failing.add(SERVICES);
    time.advance(SECOND);
    collectors.poll();
    failing.clear();
    asked.clear();
    time.advance(SECOND);
    held = true;
    collectors.poll();
    calls.remove(0).run();
    collectors.refresh(EVENTS);
    while (!calls.isEmpty()) {
      calls.remove(0).run();
    }

    assertThat(asked).containsExactly(SERVICES, HOST, EVENTS);
  }

  @Test
  void eventsAreReadThoughTheCallForTheClockHangs() {
    held = true;
    collectors.poll();
    calls.remove(0).run();
    collectors.refresh(EVENTS);
    assertThat(asked).containsExactly(SERVICES);

    time.advance(Duration.ofSeconds(6));
    assertThat(collectors.stuck()).isEqualTo(1);
    held = false;
    collectors.poll();
    assertThat(asked).contains(EVENTS);
  }
}
