package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallThreadsTest {
  private final ExecutorService calls = CallThreads.atMost(3);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void end() {
    released.countDown();
    calls.shutdown();
  }

  @Test
  void callsThatBlockHoldUpNoOtherAsLongAsThereMayBeThreads() throws InterruptedException {
    block();
    block();
    CountDownLatch done = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      calls.execute(done::countDown);
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatFindsAllThreadsBlockedWaitsForOne() throws InterruptedException {
    block();
    block();
    block();
    CountDownLatch done = new CountDownLatch(1);
    calls.execute(done::countDown);
    assertThat(done.getCount()).isEqualTo(1);
    released.countDown();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oneThreadIsEnoughForCallsThatComeOneAfterTheOther() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 100; i++) {
      CountDownLatch done = new CountDownLatch(1);
      calls.execute(
          () -> {
            threads.add(Thread.currentThread());
            done.countDown();
          });
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(threads).hasSizeLessThanOrEqualTo(3).allMatch(Thread::isDaemon);
  }

  @Test
  void afterItsEndACallIsRefused() {
    calls.shutdown();
    assertThatThrownBy(() -> calls.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private void block() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    calls.execute(
        () -> {
          begun.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
