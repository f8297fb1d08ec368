package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.websecurity.Passwords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log-ins of which each takes longer than all that a test does meanwhile. */
@Timeout(60)
class LogInsTest {
  /** Of no password that is tried; of cost 15, which takes a second and more. */
  private static final Passwords SLOW =
      new Passwords(Map.of("a", "$2y$15$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"));

  @Test
  void theSameWaitForOneCheckAndOthersHaveABound() {
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      List<CompletableFuture<Boolean>> others = new ArrayList<>();
      for (int i = 0; i < LogIns.MOST_WAITING + 5; i++) {
        others.add(logIns.check(SLOW, new BasicCredentials("a", "guess" + i)));
      }
      assertThat(others.get(others.size() - 1))
          .failsWithin(0, SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(RejectedExecutionException.class);
      for (int i = 0; i < 200; i++) {
        assertThat(logIns.check(SLOW, new BasicCredentials("a", "guess9"))).isNotDone();
      }
    }
  }

  @Test
  void theWaitHasADeadline() {
    try (LogIns logIns = new LogIns(Duration.ofMillis(1))) {
      assertThat(logIns.check(SLOW, new BasicCredentials("a", "guess")))
          .failsWithin(30, SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void passwordsThatWereReadAgainAreCheckedAnew() throws Exception {
    String hash =
        OpenBSDBCrypt.generate(
            "2y", "right".toCharArray(), "0123456789abcdef".getBytes(US_ASCII), 4);
    BasicCredentials who = new BasicCredentials("a", "right");
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      CompletableFuture<Boolean> before = logIns.check(SLOW, who);
      CompletableFuture<Boolean> now = logIns.check(new Passwords(Map.of("a", hash)), who);
      assertThat(now.get()).isTrue();
      assertThat(before.get()).isFalse();
    }
  }
}
