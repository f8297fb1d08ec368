package dev.imfexporter.watch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long something was out. What overlaps counts once, and the time in which the host itself was
 * down does not count: until a boot, nothing can come back.
 */
public final class Downtime {
  private final List<Part> parts = new ArrayList<>();

  /** From one instant to a later one. */
  public record Span(Instant from, Instant until) {}

  private record Part(Span span, boolean afterBoot) {
    Duration length() {
      return Duration.between(span.from(), span.until());
    }
  }

  /**
   * @param boots a boot whose shutdown is not known takes away all that was before it
   */
  public Downtime(Collection<Span> spans, Collection<Boot> boots) {
    List<Boot> inOrder = boots.stream().sorted(Comparator.comparing(Boot::up)).toList();
    merged(spans).forEach(span -> divide(span, inOrder));
  }

  private static List<Span> merged(Collection<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || span.from().isAfter(last.until())) {
        merged.add(span);
      } else if (span.until().isAfter(last.until())) {
        merged.set(merged.size() - 1, new Span(last.from(), span.until()));
      }
    }
    return merged;
  }

  private void divide(Span span, List<Boot> boots) {
    List<Boot> within =
        boots.stream()
            .filter(boot -> boot.up().isAfter(span.from()) && !boot.up().isAfter(span.until()))
            .toList();
    if (within.isEmpty()) {
      parts.add(new Part(span, false));
      return;
    }
    Optional<Instant> down =
        Optional.of(within.get(0).down()).filter(at -> at.isAfter(span.from()));
    down.ifPresent(at -> parts.add(new Part(new Span(span.from(), at), false)));
    Instant up = within.get(within.size() - 1).up();
    parts.add(new Part(new Span(up, span.until()), true));
  }

  /** All together. */
  public Duration total() {
    return parts.stream().map(Part::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Whether it was out for longer than this in one go. */
  public boolean exceeds(Duration limit, Duration afterBoot) {
    return parts.stream().anyMatch(part -> exceeds(part, limit, afterBoot));
  }

  /** Whether the newest time in which it was out was longer than this. */
  public boolean lastExceeds(Duration limit, Duration afterBoot) {
    return !parts.isEmpty() && exceeds(parts.get(parts.size() - 1), limit, afterBoot);
  }

  private static boolean exceeds(Part part, Duration limit, Duration afterBoot) {
    return part.length().compareTo(part.afterBoot() ? afterBoot : limit) > 0;
  }

  /** Whether the host booted while it was out. */
  public boolean booted() {
    return parts.stream().anyMatch(Part::afterBoot);
  }
}
