package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TroubleLogTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final TroubleLog log = new TroubleLog();

  @Test
  void countsEveryReasonFromZero() {
    assertThat(log.troubles()).isEqualTo(Troubles.NONE);
    assertThat(log.troubles().counts())
        .hasSize(ErrorReason.values().length)
        .allSatisfy((reason, count) -> assertThat(count).isZero());
  }

  @Test
  void theSameFailureIsOneThatHappenedAgain() {
    fail(ReadingName.SERVICES, "refused", 0);
    fail(ReadingName.EVENTS, "refused", 1);
    fail(ReadingName.SERVICES, "refused", 2);
    log.note(ReadingName.SERVICES, new Result.Ok<>(""), NOW.plusSeconds(3));
    fail(ReadingName.SERVICES, "refused", 4);

    assertThat(log.troubles().recent())
        .containsExactly(
            new Trouble(
                ReadingName.SERVICES, ErrorReason.REFUSED, "refused", NOW, NOW.plusSeconds(4), 3),
            new Trouble(
                ReadingName.EVENTS,
                ErrorReason.REFUSED,
                "refused",
                NOW.plusSeconds(1),
                NOW.plusSeconds(1),
                1));
    assertThat(log.troubles().counts()).containsEntry(ErrorReason.REFUSED, 4L);
  }

  @Test
  void onlyTheNewestAreKept() {
    for (int i = 0; i < 1000; i++) {
      fail(ReadingName.SERVICES, "reason " + i, i);
    }
    assertThat(log.troubles().recent())
        .hasSize(20)
        .first()
        .extracting(Trouble::why)
        .isEqualTo("reason 999");
    assertThat(log.troubles().counts()).containsEntry(ErrorReason.REFUSED, 1000L);
  }

  private void fail(ReadingName reading, String why, int second) {
    log.note(reading, new Result.Failed<>(why, ErrorReason.REFUSED), NOW.plusSeconds(second));
  }
}
