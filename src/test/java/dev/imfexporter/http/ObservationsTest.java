package dev.imfexporter.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.watch.HostSnapshot;
import dev.imfexporter.watch.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ObservationsTest {
  private final FakeHost host = new FakeHost();
  private volatile Duration ticks = Duration.ZERO;
  private final Observations observations =
      new Observations(host, () -> new Moment(Snapshots.NOW, ticks));

  @AfterEach
  void close() {
    host.release();
    observations.close();
  }

  @Test
  void requestsThatWaitAreAnsweredTogetherWithinTheShortestDeadlineLeft() throws Exception {
    List<CompletableFuture<HostSnapshot>> busy = occupyEveryThread();
    List<CompletableFuture<HostSnapshot>> waiting =
        IntStream.range(0, 92)
            .mapToObj(i -> observations.observe(Duration.ofSeconds(5 + i)))
            .toList();
    ticks = Duration.ofSeconds(3);
    host.release();

    for (CompletableFuture<HostSnapshot> one :
        Stream.concat(busy.stream(), waiting.stream()).toList()) {
      assertThat(one.get(10, SECONDS).name()).isEqualTo("mail01");
    }
    List<Duration> ofTheWaiting =
        host.deadlines.subList(Observations.THREADS, host.deadlines.size());
    assertThat(ofTheWaiting).hasSizeBetween(1, Observations.THREADS);
    assertThat(ofTheWaiting).contains(Duration.ofSeconds(2));
  }

  @Test
  void aDeadlineThatIsOverWhileWaitingIsZero() throws Exception {
    var unused = occupyEveryThread();
    CompletableFuture<HostSnapshot> late = observations.observe(Duration.ofSeconds(1));
    ticks = Duration.ofSeconds(2);
    host.release();
    late.get(10, SECONDS);
    assertThat(host.deadlines).last().isEqualTo(Duration.ZERO);
  }

  @Test
  void aFailureReachesThoseWhoAskedAndNobodyElse() throws Exception {
    host.failure = new IllegalStateException("broken");
    CompletableFuture<HostSnapshot> failed = observations.observe(Duration.ofSeconds(1));
    assertThatThrownBy(() -> failed.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("broken");
    assertThat(observations.any()).isFalse();

    host.failure = null;
    assertThat(observations.observe(Duration.ofSeconds(1)).get(10, SECONDS)).isNotNull();
    assertThat(observations.any()).isTrue();
  }

  @Test
  void closingLetsAnObservationUnderWayEnd() throws Exception {
    host.hold();
    CompletableFuture<HostSnapshot> underWay = observations.observe(Duration.ofSeconds(5));
    host.entered.acquire();
    Thread closing = new Thread(observations::close);
    closing.start();
    waitUntilClosed();
    host.release();
    assertThat(underWay.get(10, SECONDS)).isNotNull();
    closing.join();
    assertThat(host.interrupted).isFalse();
  }

  @Test
  void closingInterruptsAnObservationThatHangs() throws Exception {
    host.hold();
    CompletableFuture<HostSnapshot> hanging = observations.observe(Duration.ofSeconds(5));
    host.entered.acquire();
    observations.close();
    assertThatThrownBy(() -> hanging.get(10, SECONDS))
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(host.interrupted).isTrue();
  }

  private List<CompletableFuture<HostSnapshot>> occupyEveryThread() throws InterruptedException {
    host.hold();
    List<CompletableFuture<HostSnapshot>> busy = new ArrayList<>();
    for (int i = 0; i < Observations.THREADS; i++) {
      busy.add(observations.observe(Duration.ofSeconds(60)));
      assertThat(host.entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    return busy;
  }

  private void waitUntilClosed() {
    while (true) {
      try {
        var unused = observations.observe(Duration.ZERO);
        Thread.onSpinWait();
      } catch (RejectedExecutionException closed) {
        return;
      }
    }
  }
}
