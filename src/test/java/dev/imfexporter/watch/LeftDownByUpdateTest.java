package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.ServiceHistory;
import dev.imfexporter.watch.model.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service whose start mode an installer or an administrator changed while it was down. */
class LeftDownByUpdateTest {
  private final UpdateNight night = new UpdateNight(false);

  @ParameterizedTest
  @EnumSource(
      value = StartMode.class,
      names = {"MANUAL", "DISABLED"})
  void serviceWhoseModeChangedInTheWindowOfTheUpdateIsHalted(StartMode left) {
    stopInAnUpdate();
    night.mode = left;
    night.pass(Duration.ofMinutes(10));

    assertThat(service().standing()).isEqualTo(Standing.LEFT_DOWN_BY_UPDATE);
    assertThat(service().condition().halted()).isTrue();
    assertThat(service().condition().downSince()).contains(UpdateNight.START.plusSeconds(110));
    assertThat(night.history().mailFlow().state()).isEqualTo(MailFlow.State.HALTED);
    assertThat(night.history().mailFlow().halt())
        .contains(new MailFlow.Halt(UpdateNight.START.plusSeconds(110), true));
    assertThat(present().state()).isEqualTo(Episode.State.HALTED);
  }

  @Test
  void serviceLeftDownStaysHaltedUntilItRuns() {
    stopInAnUpdate();
    night.mode = StartMode.DISABLED;
    night.pass(Duration.ofHours(26));
    night.restartExporter();
    night.pass(Duration.ofMinutes(1));
    assertThat(service().standing()).isEqualTo(Standing.LEFT_DOWN_BY_UPDATE);
    assertThat(service().condition().downSince()).contains(UpdateNight.START.plusSeconds(110));
    assertThat(present().state()).isEqualTo(Episode.State.HALTED);

    night.mode = StartMode.AUTO;
    night.service = ServiceState.RUNNING;
    night.pass(Duration.ofMinutes(30));

    assertThat(service().standing()).isEqualTo(Standing.RUNNING);
    assertThat(night.history().episodes().last().flatMap(Episode::outcome))
        .contains(Outcome.RECOVERED_AFTER_HALT);
  }

  @Test
  void serviceDisabledLongAfterTheUpdateIsDisabledAndTheEpisodeCloses() {
    stopInAnUpdate();
    night.pass(Duration.ofHours(2));
    assertThat(service().standing()).isEqualTo(Standing.DOWN);
    night.mode = StartMode.DISABLED;
    night.pass(Duration.ofMinutes(30));

    assertThat(service().standing()).isEqualTo(Standing.DISABLED);
    assertThat(service().condition().halted()).isFalse();
    assertThat(night.history().mailFlow().state()).isEqualTo(MailFlow.State.UNKNOWN);
    assertThat(night.history().episodes().present()).isEmpty();
    assertThat(night.history().episodes().last().flatMap(Episode::outcome)).isPresent();
  }

  @Test
  void serviceDisabledWithoutAnUpdateIsDisabled() {
    night.pass(Duration.ofMinutes(2));
    night.service = ServiceState.STOPPED;
    night.mode = StartMode.DISABLED;
    night.pass(Duration.ofMinutes(30));

    assertThat(service().standing()).isEqualTo(Standing.DISABLED);
    assertThat(night.episodes()).isEmpty();
  }

  @Test
  void serviceStoppedLongBeforeTheUpdateThatDisablesItIsDisabled() {
    night.pass(Duration.ofMinutes(2));
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofHours(2));
    night.update();
    night.mode = StartMode.DISABLED;
    night.pass(Duration.ofMinutes(10));

    assertThat(service().standing()).isEqualTo(Standing.DISABLED);
  }

  @Test
  void haltedIsOneLimitForServiceMailFlowAndEpisode() {
    stopInAnUpdate();
    night.pass(Duration.ofSeconds(280));
    assertThat(service().condition().halted()).isFalse();
    assertThat(night.history().mailFlow().state()).isEqualTo(MailFlow.State.INTERRUPTED);
    assertThat(present().halted()).isFalse();
    night.pass(Duration.ofSeconds(30));

    assertThat(service().condition().halted()).isTrue();
    assertThat(night.history().mailFlow().state()).isEqualTo(MailFlow.State.HALTED);
    assertThat(present().halted()).isTrue();
  }

  private void stopInAnUpdate() {
    night.pass(Duration.ofSeconds(100));
    night.update();
    night.pass(Duration.ofSeconds(10));
    night.service = ServiceState.STOPPED;
    night.pass(Duration.ofSeconds(10));
  }

  private ServiceHistory service() {
    return night.history().services().get(0);
  }

  private Episode present() {
    return night.history().episodes().present().orElseThrow();
  }
}
