package dev.imfexporter.life;

import dev.imfexporter.life.TrueTransition.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the SCM calls back, some milliseconds later, while there is a subscription. */
final class Notices {
  private static final int SLOWEST_MILLIS = 51;

  private Notices() {}

  static List<Step> of(HostLife life, List<TrueTransition> transitions, Dice dice) {
    List<Step> notices = new ArrayList<>();
    Map<LifeService, Instant> last = new java.util.EnumMap<>(LifeService.class);
    for (TrueTransition transition : transitions) {
      Instant at = transition.at().plusMillis(dice.upTo(SLOWEST_MILLIS));
      Instant before = last.getOrDefault(transition.service(), Instant.MIN);
      at = at.isBefore(before) ? before : at;
      last.put(transition.service(), at);
      if (transition.cause() != Cause.POWER_LOSS && life.watched(at) && life.isUp(at)) {
        notices.add(
            new Step.Notification(
                at,
                transition.service(),
                life.status(transition.service(), transition.at()).orElseThrow()));
      }
    }
    notices.sort(Comparator.comparing(Step::at));
    return notices;
  }

  /** Longest time from the transition to the call. */
  static Duration slowest() {
    return Duration.ofMillis(SLOWEST_MILLIS);
  }
}
