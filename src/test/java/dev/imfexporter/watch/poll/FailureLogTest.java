package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.watch.model.FailureRecord;
import dev.imfexporter.watch.model.Failures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final FailureLog log = new FailureLog();

  @Test
  void countsEveryReasonFromZero() {
    assertThat(log.failures()).isEqualTo(Failures.NONE);
    assertThat(log.failures().counts())
        .hasSize(ErrorReason.values().length)
        .allSatisfy((reason, count) -> assertThat(count).isZero());
  }

  @Test
  void theSameFailureIsOneThatHappenedAgain() {
    fail(CollectorKey.SERVICES, "refused", 0);
    fail(CollectorKey.EVENTS, "refused", 1);
    fail(CollectorKey.SERVICES, "refused", 2);
    log.add(run(CollectorKey.SERVICES, new Result.NotApplicable<>(""), 3));
    fail(CollectorKey.SERVICES, "refused", 4);

    assertThat(log.failures().recent())
        .containsExactly(
            new FailureRecord(
                CollectorKey.SERVICES, ErrorReason.REFUSED, "refused", NOW, NOW.plusSeconds(4), 3),
            new FailureRecord(
                CollectorKey.EVENTS,
                ErrorReason.REFUSED,
                "refused",
                NOW.plusSeconds(1),
                NOW.plusSeconds(1),
                1));
    assertThat(log.failures().counts()).containsEntry(ErrorReason.REFUSED, 4L);
  }

  @Test
  void onlyTheNewestAreKept() {
    for (int i = 0; i < 1000; i++) {
      fail(CollectorKey.SERVICES, "reason " + i, i);
    }
    assertThat(log.failures().recent())
        .hasSize(20)
        .first()
        .extracting(FailureRecord::why)
        .isEqualTo("reason 999");
    assertThat(log.failures().counts()).containsEntry(ErrorReason.REFUSED, 1000L);
  }

  private void fail(CollectorKey<?> key, String why, int second) {
    log.add(run(key, new Result.Failed<>(why, ErrorReason.REFUSED), second));
  }

  private static <T> Timed<T> run(CollectorKey<T> key, Result<T> result, int second) {
    return new Timed<>(key, result, NOW.plusSeconds(second), Duration.ofMillis(1));
  }
}
