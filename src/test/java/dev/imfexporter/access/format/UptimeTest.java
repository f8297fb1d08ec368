package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UptimeTest {
  private static final Duration WRAP = Duration.ofMillis(1L << 32);

  private long nanos = Long.MAX_VALUE - 5;
  private final Uptime uptime = new Uptime(() -> nanos);

  private Duration answer(Duration up) {
    return uptime.of((int) up.toMillis());
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void theCountStartsAnewButTheMachineDidNot() {
    Duration up = WRAP.minusHours(1);
    assertThat(answer(up)).isEqualTo(up);

    pass(Duration.ofHours(2));
    assertThat(answer(up.plusHours(2))).isEqualTo(up.plusHours(2));
    pass(Duration.ofMinutes(1));
    assertThat(answer(up.plusMinutes(121))).isEqualTo(up.plusMinutes(121));
  }

  @Test
  void severalTimesBetweenTwoAnswers() {
    Duration up = Duration.ofDays(1);
    answer(up);
    Duration later = WRAP.multipliedBy(3).plusDays(2);

    pass(later);
    assertThat(answer(up.plus(later))).isEqualTo(up.plus(later));
  }

  @Test
  void clocksThatRunUnequally() {
    Duration up = WRAP.minusSeconds(1);
    answer(up);
    pass(Duration.ofHours(10));

    assertThat(answer(up.plusHours(10).plusSeconds(20)))
        .isEqualTo(up.plusHours(10).plusSeconds(20));
  }

  @Test
  void aBootIsABoot() {
    answer(Duration.ofDays(40));
    pass(Duration.ofMinutes(10));
    assertThat(answer(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));

    pass(Duration.ofDays(49));
    assertThat(answer(Duration.ofDays(49))).isEqualTo(Duration.ofDays(49));
  }

  @Test
  void aBootAfterTheCountStartedAnew() {
    answer(WRAP.minusHours(1));
    pass(Duration.ofHours(2));
    answer(WRAP.plusHours(1));

    pass(Duration.ofHours(1));
    assertThat(answer(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatCameBeforeTheFirstAnswerIsNotKnown() {
    assertThat(answer(WRAP.plusDays(2))).isEqualTo(Duration.ofDays(2));
  }
}
