package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallsTest {
  private final TestTime time = new TestTime();
  private final Stalls stalls = new Stalls();

  @ParameterizedTest
  @CsvSource({"0, false", "1000, false", "2000, false", "2001, true", "8000, true", "18000, true"})
  void aBeatThatIsMissingIsAStall(long millis, boolean stall) {
    stalls.beat(time.now());
    time.advance(Duration.ofMillis(millis));

    assertThat(stalls.stoodStill(time.now())).isEqualTo(stall);
  }

  @Test
  void whatWasQueuedArrivesAfterTheBeatToo() {
    stalls.beat(time.now());
    assertThat(stalls.beat(time.advance(Duration.ofSeconds(8)).now()))
        .contains(Duration.ofSeconds(8));
    assertThat(stalls.stoodStill(time.advance(Duration.ofMillis(40)).now())).isTrue();
    // Beats that were missed follow at once.
    assertThat(stalls.beat(time.now())).isEmpty();
    stalls.beat(time.advance(Duration.ofSeconds(1)).now());
    assertThat(stalls.stoodStill(time.now())).isTrue();
    stalls.beat(time.advance(Duration.ofMillis(970)).now());
    assertThat(stalls.stoodStill(time.now())).isFalse();
  }

  @Test
  void aStallIsFoundAsLongAsItEndedAfterTheBegin() {
    stalls.beat(time.now());
    Moment before = time.now();
    stalls.beat(time.advance(Duration.ofSeconds(8)).now());
    for (int i = 0; i < 30; i++) {
      stalls.beat(time.advance(Stalls.BEAT).now());
    }

    assertThat(stalls.stoodStill(before, time.now())).isTrue();
    assertThat(stalls.stoodStill(before.plus(Duration.ofSeconds(8)), time.now())).isTrue();
    assertThat(stalls.stoodStill(before.plus(Duration.ofSeconds(9)), time.now())).isFalse();
    time.advance(Duration.ofSeconds(3));
    assertThat(stalls.stoodStill(before.plus(Duration.ofSeconds(9)), time.now())).isTrue();
  }

  @Test
  void nothingIsAStallBeforeTheFirstBeat() {
    assertThat(stalls.stoodStill(time.now())).isFalse();
  }
}
