package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.page.Timeline.Kind;
import dev.imfexporter.page.Timeline.Lane;
import dev.imfexporter.page.Timeline.Piece;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineLanesTest {

  @Test
  void anOutageIsDrawnInItsPhasesToScale() {
    Lane smtp = lane(Snapshots.recovered(), "SMTPSVC");

    assertThat(smtp.entries().get(0).pieces())
        .containsExactly(
            piece("02:05:01", "02:05:02", Kind.STOP, ""),
            piece("02:05:02", "02:11:30", Kind.DOWN, "down"),
            piece("02:11:30", "02:11:35", Kind.START, ""));
    assertThat(smtp.entries().get(1).words()).isEqualTo("out for 5 min, the limit of a halt");
    assertThat(smtp.entries().get(1).from()).isEqualTo(at("02:10:01"));
  }

  @Test
  void aPhaseThatNoSourceObservedIsNotCalledDown() {
    assertThat(lane(Snapshots.recovered(), "IISADMIN").entries().get(0).pieces())
        .extracting(Piece::kind)
        .containsExactly(Kind.STOP, Kind.OUT, Kind.START);
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 60})
  void whatIsNotOverLastsUntilNowWhereverTheDrawingEnds(long seconds) {
    Timeline timeline =
        TimelineLanes.of(
            Snapshots.halted().history(),
            TimeView.utc(Snapshots.NOW),
            Snapshots.NOW.minus(Duration.ofHours(6)),
            Snapshots.NOW.plusSeconds(seconds));

    assertThat(timeline.rows())
        .filteredOn(row -> row.entry().lasts())
        .extracting(row -> row.entry().until())
        .hasSize(4)
        .containsOnly(Snapshots.NOW);
  }

  @Test
  void beforeTheExporterLookedMailFlowIsNotKnown() {
    Lane flow = lane(Snapshots.bouncing(), "Mail flow");

    assertThat(flow.entries())
        .extracting(Timeline.Entry::words)
        .containsExactly("not known: this is kept from the start of the exporter on", "bouncing");
    assertThat(flow.entries().get(0).until()).isEqualTo(at("01:30:00"));
    assertThat(flow.entries().get(1).lasts()).isTrue();
  }

  @Test
  void queuesThatWereNotReadAreNoBarAndEqualOnesAreOne() {
    Lane queue = lane(Snapshots.recovered(), "Messages in the queues");

    assertThat(queue.bars())
        .extracting(Timeline.Bar::messages)
        .containsExactly(3, 0, 4, 9, 5, 412, 30, 2);
    assertThat(queue.note()).isEqualTo("at most 412, known from about 01:30:00 UTC on");
  }

  @Test
  void theScaleIsThatOfTime() {
    Timeline timeline = timeline(Snapshots.up());

    assertThat(timeline.percent(Snapshots.NOW)).isEqualTo(100);
    assertThat(timeline.percent(Snapshots.NOW.minus(Duration.ofHours(3)))).isEqualTo(50);
    assertThat(timeline.percent(Snapshots.NOW.minus(Duration.ofDays(3)))).isEqualTo(0);
  }

  private static Timeline timeline(HostSnapshot snapshot) {
    return TimelineLanes.of(
        snapshot.history(),
        TimeView.utc(Snapshots.NOW),
        Snapshots.NOW.minus(Duration.ofHours(6)),
        Snapshots.NOW);
  }

  private static Lane lane(HostSnapshot snapshot, String name) {
    List<Lane> lanes = timeline(snapshot).lanes();
    return lanes.stream().filter(lane -> lane.name().equals(name)).findFirst().orElseThrow();
  }

  private static Piece piece(String from, String until, Kind kind, String label) {
    return new Piece(at(from), at(until), kind, label);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-22T" + time + "Z");
  }
}
