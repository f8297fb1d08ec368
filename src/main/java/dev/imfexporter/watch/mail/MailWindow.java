package dev.imfexporter.watch.mail;

import dev.imfexporter.watch.clock.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What the samples of the last five minutes show together. */
final class MailWindow {
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** Samples that are nearer to each other are one, however often mail is judged. */
  private static final Duration APART = Duration.ofSeconds(5);

  private final Deque<MailSample> samples = new ArrayDeque<>();

  /** Adds a sample; the newest of those that are older than the window stays, as its begin. */
  void add(MailSample sample) {
    MailSample newest = samples.pollLast();
    MailSample before = samples.peekLast();
    boolean near = before != null && sample.at().since(before.at()).compareTo(APART) < 0;
    if (newest != null && !near) {
      samples.addLast(newest);
    }
    samples.addLast(newest != null && near ? sample.replacing(newest) : sample);
    while (beginIsOlder(sample.at())) {
      samples.removeFirst();
    }
  }

  private boolean beginIsOlder(Moment now) {
    return samples.stream()
        .skip(1)
        .findFirst()
        .filter(second -> now.since(second.at()).compareTo(LENGTH) >= 0)
        .isPresent();
  }

  void clear() {
    samples.clear();
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  MailSample first() {
    return samples.getFirst();
  }

  MailSample last() {
    return samples.getLast();
  }

  /** Whether it reaches over the full five minutes. */
  boolean whole() {
    return span().compareTo(LENGTH) >= 0;
  }

  private Duration span() {
    return last().at().since(first().at());
  }

  /** How many messages left. */
  long left() {
    return last().reading().left() - first().reading().left();
  }

  /** The least that waited at any moment of the window. */
  long alwaysWaiting() {
    return samples.stream().mapToLong(MailSample::least).min().orElse(0);
  }

  /** Whether something became more in both halves: a single message is no trend. */
  boolean keepsGrowing(ToLongFunction<MailSample> what) {
    Moment now = last().at();
    MailSample middle = first();
    for (MailSample sample : samples) {
      if (now.since(sample.at()).compareTo(LENGTH.dividedBy(2)) >= 0) {
        middle = sample;
      }
    }
    long then = what.applyAsLong(middle);
    return what.applyAsLong(first()) < then && then < what.applyAsLong(last());
  }

  /** The counts in a sentence. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%d %s left the queues in the last %d s; %d wait (%d at its beginning), and %d more for"
            + " another try (%d at its beginning).",
        left(),
        left() == 1 ? "message" : "messages",
        span().toSeconds(),
        last().waiting(),
        first().waiting(),
        last().retrying(),
        first().retrying());
  }
}
