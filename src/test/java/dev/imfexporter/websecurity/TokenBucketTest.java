package dev.imfexporter.websecurity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final TokenBucket bucket = new TokenBucket(Duration.ofSeconds(2), 3, now::get);

  @Test
  void aBurstAndThenOneEachInterval() {
    assertThat(taken(10)).isEqualTo(3);
    now.addAndGet(Duration.ofMillis(1_999).toNanos());
    assertThat(taken(10)).isZero();
    now.addAndGet(Duration.ofMillis(2).toNanos());
    assertThat(taken(10)).isEqualTo(1);
    now.addAndGet(Duration.ofDays(9).toNanos());
    assertThat(taken(10)).isEqualTo(3);
  }

  private long taken(int asked) {
    return IntStream.range(0, asked).filter(i -> bucket.take()).count();
  }
}
