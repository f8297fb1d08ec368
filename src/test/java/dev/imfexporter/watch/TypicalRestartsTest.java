package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static dev.imfexporter.watch.WatchScenario.ADMIN;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.ServiceHistory.Typical;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.TypicalRestart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the state says of how long restarts of a service usually take. */
class TypicalRestartsTest {
  private final WatchScenario scenario = WatchScenario.watched();

  @Test
  void theLastRestartIsComparedWithThoseBeforeIt() {
    restart(10);
    restart(12);
    assertThat(scenario.mail().typical()).isEqualTo(Typical.UNKNOWN);
    restart(14);
    assertThat(comparedWith()).isEmpty();
    restart(60);

    assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(60));
    assertThat(comparedWith()).contains(Duration.ofSeconds(12));
    assertThat(scenario.history(ADMIN).typical()).isEqualTo(Typical.UNKNOWN);
  }

  @Test
  void threeSourcesOfARestartAreOneRestart() {
    for (int i = 0; i < 4; i++) {
      scenario.polls(MAIL, STOP_PENDING).pass(0.3).notifies(MAIL, STOP_PENDING).pass(4);
      scenario.notifies(MAIL, STOPPED).logs(MAIL, STOPPED).pass(20);
      scenario.notifies(MAIL, RUNNING).logs(MAIL, RUNNING).pass(0.5).polls().pass(60).reads();
    }

    TypicalRestart typical = scenario.mail().typical().beforeLast().orElseThrow();
    assertThat(typical.restarts()).isEqualTo(3);
    assertThat(typical.phases()).containsOnlyKeys(Phase.STOP);
  }

  @Test
  void anOutageUnderWayIsComparedWithAllRestarts() {
    restart(10);
    restart(12);
    restart(14);
    scenario.logs(MAIL, STOPPED).notifies(MAIL, STOPPED).pass(100).reads();

    ServiceHistory mail = scenario.mail();
    Outage open = open();
    assertThat(open.ended()).isEmpty();
    assertThat(median(mail.typicalBefore(open))).contains(Duration.ofSeconds(12));
    assertThat(comparedWith()).as("the last restart is still the third").isEmpty();
  }

  @Test
  void anOutageThatEndedIsComparedBeforeItsEventsAreRead() {
    restart(10);
    restart(12);
    restart(14);
    scenario.logs(MAIL, STOPPED).notifies(MAIL, STOPPED).pass(30).notifies(MAIL, RUNNING);

    assertThat(scenario.mail().totals().restarts()).as("not settled").isEqualTo(3);
    assertThat(scenario.lastRestart().total()).contains(Duration.ofSeconds(30));
    assertThat(comparedWith()).contains(Duration.ofSeconds(12));
  }

  @Test
  void aBootIsNeitherComparedNorComparedWith() {
    restart(10);
    restart(12);
    restart(14);
    scenario.shutsDown().pass(300).boots().pass(60).logs(MAIL, RUNNING).logs(ADMIN, RUNNING);
    scenario.pass(10).restarts(true).polls().measures().reads();

    Outage boot = scenario.lastRestart();
    assertThat(boot.shutdown()).isTrue();
    assertThat(scenario.mail().typicalBefore(boot)).isEmpty();

    restart(40);
    assertThat(comparedWith()).contains(Duration.ofSeconds(12));
  }

  @Test
  void aCrashIsNeitherComparedNorComparedWith() {
    restart(10);
    restart(12);
    restart(14);
    scenario.logs(MAIL, STOPPED).fails(MAIL, 7034, Failure.TERMINATED).pass(200);
    scenario.is(MAIL, STOPPED).polls().logs(MAIL, RUNNING).pass(5).polls().reads().pass(60);

    assertThat(scenario.lastRestart().crash()).isTrue();
    assertThat(comparedWith()).isEmpty();
    restart(40);
    assertThat(comparedWith()).contains(Duration.ofSeconds(12));
  }

  @Test
  void aReplaySaysTheSame() {
    for (int i = 0; i < 25; i++) {
      restart(10 + i % 7);
    }
    Typical typical = scenario.mail().typical();
    assertThat(typical.withLast().orElseThrow().restarts()).isEqualTo(20);

    scenario.restarts(true).polls();
    assertThat(scenario.mail().typical()).isEqualTo(typical);

    List<Fact> summary = scenario.state.state().summary();
    ObservedState again = ObservedState.begin(true, new ArrayList<>(summary), scenario.time.now());
    again.step(
        new Observation.Notified(MAIL, new ServiceStatus(RUNNING, 0, 0, 0), scenario.time.now()));
    assertThat(again.state().summary()).isEqualTo(summary);
  }

  @Test
  void whatIsNotKeptIsForgottenInTheRunningStateToo() {
    StateSettings plain = ObservedState.settings(false);
    StateSettings few =
        new StateSettings(
            plain.limits(),
            new Retention(Duration.ofDays(400), 4),
            false,
            true,
            Set.of(),
            Set.of());
    List<Fact> facts = new ArrayList<>();
    HostState state = HostState.replay(few, facts, scenario.time.now());
    for (String service : List.of(MAIL, MAIL, MAIL, MAIL, ADMIN, ADMIN)) {
      restart(state, service, facts);
    }

    Typical before = typical(state);
    HostState again = HostState.replay(few, state.summary(), scenario.time.now());
    poll(again, MAIL, RUNNING, facts);
    assertThat(typical(again)).isEqualTo(before).isEqualTo(Typical.UNKNOWN);
  }

  private void restart(HostState state, String service, List<Fact> facts) {
    poll(state, service, RUNNING, facts);
    typical(state);
    poll(state, service, STOPPED, facts);
    poll(state, service, RUNNING, facts);
  }

  private void poll(HostState state, String service, ServiceState is, List<Fact> facts) {
    WatchScenario host = scenario.pass(10);
    host.is(ADMIN, RUNNING).is(MAIL, RUNNING).is(service, is);
    facts.addAll(state.step(host.poll()).facts());
  }

  private Typical typical(HostState state) {
    return state.view(name -> Source.POLL, scenario.time.now()).services().stream()
        .filter(service -> service.name().equals(MAIL))
        .map(ServiceHistory::typical)
        .findFirst()
        .orElse(Typical.UNKNOWN);
  }

  /** A restart of so many seconds, and a day after it. */
  private void restart(int seconds) {
    scenario.logs(MAIL, STOPPED).notifies(MAIL, STOPPED).pass(seconds);
    scenario.logs(MAIL, RUNNING).notifies(MAIL, RUNNING).pass(60).polls().reads();
    scenario.pass(86_400).polls().measures().reads();
  }

  private Outage open() {
    return scenario.outages().get(0);
  }

  private Optional<Duration> comparedWith() {
    return median(scenario.mail().typicalBefore(scenario.lastRestart()));
  }

  private static Optional<Duration> median(Optional<TypicalRestart> typical) {
    return typical.map(of -> of.total().median());
  }
}
