package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.NotApplicable;
import dev.imfexporter.collector.Partial;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.testing.LogCapture;
import dev.imfexporter.watch.FakeHost;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.model.PlannedCollector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CollectorRunnerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @SuppressWarnings("unchecked") // the runner does not look at what a key stands for
  private static final CollectorKey<String> KEY =
      (CollectorKey<String>) (CollectorKey<?>) CollectorKey.SERVICES;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TestTime time = new TestTime();
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private final List<String> timed = new ArrayList<>();
  private final Answer answer = new Answer();
  private final CollectorRunner<String> runner =
      new CollectorRunner<>(
          new CollectorRunner.Context(
              new CollectorLog("mail01"),
              new FakeHost(),
              TIMEOUT,
              calls::add,
              time,
              log -> Optional.empty(),
              (since, now) -> false,
              (run, asked, ended) ->
                  timed.add(run.result().word() + " " + run.took().toSeconds() + " s")),
          PlannedCollector.planned(KEY, answer, SECOND));

  @Test
  void callersShareTheRunUnderWay() {
    var first = runner.getOrStart(SECOND);
    var second = runner.getOrStart(Duration.ZERO);
    calls.remove().run();

    assertThat(calls).isEmpty();
    assertThat(first.join()).isSameAs(second.join());
    assertThat(first.join().value()).contains("answer 1");
  }

  @Test
  void aResultIsReturnedAgainUntilItIsTooOld() {
    var unused = runner.getOrStart(SECOND);
    calls.remove().run();
    time.advance(Duration.ofMillis(999));
    assertThat(runner.getOrStart(SECOND).join().value()).contains("answer 1");
    time.advance(Duration.ofMillis(1));

    assertThat(runner.getOrStart(SECOND)).isNotDone();
    calls.remove().run();
    assertThat(runner.getOrStart(SECOND).join().value()).contains("answer 2");
  }

  @Test
  void aCallThatDoesNotReturnIsNotMadeAgain() {
    var end = runner.getOrStart(SECOND);
    time.advance(Duration.ofSeconds(6));

    assertThat(runner.stuck()).isTrue();
    Timed<String> given = runner.withDeadline(time.now().plus(SECOND), end).join();
    assertThat(given.result().reason().orElseThrow())
        .isEqualTo(
            "The host has not answered within 6.0 s; the call is left to finish and not made again"
                + " until then");
    assertThat(runner.getOrStart(Duration.ZERO)).isSameAs(end);
    assertThat(calls).hasSize(1);

    calls.remove().run();
    assertThat(runner.stuck()).isFalse();
    assertThat(timed).containsExactly("ok 6 s");
    assertThat(runner.withDeadline(time.now(), runner.getOrStart(SECOND)).join().value())
        .contains("answer 1");
  }

  @Test
  void aRunThatHangsIsReportedOnceAsAFailureAndItsLateValueToo() {
    var unused = runner.getOrStart(SECOND);
    calls.remove().run();
    time.advance(SECOND);
    runner.refreshIfOlderThan(SECOND, time.now());
    time.advance(TIMEOUT);
    runner.giveUpIfStuck();
    assertThat(runner.latest(time.now().wall()).value()).contains("answer 1");

    time.advance(SECOND);
    try (LogCapture log = LogCapture.of(CollectorLog.class)) {
      runner.giveUpIfStuck();
      runner.giveUpIfStuck();
      assertThat(log.lines())
          .containsExactly(
              "mail01: reading services failed: The host has not answered within 5.0 s; the call is"
                  + " left to finish and not made again until then");
    }
    assertThat(timed).containsExactly("ok 0 s", "failed 5 s");
    assertThat(runner.latest(time.now().wall()).result().errorReason())
        .contains(ErrorReason.TIMEOUT);

    calls.remove().run();
    assertThat(timed).containsExactly("ok 0 s", "failed 5 s", "ok 6 s");
    assertThat(runner.isOlderThan(SECOND, time.now())).as("is read anew at once").isTrue();
  }

  @Test
  void aRunThatHangsAndFailsIsOneFailure() {
    var unused = runner.getOrStart(SECOND);
    time.advance(TIMEOUT.plus(SECOND));
    runner.giveUpIfStuck();
    answer.failure = new IllegalStateException("defect");
    calls.remove().run();

    assertThat(timed).containsExactly("failed 5 s");
    assertThat(runner.latest(time.now().wall()).result().reason().orElseThrow()).contains("defect");
  }

  /** A dialogue with a slow server may take longer than other calls, and delays no scrape. */
  @Test
  void callersOfACollectorInTheBackgroundWaitForItsFirstRunOnly() {
    CollectorRunner<String> background =
        new CollectorRunner<>(
            new CollectorRunner.Context(
                new CollectorLog("mail01"),
                new FakeHost(),
                TIMEOUT,
                calls::add,
                time,
                log -> Optional.empty(),
                (since, now) -> false,
                (run, asked, ended) -> {}),
            PlannedCollector.planned(KEY, answer, SECOND).inBackground(TIMEOUT.multipliedBy(2)));
    var first = background.getOrStart(SECOND);
    time.advance(TIMEOUT.plus(SECOND));
    assertThat(background.stuck()).isFalse();
    assertThat(background.withDeadline(time.now().plus(TIMEOUT), first)).isNotDone();
    calls.remove().run();
    assertThat(first.join().value()).contains("answer 1");

    time.advance(SECOND);
    background.refreshIfOlderThan(SECOND, time.now());
    assertThat(background.getOrStart(Duration.ZERO).join().value()).contains("answer 1");
    time.advance(TIMEOUT.multipliedBy(3));
    assertThat(background.stuck()).isTrue();
    calls.remove().run();
    assertThat(background.getOrStart(Duration.ZERO).join().value()).contains("answer 2");
    assertThat(calls).isEmpty();
  }

  @Test
  void everyCallerHasItsOwnDeadline() {
    var end = runner.getOrStart(SECOND);
    var late = runner.withDeadline(time.now(), end);
    var inTime = runner.withDeadline(time.now().plus(Duration.ofMinutes(1)), end);

    assertThat(late.join().result().word()).isEqualTo("failed");
    assertThat(inTime).isNotDone();
    calls.remove().run();
    assertThat(inTime.join().value()).contains("answer 1");
  }

  @Test
  void aCallerWhoseDeadlinePassedIsNotKept() {
    var end = runner.getOrStart(SECOND);
    var inTime = runner.withDeadline(time.now().plus(Duration.ofMinutes(1)), end);
    for (int i = 0; i < 1_000; i++) {
      var late = runner.withDeadline(time.now(), runner.getOrStart(SECOND)).join();
      assertThat(late.result().word()).isEqualTo("failed");
    }

    assertThat(runner.waiting() + end.getNumberOfDependents()).isEqualTo(1);
    calls.remove().run();
    assertThat(inTime.join().value()).contains("answer 1");
    assertThat(runner.waiting()).isZero();
  }

  @Test
  void aRunnerRunsAgainAfterAnErrorOfTheJvm() {
    answer.failure = new OutOfMemoryError("no heap");
    var end = runner.getOrStart(SECOND);
    calls.remove().run();
    assertThat(end.join().result().reason().orElseThrow()).contains("no heap");
    assertThat(runner.stuck()).isFalse();

    answer.failure = null;
    time.advance(SECOND);
    var next = runner.getOrStart(SECOND);
    calls.remove().run();
    assertThat(next.join().value()).contains("answer 1");
  }

  @Test
  void aRefreshDuringARunStartsAnotherAfterIt() {
    var unused = runner.getOrStart(SECOND);
    runner.refresh();
    runner.refresh();
    calls.remove().run();
    assertThat(calls).hasSize(1);
    calls.remove().run();

    assertThat(calls).isEmpty();
    assertThat(runner.getOrStart(SECOND).join().value()).contains("answer 2");
  }

  @Test
  void onlyAnOldResultIsRefreshed() {
    runner.refreshIfOlderThan(SECOND, time.now());
    assertThat(runner.isOlderThan(Duration.ZERO, time.now())).isFalse();
    runner.refreshIfOlderThan(Duration.ZERO, time.now());
    assertThat(calls).hasSize(1);
    calls.remove().run();

    time.advance(Duration.ofMillis(999));
    runner.refreshIfOlderThan(SECOND, time.now());
    assertThat(calls).isEmpty();
    time.advance(Duration.ofMillis(1));
    runner.refreshIfOlderThan(SECOND, time.now());
    assertThat(calls).hasSize(1);
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
    @SuppressWarnings("unchecked") // a value of another type under the key of the events
    CollectorKey<Value> key = (CollectorKey<Value>) (CollectorKey<?>) CollectorKey.EVENTS;
    CollectorRunner<Value> events =
        new CollectorRunner<>(
            new CollectorRunner.Context(
                new CollectorLog("mail01"),
                new FakeHost(),
                TIMEOUT,
                Runnable::run,
                time,
                log -> Optional.empty(),
                (since, now) -> false,
                (run, asked, ended) -> {}),
            PlannedCollector.planned(
                key,
                host -> new Value(Optional.of(lacks.remove(0)).filter(text -> !text.isEmpty())),
                SECOND));
    try (LogCapture log = LogCapture.of(CollectorLog.class)) {
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
    var end = runner.getOrStart(Duration.ZERO);
    calls.remove().run();
    var result = end.join().result();
    return result.word() + ": " + result.reason().orElseThrow();
  }

  private static final class Answer implements Collector<String> {
    private int asked;
    private @Nullable Throwable failure;

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
