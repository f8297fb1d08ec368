package dev.imfexporter.life;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance that is the same for the same seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  /** From {@code low} to {@code high} seconds, in milliseconds. */
  Duration seconds(double low, double high) {
    return Duration.ofMillis(Math.round(1000 * (low + random.nextDouble() * (high - low))));
  }

  /** 0 to {@code bound - 1}. */
  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  void shuffle(List<?> values) {
    Collections.shuffle(values, random);
  }
}
