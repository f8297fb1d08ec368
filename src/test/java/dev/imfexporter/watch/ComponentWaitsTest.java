package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.START_PENDING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.testing.Waits.SCAN;
import static dev.imfexporter.testing.Waits.SINK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.fact.Fact.ComponentWaitSeen;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.WaitHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The stops and starts of IIS Admin, from what is observed of a host to the facts of the journal.
 */
class ComponentWaitsTest {
  private final WatchScenario host = new WatchScenario();

  @Test
  void aSlowStopHasTheModulesOfEachSecondAndIsKept() {
    host.polls().pass(10);
    is(STOP_PENDING);
    list(20, SCAN, SINK);
    list(20, SINK);
    is(STOPPED);

    ComponentWait stop = history().past().get(0);
    assertThat(stop.phase()).isEqualTo(Phase.STOP);
    assertThat(stop.processId()).isEqualTo(1712);
    assertThat(stop.took()).isEqualTo(Duration.ofSeconds(40));
    assertThat(stop.next()).contains(STOPPED);
    assertThat(stop.whole()).isTrue();
    assertThat(stop.samples()).isEqualTo(40);
    assertThat(stop.suspects()).extracting(m -> m.component()).containsExactly(SINK);
    assertThat(facts().get(facts().size() - 1)).isEqualTo(stop);
    // The first list, and the change.
    assertThat(facts()).hasSize(3);
  }

  @Test
  void aRunOfTheExporterGoesOnWithWhatIsKept() {
    host.polls();
    is(STOP_PENDING);
    list(40, SINK);
    is(STOPPED);
    WaitHistory before = history();
    host.state = ObservedState.begin(false, host.facts, host.time.now());
    assertThat(history()).isEqualTo(before);

    host.state =
        ObservedState.begin(false, new ArrayList<>(host.state.state().summary()), host.time.now());
    assertThat(history()).isEqualTo(before);
  }

