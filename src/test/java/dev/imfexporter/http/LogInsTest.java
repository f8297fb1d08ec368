package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.websecurity.Passwords;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log-ins of which each takes longer than all that a test does meanwhile. */
@Timeout(60)
class LogInsTest {
  private static final InetSocketAddress CLIENT = client("192.0.2.1");

  /** Of no password that is tried; of cost 15, which takes a second and more. */
  private final Passwords slow =
      new Passwords(Map.of("a", "$2y$15$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"));

  @Test
  void theSameWaitForOneCheckAndOthersHaveABound() {
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      List<CompletableFuture<Boolean>> others = new ArrayList<>();
      for (int i = 0; i < LogIns.MOST_WAITING + 5; i++) {
        others.add(logIns.check(slow, guess(i), client("192.0.2." + i % 8)));
      }
      assertRejected(others.get(others.size() - 1));
      for (int i = 0; i < 200; i++) {
        assertThat(logIns.check(slow, guess(9), CLIENT)).isNotDone();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.2",
    "2001:db8::1, 2001:db8::ffff:0:0:2, 2001:db8:0:1::1",
  })
  void theGuessesOfOneClientLeaveRoomForAnother(String first, String same, String other) {
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      for (int i = 0; i < LogIns.MOST_OF_A_CLIENT; i++) {
        assertThat(logIns.check(slow, guess(i), client(first))).isNotDone();
      }
      assertRejected(logIns.check(slow, guess(100), client(same)));
      assertThat(logIns.check(slow, guess(100), client(other))).isNotDone();
      assertThat(logIns.check(slow, guess(1), client(same))).as("already checked").isNotDone();
    }
  }

  @Test
  void theRightPasswordWaitsForOneGuessOfAnotherClientAndNotForAll() throws Exception {
    Passwords passwords = new Passwords(Map.of("a", hash("right", 12)));
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      List<CompletableFuture<Boolean>> guesses = new ArrayList<>();
      for (int i = 0; i < LogIns.MOST_OF_A_CLIENT; i++) {
        guesses.add(logIns.check(passwords, guess(i), CLIENT));
      }
      BasicCredentials right = new BasicCredentials("a", "right");
      assertThat(logIns.check(passwords, right, client("192.0.2.2")).get()).isTrue();
      assertThat(guesses.get(guesses.size() - 1)).isNotDone();
    }
  }

  @Test
  void thoseThatWaitAreFailedAtTheStop() {
    LogIns logIns = new LogIns(Duration.ofMinutes(1));
    CompletableFuture<Boolean> checked = logIns.check(slow, guess(1), CLIENT);
    CompletableFuture<Boolean> waiting = logIns.check(slow, guess(2), CLIENT);
    logIns.close();
    for (CompletableFuture<Boolean> each :
        List.of(checked, waiting, logIns.check(slow, guess(3), CLIENT))) {
      assertThat(each)
          .failsWithin(0, SECONDS)
          .withThrowableThat()
          .withRootCauseInstanceOf(LogIns.Stopping.class);
    }
  }

  private static BasicCredentials guess(int number) {
    return new BasicCredentials("a", "guess" + number);
  }

  private static String hash(String password, int cost) {
    return OpenBSDBCrypt.generate(
        "2y", password.toCharArray(), "0123456789abcdef".getBytes(US_ASCII), cost);
  }

  private static InetSocketAddress client(String address) {
    return new InetSocketAddress(address, 1);
  }

  private static void assertRejected(CompletableFuture<Boolean> check) {
    assertThat(check)
        .failsWithin(0, SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void theWaitHasADeadline() {
    try (LogIns logIns = new LogIns(Duration.ofMillis(1))) {
      assertThat(logIns.check(slow, guess(1), CLIENT))
          .failsWithin(30, SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void passwordsThatWereReadAgainAreCheckedAnew() throws Exception {
    String hash = hash("right", 4);
    BasicCredentials who = new BasicCredentials("a", "right");
    try (LogIns logIns = new LogIns(Duration.ofMinutes(1))) {
      CompletableFuture<Boolean> before = logIns.check(slow, who, CLIENT);
      CompletableFuture<Boolean> now = logIns.check(new Passwords(Map.of("a", hash)), who, CLIENT);
      assertThat(now.get()).isTrue();
      assertThat(before.get()).isFalse();
    }
  }
}
