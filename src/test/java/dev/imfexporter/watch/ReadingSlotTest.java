package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.journal.LogLines;
import dev.imfexporter.reading.NotApplicable;
import dev.imfexporter.reading.Partial;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.ReadingName;
import dev.imfexporter.reading.Result.Taken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingSlotTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TestTime time = new TestTime();
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private final List<String> timed = new ArrayList<>();
  private final Answer answer = new Answer();
  private final ReadingSlot<String> slot =
      new ReadingSlot<>(
          "mail01",
          answer,
          new FakeHost(),
          TIMEOUT,
          calls::add,
          time,
          (taken, asked, ended) -> {},
          (reading, result, took) -> timed.add(result.word() + " " + took.toSeconds() + " s"));

  @Test
  void whoAsksWhileItIsUnderWaySharesIt() {
    var first = slot.fresh(SECOND);
    var second = slot.fresh(Duration.ZERO);
    calls.remove().run();

    assertThat(calls).isEmpty();
    assertThat(first.join()).isSameAs(second.join());
    assertThat(first.join().value()).contains("answer 1");
  }

  @Test
  void readingIsKeptForAsLongAsAllowed() {
    var unused = slot.fresh(SECOND);
    calls.remove().run();
    time.advance(Duration.ofMillis(999));
    assertThat(slot.fresh(SECOND).join().value()).contains("answer 1");
    time.advance(Duration.ofMillis(1));

    assertThat(slot.fresh(SECOND)).isNotDone();
    calls.remove().run();
    assertThat(slot.fresh(SECOND).join().value()).contains("answer 2");
  }

  @Test
  void callThatDoesNotReturnKeepsItsSlotAndIsNotMadeAgain() {
    var end = slot.fresh(SECOND);
    time.advance(Duration.ofSeconds(6));

    assertThat(slot.stuck()).isTrue();
    Taken<String> given = slot.by(time.now().plus(SECOND), end).join();
    assertThat(given.result().reason().orElseThrow())
        .isEqualTo(
            "The host has not answered within 6.0 s; the call is left to finish and not made again"
                + " until then");
    assertThat(slot.fresh(Duration.ZERO)).isSameAs(end);
    assertThat(calls).hasSize(1);

    calls.remove().run();
    assertThat(slot.stuck()).isFalse();
    assertThat(timed).containsExactly("ok 6 s");
    assertThat(slot.by(time.now(), slot.fresh(SECOND)).join().value()).contains("answer 1");
  }

  @Test
  void everyCallerHasItsOwnDeadline() {
    var end = slot.fresh(SECOND);
    var late = slot.by(time.now(), end);
    var patient = slot.by(time.now().plus(Duration.ofMinutes(1)), end);

    assertThat(late.join().result().word()).isEqualTo("failed");
    assertThat(patient).isNotDone();
    calls.remove().run();
    assertThat(patient.join().value()).contains("answer 1");
  }

  @Test
  void slotIsFreeAgainAfterAnErrorOfTheJvm() {
    answer.failure = new OutOfMemoryError("no heap");
    var end = slot.fresh(SECOND);
    calls.remove().run();
    assertThat(end.join().result().reason().orElseThrow()).contains("no heap");
    assertThat(slot.stuck()).isFalse();

    answer.failure = null;
    time.advance(SECOND);
    var next = slot.fresh(SECOND);
    calls.remove().run();
    assertThat(next.join().value()).contains("answer 1");
  }

  @Test
  void changeDuringAReadingCallsForAnother() {
    var unused = slot.fresh(SECOND);
    slot.refresh();
    slot.refresh();
    calls.remove().run();
    assertThat(calls).hasSize(1);
    calls.remove().run();

    assertThat(calls).isEmpty();
    assertThat(slot.fresh(SECOND).join().value()).contains("answer 2");
  }

  @Test
  void everyKindOfFailureBecomesAResult() {
    assertThat(resultOf(new NotApplicable("no Exchange"))).isEqualTo("not_applicable: no Exchange");
    assertThat(resultOf(new AccessException.Unsupported("too old")))
        .isEqualTo("unsupported: too old");
    assertThat(
            resultOf(
                new AccessException.CallFailed(
                    new Win32Error("OpenService SMTPSVC", 5, "Access is denied"))))
        .isEqualTo("failed: OpenService SMTPSVC failed: Access is denied (5)");
    assertThat(resultOf(new IllegalStateException("a defect")))
        .isEqualTo(
            "failed: Unexpected failure, see the log: java.lang.IllegalStateException: a defect");
    assertThat(timed)
        .containsExactly("not_applicable 0 s", "unsupported 0 s", "failed 0 s", "failed 0 s");
  }

  @Test
  void eachChangeOfWhatAValueLacksIsLoggedOnce() {
    List<String> lacks = new ArrayList<>(List.of("a", "a", "a, b", "", ""));
    record Value(Optional<String> missing) implements Partial {}
    Reading<Value> partial =
        new Reading<>() {
          @Override
          public ReadingName name() {
            return ReadingName.EVENTS;
          }

          @Override
          public Value take(HostAccess host) {
            return new Value(Optional.of(lacks.remove(0)).filter(text -> !text.isEmpty()));
          }
        };
    ReadingSlot<Value> events =
        new ReadingSlot<>(
            "mail01",
            partial,
            new FakeHost(),
            TIMEOUT,
            Runnable::run,
            time,
            (taken, asked, ended) -> {},
            (reading, result, took) -> {});
    try (LogLines log = LogLines.of(ReadingSlot.class)) {
      while (!lacks.isEmpty()) {
        events.refresh();
      }
      assertThat(log.from(Level.INFO))
          .containsExactly(
              "mail01: reading events is incomplete: a",
              "mail01: reading events is incomplete: a, b",
              "mail01: reading events succeeds");
    }
  }

  private String resultOf(Throwable failure) {
    answer.failure = failure;
    var end = slot.fresh(Duration.ZERO);
    calls.remove().run();
    var result = end.join().result();
    return result.word() + ": " + result.reason().orElseThrow();
  }

  private static final class Answer implements Reading<String> {
    private int asked;
    private @Nullable Throwable failure;

    @Override
    public ReadingName name() {
      return ReadingName.SERVICES;
    }

    @Override
    public String take(HostAccess host) throws AccessException, NotApplicable {
      if (failure instanceof AccessException e) {
        throw e;
      }
      if (failure instanceof NotApplicable e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      asked++;
      return "answer " + asked;
    }
  }
}
