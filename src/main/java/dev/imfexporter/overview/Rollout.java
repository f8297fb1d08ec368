package dev.imfexporter.overview;

import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one update did to the hosts that it has reached.
 *
 * @param title the newest one that a host reported; "" for none
 * @param hosts the worst outcome first, then by name
 */
public record Rollout(UpdateName name, String title, List<ReachedHost> hosts) {
  /** Fewer halts than this may be chance. */
  public static final int FEWEST_HALTED = 3;

  /** Of the hosts that the update has reached. */
  public static final int FEWEST_PERCENT = 5;

  public static final Duration WINDOW = Duration.ofDays(1);

  private static final int MOST_COMPONENTS = 20;

  public Rollout {
    hosts =
        hosts.stream()
            .sorted(
                Comparator.comparing(ReachedHost::outcome)
                    .thenComparing(reached -> reached.host().name()))
            .toList();
  }

  /** Hosts that have something in common, by what the update did to them. */
  public record Group(String name, Map<HostOutcome, Integer> outcomes, int halted) {
    static Group of(String name, List<ReachedHost> hosts) {
      Map<HostOutcome, Integer> outcomes = new EnumMap<>(HostOutcome.class);
      hosts.forEach(host -> outcomes.merge(host.outcome(), 1, Integer::sum));
      return new Group(name, outcomes, (int) hosts.stream().filter(ReachedHost::isHalted).count());
    }

    public int hosts() {
      return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int count(HostOutcome outcome) {
      return outcomes.getOrDefault(outcome, 0);
    }
  }

  /**
   * What else its hosts call it: the articles of a release of the definition, by which installers
   * report it.
   */
  public Set<String> alsoNamed() {
    return hosts.stream()
        .flatMap(host -> name.articles(host.episode()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  boolean isAlsoNamed(String id) {
    return alsoNamed().stream().anyMatch(id::equalsIgnoreCase);
  }

  /** How many of its hosts reported no version when they got it, if it is a release. */
  public int reportedWithoutVersion() {
    return name.kind() == UpdateKind.DEFINITION && !name.isOfAnyRelease()
        ? (int) hosts.stream().filter(host -> !UpdateName.isVersioned(host.episode())).count()
        : 0;
  }

  /** All of its hosts. */
  public Group all() {
    return Group.of("all hosts", hosts);
  }

  /**
   * Those that had a third-party module when it came, for each module; the most halted hosts first.
   */
  public List<Group> components() {
    Map<String, List<ReachedHost>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ReachedHost host : hosts) {
      for (String name : host.components().orElse(Set.of())) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(host);
      }
    }
    return byName.entrySet().stream()
        .map(of -> Group.of(of.getKey(), of.getValue()))
        .sorted(
            Comparator.comparing(Group::halted)
                .reversed()
                // Of two with as many halts, the one that fewer hosts have says more.
                .thenComparing(Group::hosts))
        .limit(MOST_COMPONENTS)
        .toList();
  }

  /** Those that had no third-party module. */
  public Group withoutComponents() {
    return group("no third-party module", has -> has.filter(Set::isEmpty).isPresent());
  }

  /** Those whose modules were not read while SMTP ran. */
  public Group unknownComponents() {
    return group("modules not known", Optional::isEmpty);
  }

  private Group group(String words, Predicate<Optional<Set<String>>> which) {
    return Group.of(words, hosts.stream().filter(host -> which.test(host.components())).toList());
  }

  /**
   * The module that at least half of the halted hosts have, and of whose hosts at least twice as
   * large a share was halted as of the others; empty if none stands out so.
   */
  public Optional<Group> suspect() {
    Group all = all();
    return components().stream()
        .filter(group -> group.halted() > 0 && group.halted() * 2 >= all.halted())
        .filter(
            group -> {
              int others = all.hosts() - group.hosts();
              int halted = all.halted() - group.halted();
              return others > 0 && group.halted() * others >= 2 * halted * group.hosts();
            })
        .findFirst();
  }

  /** How many of its hosts it halted within {@link #WINDOW} until now. */
  public int haltedLately(Instant now) {
    return struckLately(now).size();
  }

  /** Which hosts it halted within {@link #WINDOW} until now, the worst outcome first. */
  public List<HostSnapshot> struckLately(Instant now) {
    Instant from = now.minus(WINDOW);
    return hosts.stream()
        .filter(ReachedHost::isHalted)
        .filter(host -> host.struck().isAfter(from))
        .map(ReachedHost::host)
        .toList();
  }

  /**
   * Whether no further host should get it: the one definition for pages, the API, the metric and
   * through it the rule.
   */
  public boolean shouldStop(Instant now) {
    int halted = haltedLately(now);
    return halted >= FEWEST_HALTED && halted * 100 >= FEWEST_PERCENT * hosts.size();
  }

  /** When the first of its hosts got it. */
  public Instant first() {
    return began().min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /** When the last of its hosts got it. */
  public Instant last() {
    return began().max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private Stream<Instant> began() {
    return hosts.stream().map(host -> host.episode().began());
  }
}
