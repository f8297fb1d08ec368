package dev.imfexporter.life;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must be known of an episode.
 *
 * @param began the first sign or outage
 * @param outcomes the answers that are right
 * @param mustBelong short names of services with an outage that belongs to it
 * @param mayBelong those and the ones of which nothing need be known
 */
public record ExpectedEpisode(
    int installation,
    UpdateKind kind,
    String title,
    Window began,
    Set<Outcome> outcomes,
    Set<String> mustBelong,
    Set<String> mayBelong,
    int mostOutages) {

  boolean matches(Episode seen) {
    return began.contains(seen.began());
  }

  List<String> differences(Episode seen) {
    List<String> wrong = new ArrayList<>();
    if (seen.update() != kind) {
      wrong.add("of " + seen.update() + ", want " + kind);
    }
    if (!began.contains(seen.began())) {
      wrong.add("began " + seen.began() + ", want " + began);
    }
    if (seen.outcome().isEmpty() || !outcomes.contains(seen.outcome().orElseThrow())) {
      String outcome = seen.outcome().map(Outcome::word).orElse("none, state " + seen.state());
      wrong.add("outcome " + outcome + ", want " + outcomes);
    }
    Set<String> out =
        seen.outages().stream().map(Outage::service).collect(Collectors.toCollection(TreeSet::new));
    if (!out.containsAll(mustBelong) || !mayBelong.containsAll(out)) {
      wrong.add("outages of " + out + ", want " + mustBelong + " to " + mayBelong);
    }
    if (seen.outages().size() > mostOutages) {
      wrong.add(seen.outages().size() + " outages, want no more than " + mostOutages);
    }
    return wrong.stream().map(what -> this + ": " + what).toList();
  }

  Instant at() {
    return began.to();
  }

  @Override
  public String toString() {
    return "episode " + installation + " (" + title + ", " + began.from() + ")";
  }
}
