package dev.imfexporter.overview;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the updates of the last {@value #DAYS} days did to all hosts. */
public final class Rollouts {
  public static final int MOST = 20;
  public static final int DAYS = 30;

  private final Instant now;
  private final List<Rollout> all;
  private final Releases releases;

  private Rollouts(Instant now, List<Rollout> all, Releases releases) {
    this.now = now;
    this.all = all;
    this.releases = releases;
  }

  public static Rollouts of(List<HostSnapshot> hosts, Instant now) {
    Instant from = now.minus(Duration.ofDays(DAYS));
    Releases releases = Releases.of(hosts);
    Collected collected = new Collected(releases);
    hosts.forEach(host -> recent(host, from).forEach(episode -> collected.add(host, episode)));
    return new Rollouts(
        now,
        collected.rollouts().stream()
            .sorted(
                Comparator.comparing((Rollout rollout) -> !rollout.shouldStop(now))
                    .thenComparing(Rollout::last, Comparator.reverseOrder()))
            .limit(MOST)
            .toList(),
        releases);
  }

  /** Which halts are recent depends on it. */
  public Instant now() {
    return now;
  }

  /** Those that should stop, then the others, each the newest first; at most {@value #MOST}. */
  public List<Rollout> all() {
    return all;
  }

  /**
   * The version of the definition that an episode of one of the hosts is about, where its installer
   * named only the article of all releases; empty if that is not known.
   */
  public Optional<String> release(HostSnapshot host, Episode episode) {
    return releases.release(host, episode);
  }

  /** Those of which no further host should get the update. */
  public List<Rollout> toStop() {
    return all.stream().filter(rollout -> rollout.shouldStop(now)).toList();
  }

  /** The newest first. */
  private static List<Episode> recent(HostSnapshot host, Instant from) {
    List<Episode> recent = new ArrayList<>();
    host.history().episodes().present().ifPresent(recent::add);
    List<Episode> closed = host.history().episodes().closed();
    for (int i = closed.size() - 1; i >= 0 && closed.get(i).began().isAfter(from); i--) {
      recent.add(closed.get(i));
    }
    return recent;
  }

  /**
   * The one with that number, version or title, or else the first that is also named so; case does
   * not matter.
   */
  public Optional<Rollout> find(String id) {
    return all.stream()
        .filter(rollout -> rollout.name().id().equalsIgnoreCase(id))
        .findFirst()
        .or(() -> all.stream().filter(rollout -> rollout.isAlsoNamed(id)).findFirst());
  }

  private static final class Collected {
    private final Releases releases;
    private final Map<UpdateName, Map<String, ReachedHost>> hosts = new LinkedHashMap<>();
    private final Map<UpdateName, String> titles = new HashMap<>();

    Collected(Releases releases) {
      this.releases = releases;
    }

    void add(HostSnapshot host, Episode episode) {
      ReachedHost reached = new ReachedHost(host, episode);
      releases
          .names(host, episode)
          .forEach(
              (name, title) -> {
                hosts
                    .computeIfAbsent(name, n -> new LinkedHashMap<>())
                    .merge(host.name(), reached, ReachedHost::orWorse);
                titles.merge(name, title, (a, b) -> a.isEmpty() ? b : a);
              });
    }

    List<Rollout> rollouts() {
      List<Rollout> all = new ArrayList<>();
      hosts.forEach(
          (name, reached) ->
              all.add(
                  new Rollout(name, titles.getOrDefault(name, ""), List.copyOf(reached.values()))));
      return all;
    }
  }
}
