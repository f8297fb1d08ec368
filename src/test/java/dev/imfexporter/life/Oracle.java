package dev.imfexporter.life;

import dev.imfexporter.life.Observed.Restarts;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What must be known of a life by one who sees it by way of some sources. It comes from what truly
 * happened and from the meaning of the words; nothing of it comes from the product's ledgers.
 */
public final class Oracle {
  private static final Duration HALT = Duration.ofMinutes(5);
  private static final Duration BOOT_LIMIT = Duration.ofMinutes(10);
  private static final Duration PAGE_DELAY = Duration.ofMinutes(2);

  private final HostLife life;
  private final List<ExpectedOutage> outages;
  private final List<ExpectedEpisode> episodes;
  private final List<ExpectedCheck> checks;

  private Oracle(HostLife life, LogShape shape, Set<Source> sources) {
    this.life = life;
    outages = new ExpectedOutages(life, shape, sources).all();
    episodes = new ExpectedEpisodes(life, sources, outages).all();
    checks = new ExpectedChecks(life, TrueOutage.of(life)).all();
  }

  /** The oracle of a life whose steps were asked for with the same sources. */
  public static Oracle of(HostLife life, LogShape shape, Set<Source> sources) {
    return new Oracle(life, shape, sources);
  }

  /** In the order of their true begins. */
  public List<ExpectedOutage> outages() {
    return outages;
  }

  public List<ExpectedEpisode> episodes() {
    return episodes;
  }

  public List<ExpectedCheck> checks() {
    return checks;
  }

  /** When to ask what is so, for {@link HostLife#steps}. */
  public List<Instant> checkpoints() {
    return checks.stream().map(ExpectedCheck::at).toList();
  }

  /** By service. */
  public Map<LifeService, ExpectedCount> counts() {
    return Arrays.stream(LifeService.values())
        .collect(
            Collectors.toMap(
                Function.identity(),
                service ->
                    ExpectedCount.of(
                        outages.stream().filter(o -> o.truth().service() == service).toList()),
                (a, b) -> a,
                TreeMap::new));
  }

  /** Every halt of mail that is longer than is put up with. */
  public List<ExpectedPage> pages() {
    return outages.stream()
        .map(ExpectedOutage::truth)
        .filter(outage -> outage.service() == LifeService.SMTPSVC && outage.halted())
        .map(this::page)
        .toList();
  }

  /** How the observed history differs from the true one, in sentences; empty when it does not. */
  public List<String> check(Observed observed) {
    List<String> wrong = new ArrayList<>();
    checkOutages(observed.outages(), wrong);
    counts()
        .forEach(
            (service, want) -> {
              String name = service.shortName();
              Restarts none = new Restarts(0, Duration.ZERO);
              Restarts seen = observed.restarts().getOrDefault(name, none);
              wrong.addAll(want.differences(name, seen));
              long counted =
                  observed.outages().stream()
                      .filter(o -> o.service().equalsIgnoreCase(name) && o.ended().isPresent())
                      .count();
              if (counted != seen.count()) {
                wrong.add(name + ": " + counted + " outages and " + seen.count() + " restarts");
              }
            });
    checkEpisodes(observed.episodes(), wrong);
    checkMoments(observed.checks(), wrong);
    return wrong;
  }

  /** How the times of the pages differ from those that the true history asks for. */
  public List<String> checkPages(List<Instant> paged) {
    List<String> wrong = new ArrayList<>();
    for (ExpectedPage page : pages()) {
      Window inTime = new Window(page.due(), page.due().plus(PAGE_DELAY));
      if (page.required() && paged.stream().noneMatch(inTime::contains)) {
        wrong.add("no page in " + inTime);
      }
    }
    for (Instant call : paged) {
      if (pages().stream().noneMatch(p -> new Window(p.due(), p.until()).contains(call))) {
        wrong.add("a false page at " + call);
      }
    }
    return wrong;
  }

  private ExpectedPage page(TrueOutage outage) {
    Instant due =
        outage.reboot().map(r -> r.up().plus(BOOT_LIMIT)).orElse(outage.began().plus(HALT));
    boolean watched =
        life.absences().stream().noneMatch(a -> a.touches(outage.began(), due.plus(PAGE_DELAY)));
    return new ExpectedPage(due, outage.ended(), watched);
  }

  private void checkOutages(List<Outage> seen, List<String> wrong) {
    List<Outage> left = new ArrayList<>(seen);
    for (ExpectedOutage want : outages) {
      Optional<Outage> found =
          left.stream()
              .filter(want::matches)
              .findFirst()
              .or(() -> left.stream().filter(want::resembles).findFirst());
      if (found.isPresent()) {
        left.remove(found.get());
        // One that need not be known may be known in part.
        if (want.required()) {
          wrong.addAll(want.differences(found.get()));
        }
      } else if (want.required()) {
        wrong.add(want + ": is missing");
      }
    }
    left.forEach(outage -> wrong.add("invented or counted twice: " + outage));
  }

  private void checkEpisodes(List<Episode> seen, List<String> wrong) {
    List<Episode> left = new ArrayList<>(seen);
    List<ExpectedEpisode> missing = new ArrayList<>();
    for (ExpectedEpisode want : episodes) {
      Optional<Episode> found = left.stream().filter(want::matches).findFirst();
      if (found.isPresent()) {
        left.remove(found.get());
        wrong.addAll(want.differences(found.get()));
      } else {
        missing.add(want);
      }
    }
    missing.forEach(want -> wrong.add(want + ": is missing, want its begin in " + want.began()));
    left.forEach(episode -> wrong.add("invented or counted twice: " + episode));
  }

  private void checkMoments(List<Observed.Check> seen, List<String> wrong) {
    Map<Instant, Observed.Check> byTime =
        seen.stream().collect(Collectors.toMap(Observed.Check::at, Function.identity()));
    for (ExpectedCheck want : checks) {
      Observed.Check found = byTime.get(want.at());
      if (found == null) {
        wrong.add(want.at() + ": not observed");
      } else {
        wrong.addAll(want.differences(found));
      }
    }
  }
}
