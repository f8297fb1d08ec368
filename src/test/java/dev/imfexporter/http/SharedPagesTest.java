package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedPagesTest {
  private final AtomicInteger made = new AtomicInteger();
  private final Deque<Runnable> renewals = new ArrayDeque<>();
  private Moment now = new Moment(Instant.EPOCH, Duration.ZERO);
  private final SharedPages pages = new SharedPages(() -> now, renewals::add);

  @Test
  void requestsWithinASecondShareAPage() {
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(Duration.ofMillis(999));
    assertThat(get("a")).isEqualTo("1");
    assertThat(renewals).isEmpty();
  }

  @Test
  void aRequestThatComesALittleLaterHasThePageMadeForTheNext() {
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(get("a")).isEqualTo("1");
    assertThat(get("a")).as("while it is being made").isEqualTo("1");
    assertThat(renewals).hasSize(1);
    renewals.remove().run();
    assertThat(get("a")).isEqualTo("2");
    now = now.plus(Duration.ofSeconds(1));
    get("a");
    assertThat(renewals).as("again").hasSize(1);
  }

  @Test
  void aRequestThatComesMuchLaterWaitsForANewPage() {
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(SharedPages.STALE);
    assertThat(get("a")).isEqualTo("2");
    assertThat(renewals).isEmpty();
  }

  @Test
  void aPageThatCouldNotBeMadeAnewIsMadeByALaterRequest() {
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(Duration.ofSeconds(1));
    pages.get(
        "a",
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThatThrownBy(renewals.remove()::run).hasMessage("broken");
    assertThat(get("a")).isEqualTo("1");
    renewals.remove().run();
    assertThat(get("a")).isEqualTo("2");
  }

  @Test
  void aPageThatTookLongToMakeDoesNotReplaceANewerOne() {
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(get("a")).isEqualTo("1");
    now = now.plus(SharedPages.STALE);
    assertThat(get("a")).isEqualTo("2");
    renewals.remove().run();
    assertThat(get("a")).isEqualTo("2");
  }

  @Test
  void aServerThatStopsMakesNoPageAnew() {
    SharedPages stopping =
        new SharedPages(
            () -> now,
            task -> {
              throw new RejectedExecutionException("stopping");
            });
    assertThat(stopping.get("a", this::next)).isEqualTo("1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(stopping.get("a", this::next)).isEqualTo("1");
    now = now.plus(SharedPages.STALE);
    assertThat(stopping.get("a", this::next)).isEqualTo("2");
  }

  @Test
  void otherRequestsHaveTheirOwn() {
    assertThat(get("a")).isEqualTo("1");
    assertThat(get("b")).isEqualTo("2");
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void onlyTheSameObjectIsEqual() {
    List<String> one = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    assertThat(get(new SharedPages.Same(one))).isEqualTo("1");
    assertThat(get(new SharedPages.Same(equal))).isEqualTo("2");
    assertThat(get(new SharedPages.Same(one))).isEqualTo("1");
  }

  @Test
  void keepsFewPages() {
    for (int key = 0; key < 9; key++) {
      get(key);
    }
    assertThat(get(8)).isEqualTo("9");
    assertThat(get(1)).isEqualTo("2");
    assertThat(get(0)).isEqualTo("10");
  }

  @Test
  void aPageThatFailedIsTriedAgain() {
    assertThatThrownBy(
            () ->
                pages.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void whoComesWhileAPageIsMadeWaitsForIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () ->
                pages.get(
                    "a",
                    () -> {
                      begun.countDown();
                      await(go);
                      return next();
                    }));
    begun.await();
    CompletableFuture<String> second = new CompletableFuture<>();
    Thread waiting = new Thread(() -> second.complete(get("a")));
    waiting.start();
    while (waiting.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    assertThat(get("b")).as("another page meanwhile").isEqualTo("1");
    go.countDown();
    assertThat(first.get()).isEqualTo("2");
    assertThat(second.get()).isEqualTo("2");
  }

  private String get(Object key) {
    return pages.get(key, this::next);
  }

  private String next() {
    return Integer.toString(made.incrementAndGet());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
