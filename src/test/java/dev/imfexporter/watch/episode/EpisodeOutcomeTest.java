package dev.imfexporter.watch.episode;

import static dev.imfexporter.watch.episode.EpisodeCases.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.episode.OpenEpisode.Assessment;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Episode.State;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeOutcomeTest {
  private static final String AN_OUTAGE = "SMTPSVC:10..40";

  @ParameterizedTest
  @CsvSource({
    // outage, followed, halted, verified, rolled back: outcome; all 32 combinations
    "false, true,  false, false, false, UNAFFECTED",
    "false, true,  false, false, true,  UNAFFECTED",
    "false, true,  false, true,  false, UNAFFECTED",
    "false, true,  false, true,  true,  UNAFFECTED",
    "false, true,  true,  false, false, UNAFFECTED",
    "false, true,  true,  false, true,  UNAFFECTED",
    "false, true,  true,  true,  false, UNAFFECTED",
    "false, true,  true,  true,  true,  UNAFFECTED",
    "false, false, false, false, false, UNKNOWN",
    "false, false, false, false, true,  UNKNOWN",
    "false, false, false, true,  false, UNKNOWN",
    "false, false, false, true,  true,  UNKNOWN",
    "false, false, true,  false, false, UNKNOWN",
    "false, false, true,  false, true,  UNKNOWN",
    "false, false, true,  true,  false, RECOVERED_AFTER_HALT",
    "false, false, true,  true,  true,  RECOVERED_AFTER_HALT",
    "true,  true,  false, false, false, RECOVERED",
    "true,  true,  false, false, true,  ROLLED_BACK",
    "true,  true,  false, true,  false, RECOVERED",
    "true,  true,  false, true,  true,  ROLLED_BACK",
    "true,  true,  true,  false, false, RECOVERED",
    "true,  true,  true,  false, true,  ROLLED_BACK",
    "true,  true,  true,  true,  false, RECOVERED_AFTER_HALT",
    "true,  true,  true,  true,  true,  ROLLED_BACK",
    "true,  false, false, false, false, UNKNOWN",
    "true,  false, false, false, true,  UNKNOWN",
    "true,  false, false, true,  false, UNKNOWN",
    "true,  false, false, true,  true,  UNKNOWN",
    "true,  false, true,  false, false, UNKNOWN",
    "true,  false, true,  false, true,  UNKNOWN",
    "true,  false, true,  true,  false, RECOVERED_AFTER_HALT",
    "true,  false, true,  true,  true,  RECOVERED_AFTER_HALT"
  })
  void episodeHasAnOutcome(
      boolean outage,
      boolean followed,
      boolean halted,
      boolean verified,
      boolean rolledBack,
      Outcome outcome) {
    OpenEpisode episode =
        EpisodeCases.episode(rolledBack ? "FOLDER@0 BACK@20" : "FOLDER@0", outage ? AN_OUTAGE : "")
            .with(
                new Assessment(
                    State.VERIFYING,
                    halted,
                    followed,
                    verified ? Optional.of(time(40)) : Optional.empty()));

    assertThat(outcome(episode, 30, null)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "FOLDER@0, false",
    "FOLDER@0 REGISTRY@20, false",
    "FOLDER@0 BACK@20, true",
    "BACK@20 REGISTRY@30, false",
    "BEGUN@0/KB1, false",
    "BEGUN@0/KB1 FAILED@20/KB1, true",
    "FAILED@20/KB1 INSTALLED@30/KB1, false",
    "INSTALLED@10/KB1 FAILED@20/KB2, false",
    "FAILED@20/KB1 REGISTRY@30, false",
    "FAILED@20/KB1 BACK@30, true",
    "FAILED@20/KB1 FOLDER@30, true"
  })
  void updateIsRolledBackByItsMarkers(String markers, boolean rolledBack) {
    assertThat(outcome(EpisodeCases.episode(markers, AN_OUTAGE), 30, null))
        .isEqualTo(rolledBack ? Outcome.ROLLED_BACK : Outcome.RECOVERED);
  }

  /** The limits are 60 s, and 300 s after a boot, counted from it. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "60, -, RECOVERED",
        "61, -, RECOVERED_SLOWLY",
        "900, 600, RECOVERED",
        "901, 600, RECOVERED_SLOWLY"
      })
  void recoveryIsSlowBeyondItsLimit(long downtime, @Nullable Long bootUp, Outcome outcome) {
    assertThat(outcome(EpisodeCases.episode("FOLDER@0", AN_OUTAGE), downtime, bootUp))
        .isEqualTo(outcome);
  }

  /**
   * @param bootUp when a boot after a shutdown at 0 ended; null for no boot
   */
  private static Outcome outcome(OpenEpisode episode, long downtime, @Nullable Long bootUp) {
    List<Boot> boots = bootUp == null ? List.of() : List.of(new Boot(time(0), time(bootUp), true));
    Downtime of = new Downtime(List.of(new Span(time(0), time(downtime))), boots);
    return EpisodeOutcome.of(episode, of, ObservedState.LIMITS);
  }
}