  /** A kill in the middle loses the seconds since the last change, and the rest has no begin. */
  @Test
  void aStopDuringWhichTheExporterRestartsIsTwoParts() {
    host.polls();
    is(STOP_PENDING);
    list(40, SINK);
    host.state = ObservedState.begin(false, host.facts, host.time.now());
    list(1, SINK);
    is(STOP_PENDING);
    list(10, SINK);
    is(STOPPED);

    assertThat(history().past()).extracting(ComponentWait::whole).containsExactly(true, false);
    assertThat(history().past().get(0).next()).isEmpty();
    assertThat(history().past().get(1).took()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatLastsIsKnownBeforeItIsOver() {
    host.polls();
    is(STOP_PENDING);
    list(40, SINK);

    assertThat(host.state.state().services().isIisAdminPending()).isTrue();
    assertThat(history().present().orElseThrow().suspects()).hasSize(1);
    is(RUNNING);
    assertThat(host.state.state().services().isIisAdminPending()).isFalse();
    assertThat(history().present()).isEmpty();
  }

  @Test
  void modulesAreListedForAQuarterOfAnHourAtMost() {
    host.polls();
    is(STOP_PENDING);
    for (int second = 0;
        second < 1_000 && host.state.state().services().isIisAdminPending();
        second++) {
      list(1, SINK);
    }

    assertThat(host.state.state().services().isIisAdminPending()).isFalse();
    assertThat(history().present().orElseThrow().samples()).isLessThanOrEqualTo(900);
    host.pass(3_000).polls();
    assertThat(history().present().orElseThrow().took()).isGreaterThan(Duration.ofMinutes(60));
  }

  @Test
  void aListThatWasRequestedBeforeDoesNotCount() {
    host.polls();
    Observation early = read(SINK);
    host.pass(0.5);
    is(STOP_PENDING);
    host.state.step(early);

    assertThat(history().present().orElseThrow().samples()).isZero();
  }

  @Test
  void listsOfAHostThatIsAtRestAreNotKept() {
    host.polls();
    list(3, SINK);

    assertThat(history()).isEqualTo(WaitHistory.NONE);
    assertThat(facts()).isEmpty();
  }

  @Test
  void aHostThatCannotBeReadAnyMoreEndsWhatWasSeenOfIt() {
    host.polls();
    is(STOP_PENDING);
    list(5, SINK);
    host.cannotPoll().pass(3_600);
    is(RUNNING);

    ComponentWait stop = history().past().get(0);
    assertThat(stop.next()).isEmpty();
    assertThat(stop.took()).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void onlyTheNewestAreKept() {
    host.polls();
    for (int restart = 0; restart < 120; restart++) {
      is(STOP_PENDING);
      host.pass(1);
      is(STOPPED);
      host.pass(60);
    }

    assertThat(history().past()).hasSize(100);
    assertThat(host.state.state().summary())
        .filteredOn(ComponentWaitSeen.class::isInstance)
        .hasSize(100);
  }

  /** Or the receipt of an episode would lose evidence when services restart often. */
  @Test
  void thoseOfEpisodesAreForgottenLast() {
    ComponentWaits waits = new ComponentWaits();
    Instant began = Instant.parse("2026-11-22T03:12:00Z");
    Set<ComponentWait> ofEpisodes = new HashSet<>();
    for (int restart = 0; restart < 500; restart++) {
      ComponentWait wait = Waits.stop(began.plusSeconds(60L * restart)).took(20);
      if (restart < 20) {
        ofEpisodes.add(wait);
      }
      waits.replay(new ComponentWaitSeen(wait));
      waits.forget(ofEpisodes::contains);
    }

    List<ComponentWait> kept = waits.history(List.of()).past();
    assertThat(kept).hasSize(120).containsAll(ofEpisodes);
    assertThat(kept.get(119).began()).isEqualTo(began.plusSeconds(60L * 499));

    waits.forget(wait -> true);
    assertThat(waits.history(List.of()).past()).hasSize(120);
  }

  @Test
  void thoseOfEpisodesAreBoundedToo() {
    ComponentWaits waits = new ComponentWaits();
    Instant began = Instant.parse("2026-11-22T03:12:00Z");
    for (int restart = 0; restart < 500; restart++) {
      waits.replay(new ComponentWaitSeen(Waits.stop(began.plusSeconds(60L * restart)).took(20)));
      waits.forget(wait -> true);
    }

    assertThat(waits.history(List.of()).past()).hasSize(400);
  }

  @Test
  void aStartWhileTheHostBootsIsNoEvidence() {
    host.expectEvents();
    host.polls().measures().reads().pass(600);
    host.shutsDown().pass(120).boots().pass(20);
    host.is(WatchScenario.ADMIN, START_PENDING).polls().reads().pass(60);
    list(1, SINK);
    is(RUNNING);
    host.reads();

    assertThat(host.state.boots()).isNotEmpty();
    assertThat(history().past()).isEmpty();
  }

  @Test
  void recordsOfOtherMakersBelongToTheWaitOfTheirTime() {
    host.expectEvents();
    host.polls().measures().reads().pass(60);
    LoggedEvent long_before = record(1);
    host.pass(60);
    is(STOP_PENDING);
    host.pass(20);
    LoggedEvent during = record(2);
    host.pass(20);
    read(long_before, during);
    is(STOPPED);
    host.pass(1);
    LoggedEvent end = record(3);
    host.pass(30);
    read(end, record(4));

    ComponentWait stop = history().past().get(0);
    assertThat(stop.events()).extracting(event -> event.id()).containsExactly(2, 3);
    assertThat(stop.events().get(0).provider()).isEqualTo("Contoso Mail Scanner");
    assertThat(facts().get(facts().size() - 1)).isEqualTo(stop);
  }

  private LoggedEvent record(int id) {
    return new LoggedEvent(
        "Application",
        id,
        host.now(),
        "Contoso Mail Scanner",
        id,
        Level.WARNING,
        new Meaning.OtherMaker());
  }

  private void read(LoggedEvent... events) {
    Events.LogRead log =
        new Events.LogRead(
            "Application", Optional.empty(), Optional.empty(), true, List.of(events));
    host.state.step(
        new Observation.EventsRead(new Events(List.of(log)), host.time.now(), host.time.now()));
  }

  private void is(ServiceState state) {
    host.is(WatchScenario.ADMIN, new ServiceStatus(state, 0, 0, 1712)).polls();
  }

  /** At each second, these modules are listed, from now on. */
  private void list(int seconds, Component... modules) {
    for (int i = 0; i < seconds; i++) {
      host.state.step(read(modules));
      host.pass(1);
    }
  }

  private Observation read(Component... modules) {
    return new Observation.ComponentsRead(
        new Components(List.of(modules), 0, 40), host.time.now(), host.time.now());
  }

  private WaitHistory history() {
    return host.state.history(host.time.now()).waits();
  }

  private List<ComponentWait> facts() {
    return ObservedState.of(host.facts, ComponentWaitSeen.class).stream()
        .map(ComponentWaitSeen::componentWait)
        .toList();
  }
}
