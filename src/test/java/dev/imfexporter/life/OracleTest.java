package dev.imfexporter.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.life.Observed.Restarts;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OracleTest {
  private static final Set<Source> ALL = EnumSet.allOf(Source.class);

  private final HostLife life = HostLife.of(11, LogShape.VISTA);
  private final Oracle oracle = Oracle.of(life, LogShape.VISTA, ALL);

  @ParameterizedTest
  @EnumSource(LogShape.class)
  void aPerfectObserverIsRight(LogShape shape) {
    for (long seed = 1; seed <= 5; seed++) {
      for (Set<Source> sources :
          List.of(
              ALL,
              EnumSet.of(Source.EVENT),
              EnumSet.of(Source.EVENT, Source.POLL),
              EnumSet.of(Source.POLL),
              EnumSet.of(Source.NOTIFICATION))) {
        Oracle of = Oracle.of(HostLife.of(seed, shape), shape, sources);
        assertThat(of.check(perfect(of))).as("%s by %s", seed, sources).isEmpty();
      }
    }
  }

  @Test
  void eventsTellOfAllAndPollsDoNot() {
    Oracle polled = Oracle.of(life, LogShape.VISTA, EnumSet.of(Source.POLL));

    assertThat(oracle.outages()).hasSize(201).allMatch(ExpectedOutage::required);
    assertThat(oracle.episodes()).hasSizeBetween(30, 38);
    assertThat(polled.outages().stream().filter(ExpectedOutage::required)).hasSizeBetween(40, 180);
    assertThat(polled.episodes().size()).isLessThan(oracle.episodes().size());
  }

  @Test
  void thereIsEachOutcomeAndEachState() {
    Set<Episode.Outcome> outcomes =
        oracle.episodes().stream().flatMap(e -> e.outcomes().stream()).collect(Collectors.toSet());
    Set<MailFlow.State> states =
        oracle.checks().stream().flatMap(c -> c.mailFlow().stream()).collect(Collectors.toSet());

    assertThat(outcomes)
        .contains(
            Episode.Outcome.UNAFFECTED,
            Episode.Outcome.RECOVERED,
            Episode.Outcome.RECOVERED_SLOWLY,
            Episode.Outcome.RECOVERED_AFTER_HALT,
            Episode.Outcome.ROLLED_BACK);
    assertThat(states)
        .contains(
            MailFlow.State.FLOWING,
            MailFlow.State.IDLE,
            MailFlow.State.STALLED,
            MailFlow.State.HALTED);
    assertThat(oracle.checks()).anyMatch(check -> check.leftStopped().containsValue(true));
  }

  @Test
  void anOutageThatIsMissingOrCountedTwiceIsTold() {
    Observed right = perfect(oracle);
    List<Outage> fewer = new ArrayList<>(right.outages());
    Outage lost = fewer.remove(17);
    List<Outage> more = new ArrayList<>(right.outages());
    more.add(lost);

    assertThat(oracle.check(with(fewer))).anyMatch(text -> text.contains("is missing"));
    assertThat(oracle.check(with(more)))
        .anyMatch(text -> text.contains("counted twice"))
        .anyMatch(text -> text.contains("restarts, want"));
  }

  @Test
  void anOutageWithAnErrorIsTold() {
    assertTold("began", o -> copy(o, o.began().plusSeconds(3), o.phases(), o.startedBy(), false));
    assertTold(
        "started by",
        o -> copy(o, o.began(), o.phases(), Optional.of(StartedBy.ADMINISTRATOR), o.crash()));
    assertTold("crash", o -> copy(o, o.began(), o.phases(), o.startedBy(), !o.crash()));
    assertTold(
        "one that was not seen is absent",
        o -> copy(o, o.began(), Map.of(Phase.DOWN, Duration.ZERO), o.startedBy(), o.crash()));
    assertTold("is missing, want", o -> copy(o, o.began(), Map.of(), o.startedBy(), o.crash()));
  }

  @Test
  void anEpisodeWithAnErrorIsTold() {
    Observed right = perfect(oracle);
    List<Episode> episodes = new ArrayList<>(right.episodes());
    Episode lost = episodes.remove(3);
    assertThat(oracle.check(with(right, episodes))).hasSize(1);

    episodes.add(
        new Episode(
            1,
            lost.update(),
            "",
            List.of(),
            lost.outages(),
            List.of(),
            lost.began(),
            Episode.State.CLOSED,
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Episode.Outcome.UNKNOWN),
            Optional.empty()));
    assertThat(oracle.check(with(right, episodes)))
        .hasSize(1)
        .allMatch(text -> text.contains("outcome unknown"));
  }

  @Test
  void aMomentThatIsSeenWronglyIsTold() {
    Observed right = perfect(oracle);
    List<Observed.Check> wrong =
        right.checks().stream()
            .map(c -> new Observed.Check(c.at(), Set.of(), MailFlow.State.UNKNOWN))
            .toList();

    assertThat(
            oracle.check(new Observed(right.outages(), right.restarts(), right.episodes(), wrong)))
        .anyMatch(text -> text.contains("left stopped is not true"))
        .anyMatch(text -> text.contains("mail is unknown, want halted"));
  }

  @Test
  void aPageIsDueForEveryLongHaltAndForNothingElse() {
    List<Instant> right = oracle.pages().stream().map(ExpectedPage::due).toList();

    assertThat(right).hasSizeGreaterThan(6);
    assertThat(oracle.checkPages(right)).isEmpty();
    assertThat(oracle.checkPages(List.of())).isNotEmpty();
    assertThat(oracle.checkPages(right.stream().map(at -> at.minusSeconds(60)).toList()))
        .anyMatch(text -> text.contains("a false page"));
  }

  private void assertTold(String what, UnaryOperator<Outage> change) {
    int exact =
        (int) oracle.outages().stream().takeWhile(o -> !o.exact() || o.truth().crash()).count();
    List<Outage> outages = new ArrayList<>(perfect(oracle).outages());
    outages.set(exact, change.apply(outages.get(exact)));
    assertThat(oracle.check(with(outages))).anyMatch(text -> text.contains(what));
  }

  private Observed with(List<Outage> outages) {
    Observed right = perfect(oracle);
    return new Observed(outages, restarts(outages), right.episodes(), right.checks());
  }

  private static Observed with(Observed right, List<Episode> episodes) {
    return new Observed(right.outages(), right.restarts(), episodes, right.checks());
  }

  /** One who knows all that can be known, and nothing more. */
  private static Observed perfect(Oracle oracle) {
    List<Outage> outages =
        oracle.outages().stream().filter(ExpectedOutage::required).map(OracleTest::known).toList();
    List<Episode> episodes = oracle.episodes().stream().map(e -> known(e, outages)).toList();
    List<Observed.Check> checks =
        oracle.checks().stream()
            .map(
                c ->
                    new Observed.Check(
                        c.at(),
                        c.leftStopped().entrySet().stream()
                            .filter(Map.Entry::getValue)
                            .map(e -> e.getKey().shortName())
                            .collect(Collectors.toSet()),
                        c.mailFlow().orElse(MailFlow.State.UNKNOWN)))
            .toList();
    return new Observed(outages, restarts(outages), episodes, checks);
  }

  private static Outage known(ExpectedOutage want) {
    TrueOutage truth = want.truth();
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    if (want.exact()) {
      phases.put(Phase.STOP, Duration.between(truth.began(), truth.stopped()));
      phases.put(Phase.DOWN, Duration.between(truth.stopped(), truth.start()));
      phases.put(Phase.START, Duration.between(truth.start(), truth.ended()));
      phases.values().removeIf(Duration::isZero);
    }
    return new Outage(
        truth.service().shortName(),
        truth.began().getEpochSecond(),
        truth.began(),
        Optional.of(truth.ended()),
        phases,
        want.mustTell(),
        want.crash().contains(true),
        truth.reboot().isPresent(),
        want.startedBy().stream().findFirst());
  }

  private static Episode known(ExpectedEpisode want, List<Outage> outages) {
    List<Outage> own =
        outages.stream()
            .filter(o -> want.mustBelong().contains(o.service()))
            .filter(o -> !o.began().isBefore(want.began().from()))
            .collect(Collectors.toMap(Outage::service, o -> o, (a, b) -> a, TreeMap::new))
            .values()
            .stream()
            .toList();
    return new Episode(
        want.installation(),
        want.kind(),
        want.title(),
        List.of(),
        own,
        List.of(),
        want.began().from(),
        Episode.State.CLOSED,
        false,
        true,
        Optional.empty(),
        Optional.of(want.began().to()),
        want.outcomes().stream().findFirst(),
        Optional.empty());
  }

  private static Map<String, Restarts> restarts(List<Outage> outages) {
    return outages.stream()
        .collect(
            Collectors.toMap(
                Outage::service,
                o -> new Restarts(1, o.total().orElseThrow()),
                (a, b) -> new Restarts(a.count() + b.count(), a.sum().plus(b.sum()))));
  }

  private static Outage copy(
      Outage of,
      Instant began,
      Map<Phase, Duration> phases,
      Optional<StartedBy> startedBy,
      boolean crash) {
    return new Outage(
        of.service(),
        of.number(),
        began,
        of.ended(),
        phases,
        of.sources(),
        crash,
        of.shutdown(),
        startedBy);
  }
}
