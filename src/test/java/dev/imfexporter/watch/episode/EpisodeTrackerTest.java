package dev.imfexporter.watch.episode;

import static dev.imfexporter.watch.episode.EpisodeScenario.at;
import static dev.imfexporter.watch.episode.EpisodeScenario.definition;
import static dev.imfexporter.watch.episode.EpisodeScenario.windows;
import static dev.imfexporter.watch.model.MarkerType.BEGUN;
import static dev.imfexporter.watch.model.MarkerType.FAILED;
import static dev.imfexporter.watch.model.MarkerType.FOLDER;
import static dev.imfexporter.watch.model.MarkerType.INSTALLED;
import static dev.imfexporter.watch.model.MarkerType.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpisodeTrackerTest {
  private static final String NEW = "6.5.7960.0";
  private static final String OLD = "6.5.7936.0";

  private final EpisodeScenario scenario = new EpisodeScenario().begin(at("02:30:00"));

  @Test
  void markerBeforeTheOutageOpensTheEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"));

    scenario.play(at("03:12:05"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    assertThat(present().title()).isEqualTo(NEW);
    scenario.play(at("03:14:00"));
    assertThat(present().state()).isEqualTo(State.VERIFYING);
    assertThat(present().verified()).contains(at("03:12:40"));
    scenario.play(at("03:30:00"));

    Episode only = only(Outcome.RECOVERED);
    assertThat(only.number()).isEqualTo(1);
    assertThat(only.began()).isEqualTo(at("03:12:00"));
    assertThat(only.outages()).hasSize(3).allMatch(o -> o.ended().isPresent());
    assertThat(only.closed()).contains(at("03:14:40"));
    assertThat(only.recovery()).contains(Duration.ofSeconds(33));
    assertThat(only.startedBy()).contains(StartedBy.UNATTRIBUTED);
    assertThat(scenario.history().recoveries()).isEqualTo(1);
    assertThat(scenario.history().recoveryTime()).isEqualTo(Duration.ofSeconds(33));
    assertThat(scenario.history().present()).isEmpty();
  }

  @Test
  void outageBeforeItsMarkerBelongsToTheEpisode() {
    scenario
        .restart(at("03:05:00"), at("03:18:00"))
        .marker(definition(FOLDER, at("03:12:00"), NEW));

    scenario.play(at("03:11:55"));
    assertThat(scenario.history().present()).isEmpty();
    scenario.play(at("03:12:05"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    assertThat(present().began()).isEqualTo(at("03:05:00"));
    scenario.play(at("03:30:00"));

    assertThat(only(Outcome.RECOVERED_AFTER_HALT).outages()).hasSize(3);
  }

  @Test
  void outageTooLongBeforeTheMarkerIsNotInTheEpisode() {
    scenario
        .restart(at("03:01:00"), at("03:01:40"))
        .marker(definition(FOLDER, at("03:12:00"), NEW));
    scenario.play(at("04:00:00"));

    only(Outcome.UNAFFECTED);
  }

  @Test
  void outageWithoutAMarkerOpensNoEpisode() {
    scenario.restart(at("03:05:00"), at("03:45:00")).play(at("09:00:00"));

    assertThat(scenario.history().present()).isEmpty();
    assertThat(scenario.history().closed()).isEmpty();
    assertThat(scenario.facts).isEmpty();
  }

  @Test
  void markerDuringTheOutageOpensTheEpisodeAtItsBegin() {
    scenario
        .restart(at("03:12:00"), at("03:12:50"))
        .marker(definition(FOLDER, at("03:12:20"), NEW));
    scenario.play(at("03:30:00"));

    assertThat(only(Outcome.RECOVERED).began()).isEqualTo(at("03:12:00"));
  }

  @Test
  void lateMarkerOfTheSameUpdateJoinsTheClosedEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .marker(definition(REGISTRY, at("05:40:00"), NEW));
    scenario.play(at("05:00:00"));
    Episode before = only(Outcome.RECOVERED);
    scenario.play(at("06:00:00"));

    Episode after = only(Outcome.RECOVERED);
    assertThat(after.markers()).hasSize(2);
    assertThat(after.closed()).isEqualTo(before.closed());
    assertThat(scenario.history().present()).isEmpty();
  }

  @Test
  void installerThatReportsLateJoinsTheClosedEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .marker(
            new UpdateMarker(
                INSTALLED, UpdateKind.DEFINITION, at("03:20:00"), "KB907747", "IMF", false));
    scenario.play(at("05:00:00"));

    assertThat(only(Outcome.RECOVERED).markers()).hasSize(2);
  }

  @Test
  void crashesThatWereOverBeforeTheInstallerBeganAreNotInTheEpisode() {
    scenario
        .restart(at("03:02:00"), at("03:03:00"))
        .restart(at("03:05:00"), at("03:06:00"))
        .marker(windows(BEGUN, at("03:08:00"), "KB1"))
        .restart(at("03:11:36"), at("03:13:00"))
        .marker(windows(INSTALLED, at("03:12:30"), "KB1"));
    scenario.play(at("04:00:00"));

    Episode only = only(Outcome.RECOVERED_SLOWLY);
    assertThat(only.began()).isEqualTo(at("03:08:00"));
    assertThat(only.outages()).hasSize(3);
    assertThat(only.recovery()).contains(Duration.ofSeconds(84));
  }

  @Test
  void beginOfTheInstallerThatIsReportedLateReleasesEarlierCrashes() {
    scenario
        .restart(at("03:05:00"), at("03:07:50"))
        .marker(windows(INSTALLED, at("03:08:30"), "KB1"))
        .marker(windows(BEGUN, at("03:08:00"), "KB1"), at("03:08:40"));
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.UNAFFECTED).outages()).isEmpty();
  }

  @Test
  void outageThatLastsWhenTheInstallerBeginsIsInTheEpisode() {
    scenario
        .restart(at("03:05:00"), at("03:08:30"))
        .marker(windows(BEGUN, at("03:08:00"), "KB1"))
        .marker(windows(INSTALLED, at("03:08:10"), "KB1"));
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.RECOVERED_SLOWLY).outages()).hasSize(3);
  }

  /** Windows Server 2003 has no event 43. */
  @Test
  void twoUpdatesWithoutABeginAreTwoEpisodesThatKeepTheirTitles() {
    scenario
        .restart(at("03:10:00"), at("03:10:30"))
        .marker(windows(INSTALLED, at("03:11:00"), "KB1"))
        .restart(at("03:30:00"), at("03:30:40"))
        .marker(windows(INSTALLED, at("03:31:00"), "KB2"));
    scenario.play(at("04:30:00"));

    assertThat(scenario.history().closed())
        .extracting(Episode::title)
        .containsExactly("Update KB1", "Update KB2");
    assertThat(scenario.history().closed()).allMatch(e -> e.outages().size() == 3);
    assertThat(scenario.history().closed()).allMatch(e -> e.markers().size() == 1);
  }

  @Test
  void rolledBackEpisodeBearsTheTitleOfTheUpdateThatFailed() {
    scenario
        .marker(windows(BEGUN, at("03:10:00"), "KB1"))
        .restart(at("03:10:10"), at("03:10:50"))
        .marker(windows(FAILED, at("03:11:00"), "KB1"))
        .marker(windows(BEGUN, at("03:11:30"), "KB2"));
    scenario.play(at("05:00:00"));

    assertThat(only(Outcome.ROLLED_BACK).title()).isEqualTo("Update KB1");
  }

  @Test
  void haltOfTheNightIsStillThereAfterTheNextUpdate() {
    scenario.marker(windows(BEGUN, at("03:10:00"), "KB1")).restart(at("03:10:10"), at("03:20:50"));
    scenario.play(at("03:22:00"));
    // Told when mail was verified, though the installer has not reported its end yet.
    assertThat(scenario.history().lastRecoveredHalt().orElseThrow().verified())
        .contains(at("03:20:50"));

    scenario
        .marker(windows(INSTALLED, at("03:22:30"), "KB1"))
        .marker(windows(BEGUN, at("03:40:00"), "KB2"))
        .restart(at("03:41:00"), at("03:41:20"))
        .marker(windows(INSTALLED, at("03:42:00"), "KB2"));
    scenario.play(at("08:00:00"));

    assertThat(scenario.history().last().orElseThrow().number()).isEqualTo(2);
    assertThat(scenario.history().lastRecoveredHalt().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void downtimeOfTheHostDoesNotCountAsAHalt() {
    scenario
        .marker(windows(INSTALLED, at("03:00:00"), "KB5000001"))
        .restart(at("03:10:00"), at("03:19:00"))
        .boot(at("03:10:20"), at("03:15:00"));
    scenario.play(at("03:17:00"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("04:00:00"));

    Episode only = only(Outcome.RECOVERED);
    assertThat(only.boots()).hasSize(1);
    assertThat(only.halted()).isFalse();
  }

  @Test
  void haltAfterABootCountsFromTheBoot() {
    scenario
        .marker(windows(INSTALLED, at("03:00:00"), "KB5000001"))
        .restart(at("03:10:00"), at("03:40:00"))
        .boot(at("03:10:20"), at("03:15:00"));
    scenario.play(at("03:24:55"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("03:25:15"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    scenario.play(at("04:00:00"));

    only(Outcome.RECOVERED_AFTER_HALT);
  }

  @Test
  void crashDuringVerificationReopensTheEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .restart(at("03:13:40"), at("03:14:20"));
    scenario.play(at("03:14:00"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("04:00:00"));

    Episode only = only(Outcome.RECOVERED_SLOWLY);
    assertThat(only.outages()).hasSize(6);
    assertThat(only.verified()).contains(at("03:14:20"));
  }

  @Test
  void crashSoonAfterALongOutageBelongsToTheEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("05:00:00"))
        .restart(at("05:01:00"), at("05:01:30"));
    scenario.play(at("06:00:00"));

    assertThat(only(Outcome.RECOVERED_AFTER_HALT).outages()).hasSize(6);
  }

  @Test
  void outageSoonAfterAnEpisodeOpensAnotherWithItsMarkers() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .restart(at("03:25:00"), at("03:36:00"));
    scenario.play(at("03:35:30"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    scenario.play(at("05:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.RECOVERED, Outcome.RECOVERED_AFTER_HALT);
    assertThat(scenario.history().closed().get(1).began()).isEqualTo(at("03:25:00"));
    assertThat(scenario.history().closed().get(1).markers()).hasSize(1);
  }

  @Test
  void twoUpdatesInOneNightAreTwoEpisodes() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .marker(windows(BEGUN, at("03:25:00"), "KB5000001"))
        .marker(windows(INSTALLED, at("03:30:00"), "KB5000001"))
        .restart(at("03:27:00"), at("03:34:00"));
    scenario.play(at("05:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.RECOVERED, Outcome.RECOVERED_AFTER_HALT);
    assertThat(scenario.history().closed())
        .extracting(Episode::update)
        .containsExactly(UpdateKind.DEFINITION, UpdateKind.WINDOWS);
    assertThat(scenario.history().closed()).extracting(Episode::number).containsExactly(1L, 2L);
  }

  @Test
  void updateWithoutARestartIsUnaffected() {
    scenario.marker(definition(FOLDER, at("03:12:00"), NEW));
    scenario.play(at("03:41:55"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("03:42:10"));

    Episode only = only(Outcome.UNAFFECTED);
    assertThat(only.closed()).contains(at("03:42:00"));
    assertThat(only.verified()).isEmpty();
    assertThat(only.startedBy()).isEmpty();
    assertThat(scenario.history().recoveries()).isZero();
  }

  @Test
  void updateThatGoesBackIsRolledBack() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .marker(definition(REGISTRY, at("03:12:30"), NEW))
        .restart(at("03:12:07"), at("04:30:00"))
        .marker(new UpdateMarker(REGISTRY, UpdateKind.DEFINITION, at("04:28:00"), OLD, OLD, true));
    scenario.play(at("06:00:00"));

    Episode only = only(Outcome.ROLLED_BACK);
    assertThat(only.halted()).isTrue();
    assertThat(only.markers()).hasSize(3);
  }

  @Test
  void exporterRestartDoesNotChangeAnOpenEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:30:00"))
        .away(at("03:20:00"), at("03:22:00"), true);
    scenario.play(at("03:19:55"));
    Episode before = present();
    assertThat(EpisodeScenario.replayed(scenario.facts).history()).isEqualTo(scenario.history());
    scenario.play(at("03:22:05"));
    assertThat(present()).isEqualTo(before);
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.RECOVERED_AFTER_HALT).number()).isEqualTo(1);
  }

  @Test
  void eventsTellTheEpisodeThatHappenedWhileTheExporterWasAway() {
    scenario
        .away(at("03:00:00"), at("09:00:00"), true)
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:16:58"))
        .mail(at("09:00:00"), at("09:01:00"), MailFlow.State.UNKNOWN);
    scenario.play(at("09:05:00"));

    Episode only = only(Outcome.RECOVERED_SLOWLY);
    assertThat(only.verified()).contains(at("03:16:58"));
    assertThat(only.closed()).contains(at("03:18:58"));
  }

  /** The log is read at the start, before mail can be judged; the definition was read first. */
  @Test
  void updatesOfTheHalfHourBeforeAStartAreEpisodesOfTheirOwn() {
    Instant start = at("03:35:00");
    scenario
        .away(at("00:00:00"), start, true)
        .marker(definition(REGISTRY, at("03:27:00"), NEW), start)
        .marker(windows(BEGUN, at("03:05:00"), "KB907747"), start)
        .restart(at("03:06:00"), at("03:06:30"))
        .marker(windows(INSTALLED, at("03:07:00"), "KB907747"), start)
        .marker(windows(BEGUN, at("03:15:00"), "KB907747"), start)
        .restart(at("03:16:00"), at("03:16:30"))
        .marker(windows(INSTALLED, at("03:17:00"), "KB907747"), start)
        .marker(windows(BEGUN, at("03:26:00"), "KB907747"), start)
        .restart(at("03:27:05"), at("03:27:35"))
        .marker(windows(INSTALLED, at("03:28:00"), "KB907747"), start)
        .mail(start, at("03:40:00"), MailFlow.State.UNKNOWN);
    scenario.play(at("05:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.RECOVERED, Outcome.RECOVERED, Outcome.RECOVERED);
    assertThat(scenario.history().closed())
        .allSatisfy(episode -> assertThat(episode.outages()).hasSize(3));
    assertThat(scenario.history().closed().get(0).verified()).contains(at("03:06:30"));
    assertThat(scenario.history().closed().get(0).closed()).contains(at("03:08:30"));
  }

  /** What mail does now is of the newest update. */
  @Test
  void haltAtAStartIsOfTheNewestUpdate() {
    Instant start = at("03:30:00");
    scenario
        .away(at("00:00:00"), start, true)
        .marker(definition(REGISTRY, at("03:10:00"), "6.5.7936.0"), start)
        .restart(at("03:10:05"), at("03:10:35"))
        .marker(definition(REGISTRY, at("03:27:00"), NEW), start)
        .restart(at("03:27:05"), at("03:27:35"))
        .mail(start, at("03:50:00"), MailFlow.State.STALLED);
    scenario.play(at("05:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.RECOVERED, Outcome.RECOVERED_AFTER_HALT);
  }

  @Test
  void outageWhoseEndWasNotObservedHasAnUnknownOutcome() {
    scenario
        .withoutEventLog()
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:40:00"))
        .away(at("03:13:00"), at("04:00:00"), false);
    scenario.play(at("05:00:00"));

    assertThat(only(Outcome.UNKNOWN).followed()).isFalse();
    assertThat(scenario.history().recoveries()).isZero();
  }

  @Test
  void updateInAnUnwatchedTimeHasAnUnknownOutcome() {
    scenario
        .withoutEventLog()
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:40:00"))
        .away(at("03:00:00"), at("04:00:00"), false);
    scenario.play(at("05:00:00"));

    only(Outcome.UNKNOWN);
  }

  @Test
  void endThatIsSeenAfterAnExporterRestartCountsThoughItsBeginWasSeenBefore() {
    scenario
        .withoutEventLog()
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:30:00"))
        .away(at("03:13:00"), at("03:14:00"), false);
    scenario.play(at("05:00:00"));

    assertThat(only(Outcome.RECOVERED_AFTER_HALT).outages())
        .allMatch(o -> o.ended().orElseThrow().isBefore(at("03:30:10")));
  }

  @Test
  void iisresetTwentyHoursAfterAnUpdateIsNotInItsEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .restart(at("23:12:00"), at("23:22:00"));
    scenario.play(at(1, "02:00:00"));

    assertThat(only(Outcome.RECOVERED).outages()).hasSize(3);
  }

  @Test
  void iisresetIsNotInTheEpisodeOfAnUpdateThatLeftAServiceStopped() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .outage("SMTPSVC", "03:12:07", "03:12:40")
        .outage("RESvc", at("03:12:07"), at(2, "08:00:00"), StartedBy.ADMINISTRATOR)
        .outage("SMTPSVC", "23:12:00", "23:22:00");
    scenario.play(at(2, "09:00:00"));
    assertThat(only(Outcome.RECOVERED_SLOWLY).outages()).hasSize(2);
  }

  @Test
  void longRestartRecoversSlowly() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:16:58"));
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.RECOVERED_SLOWLY).halted()).isFalse();
  }

  @Test
  void haltThatAnAdministratorEndsIsRecoveredAfterHalt() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .outage("SMTPSVC", at("03:12:07"), at("03:40:00"), StartedBy.ADMINISTRATOR)
        .mail(at("03:40:00"), at("03:40:20"), MailFlow.State.UNKNOWN);
    scenario.play(at("03:17:10"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("03:17:20"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    scenario.play(at("03:40:10"));
    assertThat(present().state()).isEqualTo(State.VERIFYING);
    scenario.play(at("04:00:00"));

    Episode only = only(Outcome.RECOVERED_AFTER_HALT);
    assertThat(only.startedBy()).contains(StartedBy.ADMINISTRATOR);
    assertThat(only.verified()).contains(at("03:40:20"));
  }

  @Test
  void outageOfDaysKeepsTheEpisodeHalted() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at(4, "08:00:00"));
    scenario.play(at(4, "07:00:00"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    assertThat(scenario.history().closed()).isEmpty();
    scenario.play(at(4, "09:00:00"));

    only(Outcome.RECOVERED_AFTER_HALT);
  }

  @Test
  void mailThatStandsStillAfterTheRestartIsAHalt() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .mail(at("03:12:40"), at("03:30:00"), MailFlow.State.STALLED);
    scenario.play(at("03:20:00"));
    assertThat(present().state()).isEqualTo(State.HALTED);
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.RECOVERED_AFTER_HALT).verified()).contains(at("03:30:00"));
  }

  @Test
  void unknownMailFlowIsVerifiedByTheServicesAfterFiveMinutes() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:12:40"))
        .mail(at("02:00:00"), at(1, "00:00:00"), MailFlow.State.UNKNOWN);
    scenario.play(at("03:16:00"));
    assertThat(present().state()).isEqualTo(State.VERIFYING);
    scenario.play(at("04:00:00"));

    assertThat(only(Outcome.RECOVERED).verified()).contains(at("03:12:40"));
  }

  @Test
  void leftStoppedRoutingEngineKeepsItOpen() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .outage("SMTPSVC", "03:12:07", "03:12:40")
        .outage("RESvc", at("03:12:07"), at(2, "08:00:00"), StartedBy.ADMINISTRATOR);
    scenario.play(at(1, "03:00:00"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at(2, "09:00:00"));

    assertThat(only(Outcome.RECOVERED_SLOWLY).halted()).isFalse();
  }

  @Test
  void nextUpdateEndsAnEpisodeThatALeftStoppedServiceHoldsOpen() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .outage("SMTPSVC", "03:12:07", "03:12:40")
        .outage("RESvc", at("03:12:07"), at(20, "08:00:00"), StartedBy.ADMINISTRATOR)
        .marker(windows(INSTALLED, at(3, "03:00:00"), "KB5000001"))
        .outage("SMTPSVC", at(3, "03:01:00"), at(3, "03:01:20"), StartedBy.UNATTRIBUTED);
    scenario.play(at(4, "03:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.RECOVERED);
    assertThat(scenario.history().present()).isEmpty();
  }

  @Test
  void windowsMonthlyBatchOfFiveUpdatesWithOneReboot() {
    for (int i = 0; i < 5; i++) {
      Instant begun = at("03:00:00").plusSeconds(120L * i);
      scenario.marker(windows(BEGUN, begun, "KB500000" + i));
      Instant installed = i < 3 ? begun.plusSeconds(100) : at("03:19:00").plusSeconds(i);
      scenario.marker(windows(INSTALLED, installed, "KB500000" + i), installed);
    }
    scenario
        .restart(at("03:04:00"), at("03:04:20"))
        .restart(at("03:12:00"), at("03:18:00"))
        .boot(at("03:12:30"), at("03:16:30"));
    scenario.play(at("05:00:00"));

    Episode only = only(Outcome.RECOVERED);
    assertThat(only.markers()).hasSize(10);
    assertThat(only.outages()).hasSize(6);
    assertThat(only.update()).isEqualTo(UpdateKind.WINDOWS);
  }

  @Test
  void hostUnreadableForADayClosesTheEpisodeAsUnknown() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:40:00"))
        .unreadable(at("03:15:00"), at(5, "00:00:00"));
    scenario.play(at(1, "03:14:55"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at(1, "03:15:10"));

    assertThat(only(Outcome.UNKNOWN).closed()).contains(at(1, "03:15:00"));
  }

  @Test
  void hostUnreadableForHoursDoesNotCloseTheEpisode() {
    scenario
        .marker(definition(FOLDER, at("03:12:00"), NEW))
        .restart(at("03:12:07"), at("03:13:40"))
        .unreadable(at("03:13:00"), at("06:00:00"));
    scenario.play(at("05:59:00"));
    assertThat(present().state()).isEqualTo(State.OPEN);
    scenario.play(at("06:30:00"));

    assertThat(only(Outcome.RECOVERED_SLOWLY).verified()).contains(at("03:13:40"));
  }

  @Test
  void markersReportedOutOfOrderAreSortedByTime() {
    scenario
        .marker(definition(REGISTRY, at("03:14:00"), NEW))
        .restart(at("03:12:07"), at("03:18:40"))
        .marker(definition(FOLDER, at("03:12:00"), NEW), at("03:15:00"))
        .marker(definition(BEGUN, at("03:10:00"), "KB907747"), at("03:16:00"));
    scenario.play(at("05:00:00"));

    Episode only = only(Outcome.RECOVERED_AFTER_HALT);
    assertThat(only.began()).isEqualTo(at("03:10:00"));
    assertThat(only.markers())
        .extracting(UpdateMarker::marker)
        .containsExactly(BEGUN, FOLDER, REGISTRY);
  }

  @Test
  void failedUpdateThenASuccessfulRetry() {
    scenario
        .marker(windows(BEGUN, at("03:00:00"), "KB5000001"))
        .restart(at("03:01:00"), at("03:01:30"))
        .marker(windows(FAILED, at("03:02:00"), "KB5000001"))
        .marker(windows(BEGUN, at("04:30:00"), "KB5000001"))
        .restart(at("04:31:00"), at("04:31:30"))
        .marker(windows(INSTALLED, at("04:32:00"), "KB5000001"));
    scenario.play(at("06:00:00"));

    assertThat(outcomes()).containsExactly(Outcome.ROLLED_BACK, Outcome.RECOVERED);
    assertThat(scenario.history().closed()).allMatch(e -> e.markers().size() == 2);
  }

  @Test
  void retryWithinTheSameEpisodeIsNotRolledBack() {
    scenario
        .marker(windows(BEGUN, at("03:00:00"), "KB5000001"))
        .marker(windows(FAILED, at("03:02:00"), "KB5000001"))
        .restart(at("03:03:00"), at("03:12:00"))
        .marker(windows(INSTALLED, at("03:08:00"), "KB5000001"));
    scenario.play(at("06:00:00"));

    only(Outcome.RECOVERED_AFTER_HALT);
  }

  @Test
  void serviceThatWasFoundStoppedHoldsAnEpisodeThatBeganJustBefore() {
    EpisodeTracker tracker = new EpisodeTracker(ObservedState.LIMITS, ObservedState.RETENTION);
    tracker.add(definition(FOLDER, at("03:12:00"), NEW));
    HostCondition stopped = new HostCondition(true, Set.of("IISADMIN"), MailFlow.State.HALTED);
    tracker.advance(at("03:15:00"), stopped);
    tracker.advance(at("03:21:00"), stopped);
    assertThat(tracker.history().present().orElseThrow().state()).isEqualTo(State.HALTED);
    tracker.advance(at("03:25:00"), new HostCondition(true, Set.of(), MailFlow.State.IDLE));
    tracker.advance(at("03:28:00"), new HostCondition(true, Set.of(), MailFlow.State.IDLE));

    assertThat(tracker.history().last().orElseThrow().outcome())
        .contains(Outcome.RECOVERED_AFTER_HALT);
  }

  private Episode present() {
    return scenario.history().present().orElseThrow();
  }

  private Episode only(Outcome outcome) {
    EpisodeHistory history = scenario.history();
    assertThat(history.closed()).hasSize(1);
    assertThat(history.outcomes()).containsEntry(outcome, 1L);
    assertThat(history.outcomes().values().stream().mapToLong(n -> n).sum()).isEqualTo(1);
    Episode only = history.closed().get(0);
    assertThat(only.outcome()).contains(outcome);
    return only;
  }

  private List<Outcome> outcomes() {
    return scenario.history().closed().stream()
        .map(Episode::outcome)
        .map(Optional::orElseThrow)
        .toList();
  }
}
