package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AutoReloadTest {
  private String files = "1";
  private List<String> errors = List.of();
  private int reloads;

  private final AutoReload auto =
      new AutoReload(
          "1",
          () -> files,
          () -> {
            reloads++;
            return errors;
          });

  @Test
  void filesThatDidNotChangeAreNotRead() {
    auto.look();
    auto.look();
    assertThat(reloads).isZero();
  }

  @Test
  void aChangeIsReadOnce() {
    files = "2";
    auto.look();
    auto.look();
    assertThat(reloads).isEqualTo(1);
    files = "1";
    auto.look();
    assertThat(reloads).isEqualTo(2);
  }

  /** A password file may be mended without a change of the configuration. */
  @Test
  void aReloadThatFailedIsTriedAtEachLook() {
    files = "2";
    errors = List.of("wrong");
    auto.look();
    auto.look();
    assertThat(reloads).isEqualTo(2);
    errors = List.of();
    auto.look();
    auto.look();
    assertThat(reloads).isEqualTo(3);
  }

  /** The metric of the last reload must not stay at failed once the old file is back. */
  @Test
  void theOldFileIsReadAfterAFailure() {
    files = "2";
    errors = List.of("wrong");
    auto.look();
    files = "1";
    errors = List.of();
    auto.look();
    auto.look();
    assertThat(reloads).isEqualTo(2);
  }

  /** A file that is nested too deeply for the stack, for example. */
  @Test
  void anErrorEndsNoFurtherLook() {
    AtomicInteger looks = new AtomicInteger();
    AutoReload failing =
        new AutoReload(
            "1",
            () -> {
              looks.incrementAndGet();
              throw new StackOverflowError();
            },
            List::of);

    try (AutoReload.Running running = failing.every(Duration.ofMillis(1))) {
      assertThat(running).isNotNull();
      await().until(() -> looks.get() > 2);
    }
  }
}
