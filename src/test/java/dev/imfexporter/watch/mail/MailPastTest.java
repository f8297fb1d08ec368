package dev.imfexporter.watch.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.MailFact.Failing;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.MailHistory;
import dev.imfexporter.watch.model.MailHistory.Change;
import dev.imfexporter.watch.model.MailHistory.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailPastTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T03:00:00Z");

  private final MailPast past = new MailPast();

  @Test
  void onlyChangesAreKeptAndAnIdleHostFlows() {
    past.judged(State.UNKNOWN, BEGIN);
    past.judged(State.IDLE, BEGIN.plusSeconds(60));
    assertThat(past.view().since()).isEmpty();
    past.judged(State.FLOWING, BEGIN.plusSeconds(120));
    past.judged(State.HALTED, BEGIN.plusSeconds(180));

    assertThat(past.view().changes())
        .containsExactly(
            new Change(State.UNKNOWN, BEGIN),
            new Change(State.FLOWING, BEGIN.plusSeconds(60)),
            new Change(State.HALTED, BEGIN.plusSeconds(180)));
    assertThat(past.view().since()).hasValue(BEGIN.plusSeconds(180));
    assertThat(past.view()).isSameAs(past.view());
  }

  /** A start judges nothing before the first reading. */
  @Test
  void whatStillFailsBeganInTheRunBefore() {
    past.replay(failing(State.STALLED), BEGIN.minusSeconds(60));
    past.judged(State.UNKNOWN, BEGIN);
    assertThat(past.view().since()).isEmpty();
    past.judged(State.STALLED, BEGIN.plusSeconds(300));

    assertThat(past.view().changes())
        .containsExactly(new Change(State.STALLED, BEGIN.minusSeconds(7_200)));
    assertThat(past.view().since()).hasValue(BEGIN.minusSeconds(7_200));
    assertThat(past.failing()).isEqualTo(failing(State.STALLED));
    past.judged(State.FLOWING, BEGIN.plusSeconds(400));
    assertThat(past.view().since()).hasValue(BEGIN.plusSeconds(400));
    assertThat(past.failing()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOWING", "STUCK"})
  void whatIsNotAsItWasBeganAtAnUnknownTime(State first) {
    past.replay(failing(State.BOUNCING), BEGIN.minusSeconds(60));
    past.judged(first, BEGIN);
    assertThat(past.view().since()).isEmpty();
    assertThat(past.failing()).isEmpty();
    past.judged(State.BOUNCING, BEGIN.plusSeconds(60));
    assertThat(past.view().since()).hasValue(BEGIN.plusSeconds(60));
  }

  @Test
  void theNewestOfTheRunBeforeHolds() {
    past.replay(failing(State.BOUNCING), BEGIN.minusSeconds(360));
    past.replay(Optional.empty(), BEGIN.minusSeconds(60));
    past.judged(State.BOUNCING, BEGIN);

    assertThat(past.view().since()).isEmpty();
  }

  private static Optional<Failing> failing(State state) {
    return Optional.of(new Failing(state, BEGIN.minusSeconds(7_200)));
  }

  @Test
  void aPartHasItsLongestQueueAndWhatWasNotReadIsNotZero() {
    past.queued(3, BEGIN.plusSeconds(10));
    past.queued(7, BEGIN.plusSeconds(20));
    past.queued(5, BEGIN.plusSeconds(30));
    past.queued(1, BEGIN.plus(Duration.ofMinutes(16)));

    Queue queue = past.view().queue().orElseThrow();
    assertThat(queue.from()).isEqualTo(BEGIN);
    assertThat(queue.longest()).containsExactly(7, Queue.NOT_READ, Queue.NOT_READ, 1);
    assertThat(queue.at(3)).isEqualTo(BEGIN.plus(Duration.ofMinutes(15)));
  }

  @Test
  void bothAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      past.queued(i, BEGIN.plus(Queue.PART.multipliedBy(i)));
      past.judged(i % 2 == 0 ? State.STUCK : State.FLOWING, BEGIN.plusSeconds(i));
    }

    Queue queue = past.view().queue().orElseThrow();
    assertThat(queue.longest()).hasSize(Queue.MOST_PARTS).endsWith(998, 999);
    assertThat(queue.at(Queue.MOST_PARTS - 1)).isEqualTo(BEGIN.plus(Queue.PART.multipliedBy(999)));
    assertThat(past.view().changes()).hasSize(MailHistory.MOST_CHANGES);

    past.queued(4, BEGIN.plus(Duration.ofDays(400)));
    assertThat(past.view().queue().orElseThrow().longest()).containsExactly(4);
  }
}
