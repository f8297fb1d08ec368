package dev.imfexporter.watch;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static dev.imfexporter.watch.WatchScenario.MAIL;
import static dev.imfexporter.watch.WatchScenario.SYSTEM;
import static dev.imfexporter.watch.WatchScenario.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who started a service, by events that fail, or that are in a language that is not known. */
class StartEvidenceTest {
  private final WatchScenario scenario = WatchScenario.watched();

  @Test
  void startByAnAdministratorIsRecognisedInAnyLanguage() {
    scenario.ordersWord(MAIL, "beenden", USER).pass(4).logs(MAIL, STOPPED).pass(10);
    scenario.ordersWord(MAIL, "starten", USER).pass(2).logs(MAIL, RUNNING).pass(3).polls().reads();

    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.ADMINISTRATOR);
    assertThat(scenario.lastRestart().phases()).containsEntry(Phase.STOP, Duration.ofSeconds(4));
    assertThat(scenario.lastRestart().crash()).isFalse();
    assertThat(scenario.state.unrecognised(scenario.time.now())).isZero();
  }

  @Test
  void orderOfTheLogDecidesWithinASecond() {
    scenario.ordersWord(MAIL, "beenden", USER).logs(MAIL, STOPPED);
    scenario.ordersWord(MAIL, "starten", USER).pass(5).logs(MAIL, RUNNING).pass(3).polls().reads();

    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.ADMINISTRATOR);
  }

  @Test
  void startOfTheSystemIsNotAnAdministrators() {
    scenario.ordersWord(MAIL, "beenden", USER).pass(4).logs(MAIL, STOPPED).pass(10);
    scenario.ordersWord(MAIL, "starten", SYSTEM).pass(2).logs(MAIL, RUNNING);
    scenario.pass(3).polls().reads();

    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
  }

  @Test
  void recoveryActionThatFailedDidNotStartTheService() {
    scenario.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).is(MAIL, STOPPED).pass(1);
    scenario.fails(MAIL, 7000, Failure.START).polls().reads().pass(60);
    scenario.orders(MAIL, Control.START, SYSTEM).pass(1).logs(MAIL, RUNNING);
    scenario.pass(3).polls().reads();

    assertThat(scenario.lastRestart().crash()).isTrue();
    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
  }

  @Test
  void failedStartIsKeptOverARestartOfTheExporter() {
    scenario.fails(MAIL, 7031, Failure.TERMINATED_RECOVERING).is(MAIL, STOPPED).pass(1);
    scenario.fails(MAIL, 7000, Failure.START).polls().reads().pass(30).restarts(true);
    scenario.polls().pass(30).logs(MAIL, RUNNING).pass(3).polls().reads();

    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
  }

  @Test
  void administratorWhoseStartFailedDidNotStartTheService() {
    scenario.logs(MAIL, STOPPED).polls().pass(10).orders(MAIL, Control.START, USER);
    scenario.fails(MAIL, 7000, Failure.START).reads().pass(60);
    scenario.logs(MAIL, RUNNING).pass(3).polls().reads();

    assertThat(scenario.lastRestart().startedBy()).contains(StartedBy.UNATTRIBUTED);
  }
}
