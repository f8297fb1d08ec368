package dev.imfexporter.watch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.watch.model.TypicalRestart.Lengths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypicalRestartTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T03:00:00Z");

  /** A number is a restart of so many seconds; b a boot, c a crash, each of 900 s; o lasts. */
  @ParameterizedTest
  @CsvSource({
    "'',                    0,     0,   0",
    "30,                    0,     0,   0",
    "30 40,                 0,     0,   0",
    "30 40 50,              3, 40000,  50",
    "50 30 40,              3, 40000,  50",
    "30 41 50 60,           4, 45500,  60",
    "10 40 40 3600,         4, 40000,3600",
    "30 b 40,               0,     0,   0",
    "30 b 40 b 50,          3, 40000,  50",
    "b b b b,               0,     0,   0",
    "c 30 c 40 c 50 c c c,  3, 40000,  50",
    "30 40 o,               0,     0,   0",
    "30 40 50 o,            3, 40000,  50",
  })
  void medianAndLongest(String past, int restarts, long medianMillis, long longest) {
    Optional<TypicalRestart> typical = TypicalRestart.of(past(past));
    assertThat(typical.map(TypicalRestart::restarts).orElse(0)).isEqualTo(restarts);
    assertThat(typical.map(TypicalRestart::total))
        .isEqualTo(
            restarts == 0
                ? Optional.empty()
                : Optional.of(new Lengths(Duration.ofMillis(medianMillis), seconds(longest))));
  }

  @Test
  void theNewestTwentyCount() {
    String old = String.join(" ", Collections.nCopies(100, "500"));
    String recent = String.join(" ", Collections.nCopies(20, "30"));

    TypicalRestart typical = TypicalRestart.of(past(old + " " + recent)).orElseThrow();

    assertThat(typical.restarts()).isEqualTo(20);
    assertThat(typical.total()).isEqualTo(new Lengths(seconds(30), seconds(30)));
  }

  @Test
  void bootsAmongTheNewestMakeRoomForOlderRestarts() {
    String boots = String.join(" ", Collections.nCopies(40, "b"));

    assertThat(TypicalRestart.of(past("30 40 50 " + boots)).map(TypicalRestart::restarts))
        .contains(3);
  }

  @Test
  void aPhaseIsKnownWhenThreeRestartsObservedIt() {
    List<Outage> restarts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      OutageBuilder restart =
          restart(i, 30).phase(Phase.START, seconds(20 + i)).phase(Phase.DOWN, seconds(2));
      if (i < 2) {
        restart.phase(Phase.STOP, seconds(5));
      }
      restarts.add(restart.build());
    }

    TypicalRestart typical = TypicalRestart.of(restarts).orElseThrow();

    assertThat(typical.phases())
        .isEqualTo(
            Map.of(
                Phase.DOWN, new Lengths(seconds(2), seconds(2)),
                Phase.START, new Lengths(Duration.ofMillis(21_500), seconds(23))));
    assertThat(typical.words()).isEqualTo("typically 30 s");
    assertThat(typical.phaseWords()).contains("typically down 2 s, start 21 s");
  }

  @Test
  void withoutPhasesThereAreNoWordsOfThem() {
    assertThat(TypicalRestart.of(past("30 40 50")).orElseThrow().phaseWords()).isEmpty();
  }

  @Test
  void aRestartIsNotComparedWithItself() {
    ServiceHistory.Typical typical = ServiceHistory.Typical.of(past("30 40 50"));
    assertThat(typical.beforeLast()).isEmpty();
    assertThat(typical.withLast()).isPresent();

    typical = ServiceHistory.Typical.of(past("30 40 50 600"));
    assertThat(median(typical.beforeLast())).contains(seconds(40));
    assertThat(median(typical.withLast())).contains(seconds(45));

    assertThat(ServiceHistory.Typical.of(List.of())).isEqualTo(ServiceHistory.Typical.UNKNOWN);
  }

  private static Optional<Duration> median(Optional<TypicalRestart> typical) {
    return typical.map(of -> of.total().median());
  }

  private static List<Outage> past(String words) {
    List<Outage> past = new ArrayList<>();
    for (String word : Arrays.stream(words.split(" ")).filter(w -> !w.isEmpty()).toList()) {
      int at = past.size();
      past.add(
          switch (word) {
            case "b" -> restart(at, 900).shutdown(true).build();
            case "c" -> restart(at, 900).crash(true).build();
            case "o" -> OutageBuilder.outage("SMTPSVC", began(at)).build();
            default -> restart(at, Integer.parseInt(word)).build();
          });
    }
    return past;
  }

  private static OutageBuilder restart(int at, int seconds) {
    return OutageBuilder.outage("SMTPSVC", began(at))
        .ended(began(at).plusSeconds(seconds), StartedBy.UNATTRIBUTED);
  }

  private static Instant began(int at) {
    return FIRST.plus(Duration.ofDays(at));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
