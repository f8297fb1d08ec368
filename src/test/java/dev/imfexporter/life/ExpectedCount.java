package dev.imfexporter.life;

import dev.imfexporter.life.Observed.Restarts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often a service was restarted, and how long that took in all. */
public record ExpectedCount(int fewest, int most, Duration shortest, Duration longest) {

  static ExpectedCount of(List<ExpectedOutage> outages) {
    int required = 0;
    Duration shortest = Duration.ZERO;
    Duration longest = Duration.ZERO;
    for (ExpectedOutage outage : outages) {
      longest = longest.plus(Duration.between(outage.began().from(), outage.ended().to()));
      Duration least = Duration.between(outage.began().to(), outage.ended().from());
      if (outage.required()) {
        required++;
        shortest = shortest.plus(least.isNegative() ? Duration.ZERO : least);
      }
    }
    return new ExpectedCount(required, outages.size(), shortest, longest);
  }

  List<String> differences(String service, Restarts seen) {
    List<String> wrong = new ArrayList<>();
    if (seen.count() < fewest || seen.count() > most) {
      wrong.add(service + ": " + seen.count() + " restarts, want " + fewest + " to " + most);
    }
    if (seen.sum().compareTo(shortest) < 0 || seen.sum().compareTo(longest) > 0) {
      wrong.add(service + ": restarts of " + seen.sum() + ", want " + shortest + " to " + longest);
    }
    return wrong;
  }
}
