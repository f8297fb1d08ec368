package dev.imfexporter.watch.model;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.collector.Timed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The newest result of every collector of a host.
 *
 * @param all one for each key, in the order of {@link CollectorKey#all}
 */
public record Collected(List<Timed<?>> all) {

  public Collected {
    all = List.copyOf(all);
    if (!all.stream().map(Timed::key).toList().equals(CollectorKey.all())) {
      throw new IllegalArgumentException("Expected one result for each key, found " + all);
    }
  }

  /**
   * Collectors without a result are shown as switched off.
   *
   * @param since when the exporter began to watch the host
   */
  public static Collected of(Collection<? extends Timed<?>> results, Instant since) {
    Timed<?>[] all = new Timed<?>[CollectorKey.all().size()];
    for (CollectorKey<?> key : CollectorKey.all()) {
      all[key.index()] = switchedOff(key, since);
    }
    results.forEach(result -> all[result.key().index()] = result);
    return new Collected(Arrays.asList(all));
  }

  private static <T> Timed<T> switchedOff(CollectorKey<T> key, Instant since) {
    return new Timed<>(
        key, new Result.NotApplicable<>("Switched off by the configuration"), since, Duration.ZERO);
  }

  @SuppressWarnings("unchecked") // a result has the type of its key
  public <T> Timed<T> get(CollectorKey<T> key) {
    return (Timed<T>) all.get(key.index());
  }

  /** The value of a collector, if it has one. */
  public <T> Optional<T> value(CollectorKey<T> key) {
    return get(key).value();
  }
}
