package dev.imfexporter.watch.episode;

import static dev.imfexporter.watch.episode.EpisodeCases.assessed;
import static dev.imfexporter.watch.episode.EpisodeCases.condition;
import static dev.imfexporter.watch.episode.EpisodeCases.episode;
import static dev.imfexporter.watch.episode.EpisodeCases.marker;
import static dev.imfexporter.watch.episode.EpisodeCases.markers;
import static dev.imfexporter.watch.episode.EpisodeCases.outages;
import static dev.imfexporter.watch.episode.EpisodeCases.seconds;
import static dev.imfexporter.watch.episode.EpisodeCases.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.episode.OpenEpisode.Assessment;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.Downtime.Span;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Episode.State;
import dev.imfexporter.watch.model.Outage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule by a table of cases; {@link EpisodeCases} explains the cells. */
class EpisodeRulesTest {

  @ParameterizedTest
  @CsvSource({"-601, false", "-600, true", "0, true", "1800, true", "1801, false"})
  void outageBelongsToAMarkerFromTenMinutesBeforeToThirtyMinutesAfter(long began, boolean belongs) {
    assertThat(marker("FOLDER@0").isNear(time(began))).isEqualTo(belongs);
  }

  @ParameterizedTest
  @CsvSource({
    "RESvc@12, '', RESvc",
    "RESvc@12, RESvc:5..9, ''",
    "RESvc@12, resvc:5..9, ''",
    "RESvc@-600, '', RESvc",
    "RESvc@-601, '', ''",
    "RESvc@1860, '', RESvc",
    "RESvc@1861, '', ''",
    "RESvc@12 SMTPSVC@3, SMTPSVC:3.., RESvc"
  })
  void episodeIsHeldByServicesThatAreDownSinceTheUpdateWithoutAnOutage(
      String down, String outages, String held) {
    OpenEpisode episode = episode("FOLDER@0 REGISTRY@60", outages);

    assertThat(
            String.join(
                " ", EpisodeRules.held(episode, condition("0|" + down + "|IDLE@0")).keySet()))
        .isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Without an outage it ends half an hour after the newest marker.
        "FOLDER@0, -, true, 0||IDLE@0, 10, 1800",
        "FOLDER@0 REGISTRY@60, -, true, 0||IDLE@0, 10, 1860",
        // If part of the time was not watched, it ends as if there had been an outage.
        "FOLDER@0, -, false, 0||IDLE@0, 10, 120",
        // While something is down, the end is not known.
        "FOLDER@0, SMTPSVC:10.., true, 0|SMTPSVC@10|HALTED@10, 900, -",
        "FOLDER@0, SMTPSVC:10..40, true, 0|RESvc@12|IDLE@0, 900, -",
        // Two minutes after all is back and mail was verified.
        "FOLDER@0, SMTPSVC:10..40, true, 0||IDLE@0, 41, 160",
        "FOLDER@0, SMTPSVC:10..40 RESvc:10..70, true, 0||IDLE@0, 71, 190",
        "FOLDER@0, SMTPSVC:10..40, true, 0||STALLED@40 FLOWING@100, 101, 220",
        "FOLDER@0, SMTPSVC:10..40, true, 0||STALLED@40, 900, -",
        // Mail flow that stays unknown is taken as verified after five minutes.
        "FOLDER@0, SMTPSVC:10..40, true, 0||UNKNOWN@40, 339, -",
        "FOLDER@0, SMTPSVC:10..40, true, 0||UNKNOWN@40, 340, 160",
        "FOLDER@0, SMTPSVC:10..40, true, 0||UNKNOWN@20, 340, 160",
        "FOLDER@0, SMTPSVC:10..40, true, 0||IDLE@0 UNKNOWN@50, 349, -",
        // While an installer is under way, not before half an hour after the newest marker.
        "BEGUN@0/KB1, SMTPSVC:10..40, true, 0||IDLE@0, 41, 1800",
        "BEGUN@0/KB1 INSTALLED@5/KB1, SMTPSVC:10..40, true, 0||IDLE@0, 41, 160",
        "BEGUN@0/KB1 INSTALLED@5/KB2, SMTPSVC:10..40, true, 0||IDLE@0, 41, 1805",
        "BEGUN@0/KB1, SMTPSVC:10..1790, true, 0||IDLE@0, 1791, 1910",
        // An outage that ended long before the host became readable is not verified by present
        // mail; one that ended shortly before is, from its end.
        "FOLDER@0, SMTPSVC:10..40, true, 1841||STALLED@1841, 1900, 160",
        "FOLDER@0, SMTPSVC:10..40, true, 1840||STALLED@1840, 1900, -",
        "FOLDER@0, SMTPSVC:10..40, true, 1840||IDLE@1840, 1900, 160",
        "FOLDER@0, SMTPSVC:10..40, true, 1840||STALLED@1840 IDLE@1850, 1900, 1970",
      })
  void episodeIsDue(
      String markers,
      @Nullable String outages,
      boolean followed,
      String condition,
      long now,
      @Nullable String due) {
    OpenEpisode episode = assessed(episode(markers, outages), false, followed);

    assertThat(seconds(EpisodeRules.due(episode, condition(condition), time(now))))
        .isEqualTo(due == null ? "" : due);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Within half an hour of the newest marker or outage, and before the end.
        "FOLDER@0, -, 0||IDLE@0, -1800, true",
        "FOLDER@0, -, 0||IDLE@0, -1801, false",
        "FOLDER@0, -, 0||IDLE@0, 1800, true",
        "FOLDER@0, -, 0||IDLE@0, 1801, false",
        "FOLDER@0, SMTPSVC:10..40, 0||IDLE@0, 160, true",
        "FOLDER@0, SMTPSVC:10..40, 0||IDLE@0, 161, false",
        "FOLDER@0, RESvc:10.., 0|RESvc@10|IDLE@0, 1810, true",
        "FOLDER@0, RESvc:10.., 0|RESvc@10|IDLE@0, 1811, false",
        // At any time while mail stands still.
        "FOLDER@0, SMTPSVC:10.., 0|SMTPSVC@10|HALTED@10, 90000, true",
        "FOLDER@0, -, 0|IISADMIN@10|HALTED@10, 90000, true",
        "FOLDER@0, SMTPSVC:10..40, 0||STALLED@40-90000, 90000, true",
        "FOLDER@0, RESvc:10..40, 0||STALLED@40-90000, 90000, false"
      })
  void markerJoinsTheEpisode(
      String markers, @Nullable String outages, String condition, long at, boolean joins) {
    assertThat(
            EpisodeRules.joins(
                episode(markers, outages),
                marker("REGISTRY@" + at),
                condition(condition),
                time(100_000)))
        .isEqualTo(joins);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // In the window of a marker, and not after the end.
        "-, 0||IDLE@0, -600, true",
        "-, 0||IDLE@0, -601, false",
        "-, 0||IDLE@0, 1800, true",
        "-, 0||IDLE@0, 1801, false",
        "SMTPSVC:10..40, 0||IDLE@0, 160, true",
        "SMTPSVC:10..40, 0||IDLE@0, 161, false",
        // Outside the window: at any time while mail stands still,
        "SMTPSVC:10.., 0|SMTPSVC@10|HALTED@10, 90000, true",
        "SMTPSVC:10..5000, 0|RESvc@20|STALLED@5000-5100, 5060, true",
        // within two minutes after a service was back,
        "SMTPSVC:10..5000 RESvc:10.., 0|RESvc@10|IDLE@0, 5120, true",
        "SMTPSVC:10..5000 RESvc:10.., 0|RESvc@10|IDLE@0, 5121, false",
        // and during an outage only if that stopped mail.
        "SMTPSVC:10..5000 RESvc:10.., 0|RESvc@10|IDLE@0, 4000, true",
        "RESvc:10..5000 X:10.., 0|X@10|IDLE@0, 4000, false",
        "RESvc:10..5000 X:10.., 0|X@10|IDLE@0, 5000, true"
      })
  void outageJoinsTheEpisode(
      @Nullable String outages, String condition, long began, boolean joins) {
    Outage outage = outages("W3SVC:" + began + ".." + (began + 9)).get(0);

    assertThat(
            EpisodeRules.joins(
                episode("FOLDER@0", outages), outage, condition(condition), time(100_000)))
        .isEqualTo(joins);
  }

  @Test
  void outageBeforeTheFloorDoesNotJoinTheEpisode() {
    OpenEpisode episode = OpenEpisode.begin(2, time(100), markers("FOLDER@0"));
    CurrentCondition idle = condition("0||IDLE@0");

    assertThat(EpisodeRules.joins(episode, outages("X:99..120").get(0), idle, time(130))).isFalse();
    assertThat(EpisodeRules.joins(episode, outages("X:100..120").get(0), idle, time(130))).isTrue();
  }

  /** The closed episode has the markers FOLDER@0 and INSTALLED@10/KB1 and was closed at 160. */
  @ParameterizedTest
  @CsvSource({
    "REGISTRY@-1801, false",
    "REGISTRY@-1800, true",
    "FOLDER@159, true",
    // Of the same kind of update, within half an hour; a folder or a begin is a new update.
    "REGISTRY@1960, true",
    "REGISTRY@1961, false",
    "FOLDER@161, false",
    "BEGUN@161/KB1, false",
    "BACK@161, false",
    // An installer that names another update reports another one.
    "INSTALLED@161/KB2, false",
    "FAILED@1960/KB2, false",
    // By the name of the same update, within a day.
    "REGISTRY@86560/KB1, true",
    "REGISTRY@86561/KB1, false",
    // A second result is of another installation.
    "INSTALLED@161/KB1, false",
    "FAILED@161/KB1, false",
    "INSTALLED@86560/KB2, false"
  })
  void lateMarkerJoinsTheClosedEpisode(String marker, boolean joins) {
    assertThat(
            EpisodeRules.joinsLate(
                closed("FOLDER@0 INSTALLED@10/KB1", "SMTPSVC:10..40", 160), marker(marker)))
        .isEqualTo(joins);
  }

  /** The last episode has the marker FOLDER@0 and was closed at 160. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "161, -, 761, true",
        "161, -, 760, false",
        "160, -, 9000, false",
        "1800, -, 9000, true",
        "1801, -, 9000, false",
        "161, REGISTRY@762, 9000, true",
        "161, REGISTRY@761, 9000, false"
      })
  void outageAfterTheEndReopensTheEpisode(
      long began, @Nullable String waiting, long now, boolean reopens) {
    assertThat(
            EpisodeRules.reopens(
                closed("FOLDER@0", "SMTPSVC:10..40", 160),
                time(began),
                markers(waiting),
                time(now)))
        .isEqualTo(reopens);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"FOLDER@9, -", "FOLDER@60, -", "FOLDER@61, 61", "FOLDER@9 FOLDER@70 FOLDER@80, 70"})
  void laterMarkerSupersedesAnEpisodeThatDoesNotEnd(String waiting, @Nullable String at) {
    OpenEpisode episode = episode("FOLDER@0 REGISTRY@60", "RESvc:10..");

    assertThat(seconds(EpisodeRules.superseded(episode, markers(waiting))))
        .isEqualTo(at == null ? "" : at);
  }

  @ParameterizedTest
  @CsvSource({
    "'', -900, -600, false",
    "'', -900, -599, true",
    "'', 1800, 1900, false",
    "'', 1799, 1900, true",
    "RESvc:10..20, -900, 1900, false"
  })
  void timeThatWasNotWatchedMayHideAnOutage(String outages, long from, long until, boolean hidden) {
    assertThat(
            EpisodeRules.isHidden(episode("FOLDER@0", outages), new Span(time(from), time(until))))
        .isEqualTo(hidden);
  }

  @Test
  void endOfAnOutageIsUnseenFromTheFirstPollThatFindsItsServiceNotDown() {
    OpenEpisode episode = episode("FOLDER@0", "SMTPSVC:10..40 RESvc:10.. X:10..");
    CurrentCondition xDown = condition("0|x@10|IDLE@0");
    OpenEpisode first = episode.with(EpisodeRules.unseenEnds(episode, xDown, time(50)));
    OpenEpisode second = first.with(EpisodeRules.unseenEnds(first, xDown, time(60)));
    CurrentCondition bothDown = condition("0|X@10 RESvc@65|IDLE@0");
    OpenEpisode third = second.with(EpisodeRules.unseenEnds(second, bothDown, time(70)));

    Outage resvc = episode.outages().get(1);
    assertThat(second.unseenEnds()).isEqualTo(Map.of(resvc.id(), time(50)));
    assertThat(second.end(resvc)).contains(time(50));
    assertThat(third.unseenEnds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // outages, halted before, condition, now: state, halted, verified
        "-, false, 0||IDLE@0, 10, OPEN, false, -",
        "RESvc:10.., false, 0|RESvc@10|IDLE@0, 9000, OPEN, false, -",
        "SMTPSVC:10.., false, 0|SMTPSVC@10|INTERRUPTED@10, 310, OPEN, false, -",
        "SMTPSVC:10.., false, 0|SMTPSVC@10|HALTED@10, 311, HALTED, true, -",
        "IISADMIN:10.., false, 0|IISADMIN@10|HALTED@10, 311, HALTED, true, -",
        "SMTPSVC:10..40, false, 0||IDLE@0, 41, VERIFYING, false, 40",
        "SMTPSVC:10..400, false, 0||IDLE@0, 401, VERIFYING, true, 400",
        "SMTPSVC:10..40, false, 0||UNKNOWN@0, 41, VERIFYING, false, -",
        "SMTPSVC:10..40, true, 0||IDLE@0, 41, VERIFYING, true, 40",
        // Mail that stands still after the restart prolongs it.
        "SMTPSVC:10..40, false, 0||STALLED@40-310, 310, VERIFYING, false, -",
        "SMTPSVC:10..40, false, 0||STALLED@40-311, 311, HALTED, true, -",
        // An earlier halt does not make a short outage one.
        "SMTPSVC:10..400 SMTPSVC:500.., false, 0|SMTPSVC@500|IDLE@401 INTERRUPTED@500, 510, OPEN, true, -",
        // Mail flowed in between: a later standstill is another incident.
        "SMTPSVC:10..40, false, 0||IDLE@41 STALLED@161-900, 900, VERIFYING, false, -",
        "SMTPSVC:10..40, false, 0||IDLE@41 STALLED@160-900, 900, HALTED, true, -"
      })
  void episodeHasAState(
      @Nullable String outages,
      boolean haltedBefore,
      String condition,
      long now,
      State state,
      boolean halted,
      @Nullable String verified) {
    OpenEpisode episode = assessed(episode("FOLDER@0", outages), haltedBefore, true);

    assertThat(EpisodeRules.assess(episode, condition(condition), time(now), ObservedState.LIMITS))
        .isEqualTo(new Assessment(state, halted, true, time(verified)));
  }

  @Test
  void serviceThatHoldsAnEpisodeWithoutAnOutageWasNotFollowedAndCountsFromThePollThatFoundIt() {
    OpenEpisode episode = episode("FOLDER@0", "");
    CurrentCondition down = condition("0|SMTPSVC@10|HALTED@10");

    assertThat(EpisodeRules.assess(episode, down, time(310), ObservedState.LIMITS))
        .isEqualTo(new Assessment(State.OPEN, false, false, time(null)));
    assertThat(EpisodeRules.assess(episode, down, time(311), ObservedState.LIMITS))
        .isEqualTo(new Assessment(State.HALTED, true, false, time(null)));
  }

  @Test
  void bootsBetweenBeginAndEndArePartOfTheEpisode() {
    OpenEpisode episode = episode("FOLDER@0", "SMTPSVC:10..40");
    List<Boot> boots = List.of(boot(0), boot(20), boot(160), boot(161));

    assertThat(
            EpisodeRules.withBoots(episode, boots, condition("0||IDLE@0"), time(50))
                .evidence()
                .boots())
        .containsExactly(boot(20), boot(160));
  }

  private static Boot boot(long up) {
    return new Boot(time(up - 5), time(up), true);
  }

  private static Episode closed(String markers, String outages, long at) {
    return episode(markers, outages).closed(time(at), Outcome.RECOVERED);
  }
}
