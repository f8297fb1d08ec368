package dev.imfexporter.life;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.life.OutagePattern.Down;
import dev.imfexporter.life.OutagePattern.SetAside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Outages of 1 s to 20 min with gaps of 5 s to 20 min, the same for the same seed. Lengths and gaps
 * near the limits of the rules are frequent: a few seconds, and around five minutes.
 */
final class OutagePatterns {
  /** The last outages begin before; then the alerts have time to end. */
  private static final int ACTIVE = 60 * 60;

  static final int MINUTES = 95;

  private final Dice dice;
  private final Map<LifeService, Integer> upSince = new EnumMap<>(LifeService.class);
  private final List<Down> downs = new ArrayList<>();

  private OutagePatterns(Dice dice) {
    this.dice = dice;
  }

  static List<OutagePattern> of(long seed, int count) {
    Dice dice = new Dice(seed);
    List<OutagePattern> patterns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      patterns.add(new OutagePatterns(dice).pattern("p" + i));
    }
    return patterns;
  }

  private OutagePattern pattern(String name) {
    for (int at = between(600, 900); at < ACTIVE; ) {
      at += outage(at) + pause();
    }
    downs.sort(Comparator.comparing(Down::from));
    List<Integer> markers = new ArrayList<>();
    if (dice.oneIn(8)) {
      setAside(markers);
    } else if (dice.oneIn(2)) {
      for (int i = between(1, 3); i > 0; i--) {
        markers.add(Math.max(1, dice.of(downs).from() + between(-2400, 1200)));
      }
    }
    List<Night.Gap> gaps = new ArrayList<>();
    if (dice.oneIn(4)) {
      int from = between(600, ACTIVE);
      gaps.add(new Night.Gap(from, from + between(15, 240)));
    }
    return new OutagePattern(
        name, MINUTES, List.copyOf(downs), List.copyOf(markers), List.copyOf(gaps));
  }

  /** Returns how long mail, or the other service, is away. */
  private int outage(int at) {
    int length = length();
    switch (dice.upTo(5)) {
      case 0 -> down(LifeService.SMTPSVC, at, at + length);
      case 1 -> down(LifeService.W3SVC, at, at + length);
      default -> {
        // SMTPSVC stops with IISADMIN and is started after it, W3SVC perhaps long after it.
        down(LifeService.SMTPSVC, at, at + length);
        down(LifeService.IISADMIN, at, at + Math.max(1, length - between(0, length / 2)));
        down(LifeService.W3SVC, at, at + length + (dice.oneIn(4) ? length() : 0));
      }
    }
    return length;
  }

  private void down(LifeService service, int from, int until) {
    if (from > upSince.getOrDefault(service, 0)) {
      downs.add(new Down(service, from, until));
      upSince.put(service, until);
    }
  }

  /** Disabled or manual: by an update just before the outage, or outside of any. */
  private void setAside(List<Integer> markers) {
    List<Down> candidates =
        downs.stream()
            .filter(down -> down.service() != LifeService.IISADMIN)
            .filter(down -> down.until() - down.from() > 120)
            .toList();
    if (candidates.isEmpty()) {
      return;
    }
    Down down = dice.of(candidates);
    if (dice.oneIn(2)) {
      markers.add(down.from() - between(0, 300));
    }
    int at = down.from() + between(1, down.until() - down.from() - 60);
    StartMode mode = dice.oneIn(2) ? StartMode.DISABLED : StartMode.MANUAL;
    downs.set(
        downs.indexOf(down),
        new Down(down.service(), down.from(), down.until(), Optional.of(new SetAside(at, mode))));
  }

  private int length() {
    return switch (dice.upTo(3)) {
      case 0 -> between(1, 60);
      case 1 -> between(60, 360);
      default -> between(240, 1200);
    };
  }

  private int pause() {
    return switch (dice.upTo(3)) {
      case 0 -> between(5, 60);
      case 1 -> between(200, 420);
      default -> between(60, 1200);
    };
  }

  private int between(int low, int high) {
    return low + dice.upTo(high - low + 1);
  }
}
