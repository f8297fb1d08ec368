package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.http.SlowClient.Look;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  private static final long LOOKS_OF_AN_HOUR = Duration.ofHours(1).dividedBy(SlowClient.BETWEEN);

  private static final Look HANDSHAKE = new Look(0, false, false, 0, true);

  private final SlowClient client = new SlowClient(0);
  private long now;

  @Test
  void aByteNowAndThenEndsTheConnectionAfterTenSeconds() {
    int received = 0;
    for (int i = 0; i < 18; i++) {
      received += i % 4 == 0 ? 1 : 0;
      assertThat(look(waiting(0, received))).as("after %d looks", i).isFalse();
    }
    assertThat(look(waiting(0, received + 1))).isTrue();
    assertThat(Duration.ofNanos(now)).isLessThanOrEqualTo(SlowClient.HEADER);
  }

  /** A client that sends half a header and then nothing is no better. */
  @Test
  void halfAHeaderEndsItToo() {
    for (int i = 0; i < 18; i++) {
      assertThat(look(waiting(0, 100))).isFalse();
    }
    assertThat(look(waiting(0, 100))).isTrue();
  }

  @Test
  void aConnectionThatIsKeptAndUsedStays() {
    for (long i = 1; i < LOOKS_OF_AN_HOUR; i++) {
      long requests = i / 30; // Every 15 s, and idle in between.
      assertThat(look(waiting(requests, requests * 300))).isFalse();
    }
  }

  @Test
  void anIdleConnectionStaysForJettyToEnd() {
    for (long i = 1; i < LOOKS_OF_AN_HOUR; i++) {
      assertThat(look(waiting(0, 0))).isFalse();
    }
  }

  @Test
  void dripsAfterARequestHaveTheirOwnTenSeconds() {
    look(new Look(1, true, true, 300, false));
    look(waiting(1, 300));
    for (int i = 0; i < 18; i++) {
      assertThat(look(waiting(1, 301 + i))).isFalse();
    }
    assertThat(look(waiting(1, 320))).isTrue();
  }

  @Test
  void aHandshakeHasTenSecondsToo() {
    for (int i = 0; i < 18; i++) {
      assertThat(look(HANDSHAKE)).isFalse();
    }
    assertThat(look(HANDSHAKE)).isTrue();
  }

  @Test
  void afterTheHandshakeTheClientMayBeIdle() {
    look(HANDSHAKE);
    for (long i = 1; i < LOOKS_OF_AN_HOUR; i++) {
      assertThat(look(waiting(0, 0))).isFalse();
    }
  }

  /** Between two looks, both the handshake may have ended and a request begun. */
  @Test
  void halfAHeaderRightAfterTheHandshakeHasTenSeconds() {
    look(HANDSHAKE);
    for (int i = 0; i < 18; i++) {
      assertThat(look(waiting(0, 100))).isFalse();
    }
    assertThat(look(waiting(0, 100))).isTrue();
  }

  @Test
  void aRequestRightAfterTheHandshakeIsOne() {
    look(HANDSHAKE);
    for (long i = 1; i < LOOKS_OF_AN_HOUR; i++) {
      assertThat(look(waiting(1, 300))).isFalse();
    }
  }

  /** A scrape may wait for its host for minutes; only its answer has to be taken. */
  @Test
  void anAnswerIsTakenWithinHalfAMinute() {
    for (long i = 1; i < LOOKS_OF_AN_HOUR; i++) {
      assertThat(look(new Look(1, true, false, 300, false))).isFalse();
    }
    for (int i = 0; i < 58; i++) {
      assertThat(look(new Look(1, true, true, 300, false))).isFalse();
    }
    assertThat(look(new Look(1, true, true, 300, false))).isTrue();
  }

  private static Look waiting(long requests, long received) {
    return new Look(requests, false, false, received, false);
  }

  private boolean look(Look look) {
    now += SlowClient.BETWEEN.toNanos();
    return client.isTooSlow(look, now);
  }
}
