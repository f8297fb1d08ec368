package dev.imfexporter.watch.model;

import dev.imfexporter.text.TimeWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long restarts of one service usually take, by its newest ones that are comparable ({@link
 * Outage#isComparable}). Most of them come with updates, two or three in a month: {@value #NEWEST}
 * are well over half a year. A service that a person left stopped over night moves the longest, and
 * hardly the median.
 *
 * @param restarts how many these are, from {@value #FEWEST} to {@value #NEWEST}
 * @param total of the whole restarts
 * @param phases those that were observed in at least {@value #FEWEST} of them; the others are
 *     absent
 */
public record TypicalRestart(int restarts, Lengths total, Map<Phase, Lengths> phases) {
  static final int NEWEST = 20;
  static final int FEWEST = 3;

  public TypicalRestart {
    phases = phases.isEmpty() ? Map.of() : new EnumMap<>(phases);
  }

  /**
   * @param median of an even number, half-way between the two in the middle
   */
  public record Lengths(Duration median, Duration longest) {}

  /**
   * Reads it off the outages of one service.
   *
   * @param outages in the order of their begins; those that last are passed over
   * @return empty if fewer than {@value #FEWEST} are comparable
   */
  public static Optional<TypicalRestart> of(List<Outage> outages) {
    List<Outage> newest = new ArrayList<>();
    for (int i = outages.size() - 1; i >= 0 && newest.size() < NEWEST; i--) {
      Outage outage = outages.get(i);
      if (outage.ended().isPresent() && outage.isComparable()) {
        newest.add(outage);
      }
    }
    return lengths(newest.stream().flatMap(outage -> outage.total().stream()))
        .map(total -> new TypicalRestart(newest.size(), total, phases(newest)));
  }

  private static Map<Phase, Lengths> phases(List<Outage> restarts) {
    Map<Phase, Lengths> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      lengths(restarts.stream().flatMap(restart -> observed(restart, phase)))
          .ifPresent(lengths -> phases.put(phase, lengths));
    }
    return phases;
  }

  private static Stream<Duration> observed(Outage restart, Phase phase) {
    return Stream.ofNullable(restart.phases().get(phase));
  }

  private static Optional<Lengths> lengths(Stream<Duration> all) {
    List<Duration> sorted = all.sorted().toList();
    int count = sorted.size();
    if (count < FEWEST) {
      return Optional.empty();
    }
    Duration median = sorted.get((count - 1) / 2).plus(sorted.get(count / 2)).dividedBy(2);
    return Optional.of(new Lengths(median, sorted.get(count - 1)));
  }

  /** The median in words, to stand beside the length of a restart: {@code typically 38 s}. */
  public String words() {
    return "typically " + TimeWords.duration(total.median());
  }

  /** The medians of the phases in words; empty if none is known. */
  public Optional<String> phaseWords() {
    return phases.isEmpty()
        ? Optional.empty()
        : Optional.of(
            phases.entrySet().stream()
                .map(of -> of.getKey().word() + " " + TimeWords.duration(of.getValue().median()))
                .collect(Collectors.joining(", ", "typically ", "")));
  }
}
