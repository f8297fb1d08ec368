package dev.imfexporter.overview;

import static dev.imfexporter.testing.EpisodeBuilder.marker;
import static dev.imfexporter.testing.EpisodeBuilder.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.SettingKind;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final Instant BEGAN = NOW.minus(Duration.ofHours(2));

  @ParameterizedTest(name = "{0} halted of {1}")
  @CsvSource({
    "0, 200, false",
    "2, 2, false",
    "3, 3, true",
    "3, 60, true",
    "3, 61, false",
    "9, 200, false",
    "10, 200, true"
  })
  void stopsAtThreeHostsAndFivePercentOfThoseThatHaveIt(int halted, int all, boolean stop) {
    List<HostSnapshot> hosts = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      hosts.add(host("mail" + i, i < halted ? halted(BEGAN) : recovered(BEGAN)));
    }
    // These have not got it, and do not count.
    hosts.addAll(IntStream.range(0, 500).mapToObj(i -> host("other" + i)).toList());

    Rollout rollout = Rollouts.of(hosts, NOW).find("kb5031362").orElseThrow();

    assertThat(rollout.hosts()).hasSize(all);
    assertThat(rollout.haltedLately(NOW)).isEqualTo(halted);
    assertThat(rollout.shouldStop(NOW)).isEqualTo(stop);
    assertThat(Rollouts.of(hosts, NOW).toStop()).hasSize(stop ? 1 : 0);
  }

  @Test
  void haltsThatAreADayOldDoNotCount() {
    Instant yesterday = NOW.minus(Duration.ofHours(24));
    List<HostSnapshot> hosts =
        IntStream.range(0, 9).mapToObj(i -> host("mail" + i, halted(yesterday))).toList();

    Rollout rollout = Rollouts.of(hosts, NOW).all().get(0);

    assertThat(rollout.shouldStop(NOW)).isFalse();
    assertThat(rollout.shouldStop(NOW.minusSeconds(1))).isTrue();
    assertThat(rollout.all().halted()).isEqualTo(9);
  }

  @Test
  void aDefinitionIsNamedByItsVersionAndNotByTheArticleOfAllReleases() {
    Episode definition =
        new EpisodeBuilder(1, BEGAN, List.of())
            .markers(
                new UpdateMarker(
                    MarkerType.INSTALLED,
                    UpdateKind.DEFINITION,
                    BEGAN,
                    "KB907747",
                    "Update for Intelligent Message Filter (KB907747)",
                    false),
                marker(MarkerType.FOLDER, BEGAN, "6.5.7960.0"))
            .build();

    assertThat(Rollouts.of(List.of(host("mail01", definition)), NOW).all())
        .extracting(Rollout::name)
        .containsExactly(new UpdateName(UpdateKind.DEFINITION, "6.5.7960.0"));
  }

  @Test
  void hostsThatReportedTheArticleAloneCountAmongThoseThatGotTheReleaseThatDay() {
    List<HostSnapshot> hosts =
        List.of(
            host("a", release(BEGAN, "6.5.7960.0")),
            host("b", release(BEGAN.plusSeconds(3600), "6.5.7960.0")),
            host("c", article(BEGAN.minus(Duration.ofHours(20)))),
            host("d", article(BEGAN)));

    List<Rollout> all = Rollouts.of(hosts, NOW).all();

    assertThat(all).extracting(rollout -> rollout.name().id()).containsExactly("6.5.7960.0");
    assertThat(all.get(0).hosts()).hasSize(4);
    assertThat(all.get(0).haltedLately(NOW)).isEqualTo(4);
    assertThat(all.get(0).shouldStop(NOW)).isTrue();
    assertThat(all.get(0).alsoNamed()).containsExactly("KB907747");
    assertThat(all.get(0).reportedWithoutVersion()).isEqualTo(2);
    assertThat(Rollouts.of(hosts, NOW).find("kb907747")).contains(all.get(0));
    assertThat(found(hosts, "KB907747")).hasSize(4);
    assertThat(found(hosts, "6.5.7960.0")).hasSize(4);
    assertThat(found(hosts, "6.5.7936.0")).isEmpty();
  }

  @Test
  void theArticleStandsForItselfWhereTheReleaseIsNotCertain() {
    HostSnapshot alone = host("c", article(BEGAN));
    HostSnapshot first = host("a", release(BEGAN, "6.5.7960.0"));
    HostSnapshot other = host("b", release(BEGAN, "6.5.7961.0"));
    HostSnapshot old = host("b", release(BEGAN.minus(Duration.ofDays(2)), "6.5.7960.0"));
    HostSnapshot again = host("c", article(BEGAN), release(BEGAN.plusSeconds(5000), "6.5.7960.0"));

    assertThat(ids(alone)).containsExactly("KB907747");
    assertThat(ids(alone, first, other))
        .as("two releases in one night")
        .containsExactlyInAnyOrder("KB907747", "6.5.7960.0", "6.5.7961.0");
    assertThat(ids(alone, old))
        .as("a release of another day")
        .containsExactlyInAnyOrder("KB907747", "6.5.7960.0");
    assertThat(ids(again, first))
        .as("a host that got that release another time")
        .containsExactlyInAnyOrder("KB907747", "6.5.7960.0");
    assertThat(Rollouts.of(List.of(alone), NOW).all().get(0).name().isOfAnyRelease()).isTrue();
  }

  @Test
  void theVersionThatAHostDatesLikeTheReportIsThatOfTheReport() {
    HostSnapshotBuilder host =
        new HostSnapshotBuilder("a", NOW)
            .closedEpisodes(article(BEGAN))
            .markers(marker(MarkerType.REGISTRY, BEGAN.plusSeconds(70), "6.5.7960.0"));

    assertThat(ids(host.build())).containsExactly("6.5.7960.0");
    assertThat(ids(host.build(), host("b", release(BEGAN, "6.5.7961.0"))))
        .as("another release elsewhere does not matter")
        .containsExactlyInAnyOrder("6.5.7960.0", "6.5.7961.0");
  }

  @Test
  void anUpdateOfWindowsInTheSameNightKeepsItsName() {
    Episode night =
        new EpisodeBuilder(1, BEGAN, List.of())
            .markers(
                installed(BEGAN), windows(MarkerType.INSTALLED, BEGAN, "KB5031362", "Cumulative"))
            .halted()
            .build();

    assertThat(ids(host("a", night), host("b", release(BEGAN, "6.5.7960.0"))))
        .containsExactlyInAnyOrder("6.5.7960.0", "KB5031362");
  }

  private static List<String> ids(HostSnapshot... hosts) {
    return Rollouts.of(List.of(hosts), NOW).all().stream().map(of -> of.name().id()).toList();
  }

  private static List<EpisodePage.Of> found(List<HostSnapshot> hosts, String update) {
    return EpisodePage.of(
            hosts, new EpisodePage.Query(Optional.empty(), Optional.of(update), 1, 10))
        .episodes();
  }

  /** Halted by a definition whose version was read. */
  private static Episode release(Instant at, String version) {
    return new EpisodeBuilder(2, at, List.of())
        .markers(installed(at), marker(MarkerType.FOLDER, at, version))
        .halted()
        .closed(at.plusSeconds(600), Outcome.RECOVERED_AFTER_HALT)
        .build();
  }

  /** Halted by a definition of which only the installer's report is known. */
  private static Episode article(Instant at) {
    return new EpisodeBuilder(1, at, List.of())
        .markers(installed(at))
        .halted()
        .closed(at.plusSeconds(600), Outcome.RECOVERED_AFTER_HALT)
        .build();
  }

  private static UpdateMarker installed(Instant at) {
    return new UpdateMarker(
        MarkerType.INSTALLED, UpdateKind.DEFINITION, at, "KB907747", "Update (KB907747)", false);
  }

  @Test
  void updatesOfOneNightShareItsOutcomeAndOneWithoutANumberHasItsTitle() {
    Episode night =
        new EpisodeBuilder(1, BEGAN, List.of())
            .markers(
                windows(MarkerType.INSTALLED, BEGAN, "KB5031362", "Cumulative Update"),
                windows(MarkerType.INSTALLED, BEGAN, "", "Mail Scanner 7"),
                windows(MarkerType.INSTALLED, BEGAN, "", ""))
            .halted()
            .build();

    assertThat(Rollouts.of(List.of(host("mail01", night)), NOW).all())
        .allMatch(rollout -> rollout.all().count(HostOutcome.HALTED) == 1)
        .extracting(rollout -> rollout.name().id())
        .containsExactlyInAnyOrder("KB5031362", "Mail_Scanner_7");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Fix 1.0/2.0, Fix_1.0_2.0",
    "100 % mail; with \\ and \"?\", 100_mail_with_and",
    "Обновление-7 (x64), Обновление-7_x64",
  })
  void aTitleBecomesAnIdThatFitsIntoAnAddress(String title, String id) {
    Episode episode =
        new EpisodeBuilder(1, BEGAN, List.of())
            .markers(windows(MarkerType.INSTALLED, BEGAN, "", title))
            .halted()
            .build();

    Rollout rollout = Rollouts.of(List.of(host("mail01", episode)), NOW).all().get(0);

    assertThat(rollout.name().id()).isEqualTo(id);
    assertThat(rollout.title()).isEqualTo(title);
  }

  @Test
  void aTitleWithoutALetterOrDigitNamesNoUpdate() {
    Episode episode =
        new EpisodeBuilder(1, BEGAN, List.of())
            .markers(windows(MarkerType.INSTALLED, BEGAN, "", "../ %"))
            .halted()
            .build();

    assertThat(Rollouts.of(List.of(host("mail01", episode)), NOW).all()).isEmpty();
  }

  @Test
  void aHostThatWasHaltedStaysSoWhenASecondTryWorks() {
    HostSnapshot host =
        host("mail01", recoveredAfterHalt(BEGAN), recovered(BEGAN.plusSeconds(3600)));

    Rollout rollout = Rollouts.of(List.of(host), NOW).all().get(0);

    assertThat(rollout.hosts()).hasSize(1);
    assertThat(rollout.all().count(HostOutcome.RECOVERED_AFTER_HALT)).isOne();
  }

  @Test
  void isBoundedToTheNewestUpdatesOfAMonth() {
    List<Episode> episodes = new ArrayList<>();
    for (int day = 40; day > 0; day--) {
      episodes.add(
          new EpisodeBuilder(41 - day, NOW.minus(Duration.ofDays(day)), List.of())
              .markers(
                  windows(MarkerType.INSTALLED, NOW.minus(Duration.ofDays(day)), "KB" + day, ""))
              .closed(NOW.minus(Duration.ofDays(day)), Outcome.UNAFFECTED)
              .build());
    }
    HostSnapshot host = host("mail01", episodes.toArray(Episode[]::new));

    assertThat(Rollouts.of(List.of(host), NOW).all())
        .extracting(rollout -> rollout.name().id())
        .startsWith("KB1", "KB2")
        .hasSize(Rollouts.MOST);
    assertThat(Rollouts.of(List.of(host), NOW.plus(Duration.ofDays(20))).all()).hasSize(9);
  }

  @Test
  void oneThatShouldStopIsAmongThemHoweverManyCameAfterIt() {
    List<HostSnapshot> hosts = new ArrayList<>();
    for (int i = 0; i < Rollout.FEWEST_HALTED; i++) {
      hosts.add(host("mail" + i, halted(BEGAN)));
    }
    UpdateMarker[] later =
        IntStream.range(0, Rollouts.MOST)
            .mapToObj(i -> windows(MarkerType.INSTALLED, BEGAN.plusSeconds(60), "KB" + i, ""))
            .toArray(UpdateMarker[]::new);
    hosts.add(
        host(
            "other",
            new EpisodeBuilder(1, BEGAN.plusSeconds(60), List.of())
                .markers(later)
                .closed(BEGAN.plusSeconds(120), Outcome.UNAFFECTED)
                .build()));

    Rollouts rollouts = Rollouts.of(hosts, NOW);

    assertThat(rollouts.all()).hasSize(Rollouts.MOST).startsWith(rollouts.toStop().get(0));
    assertThat(rollouts.toStop())
        .extracting(rollout -> rollout.name().id())
        .containsExactly("KB5031362");
  }

  @Test
  void countsOutcomesByTheModulesThatHostsHave() {
    Rollout rollout =
        Rollouts.of(
                List.of(
                    with(host("a", halted(BEGAN)), "scan.dll"),
                    with(host("b", halted(BEGAN)), "SCAN.DLL"),
                    with(host("c", recovered(BEGAN)), "disclaim.dll"),
                    with(host("d", recovered(BEGAN))),
                    host("e", recovered(BEGAN))),
                NOW)
            .all()
            .get(0);

    assertThat(rollout.components())
        .extracting(Rollout.Group::name, Rollout.Group::hosts, Rollout.Group::halted)
        .containsExactly(tuple("scan.dll", 2, 2), tuple("disclaim.dll", 1, 0));
    assertThat(rollout.withoutComponents().hosts()).isOne();
    assertThat(rollout.unknownComponents().hosts()).isOne();
  }

  @Test
  void theModuleThatStandsOutIsThatOfTheHaltedHosts() {
    HostSnapshot one = with(host("a", halted(BEGAN)), "scan.dll", "tool.dll");
    HostSnapshot two = with(host("b", halted(BEGAN)), "scan.dll");
    HostSnapshot well = with(host("c", recovered(BEGAN)), "tool.dll");

    assertThat(suspect(one, two, well)).contains("scan.dll");
    assertThat(suspect(one, two)).as("all have it").isEmpty();
    assertThat(suspect(well, host("e", halted(BEGAN)), host("f", halted(BEGAN))))
        .as("none of the halted has it")
        .isEmpty();
  }

  /** While SMTPSVC is out, inetinfo.exe runs without the sinks that SMTPSVC loads. */
  @Test
  void aModuleThatIsNotLoadedDuringTheHaltIsNotExonerated() {
    Outage open = OutageBuilder.outage("SMTPSVC", BEGAN.plusSeconds(5)).build();
    Outage over =
        OutageBuilder.outage("SMTPSVC", BEGAN.plusSeconds(5))
            .ended(NOW.minusSeconds(60), StartedBy.ADMINISTRATOR)
            .build();
    Outage iisAdmin =
        OutageBuilder.outage("IISADMIN", BEGAN.plusSeconds(5))
            .ended(BEGAN.plusSeconds(400), StartedBy.UNATTRIBUTED)
            .build();
    HostSnapshotBuilder down = none("a", halted(BEGAN)).outages(open);
    HostSnapshotBuilder watched =
        none("b", of(BEGAN, iisAdmin).halted().build())
            .outages(open)
            .waits(Waits.stop(BEGAN.plusSeconds(6)).listed(300, Waits.SINK).took(310));
    HostSnapshotBuilder back = none("c", halted(BEGAN)).outages(over);
    HostSnapshotBuilder readOutside =
        none("d", halted(BEGAN))
            .services(ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED).downSince(BEGAN));

    Rollout rollout =
        Rollouts.of(List.of(down.build(), watched.build(), back.build(), readOutside.build()), NOW)
            .all()
            .get(0);

    assertThat(rollout.components())
        .extracting(Rollout.Group::name, Rollout.Group::halted)
        .containsExactly(tuple("csmtpsink.dll", 1));
    assertThat(rollout.withoutComponents().hosts()).as("read after its outage").isOne();
    assertThat(rollout.unknownComponents().hosts()).isEqualTo(2);
  }

  @Test
  void aModuleThatWasThereBeforeTheUpdateAndNotAfterItCounts() {
    Episode episode = recoveredAfterHalt(BEGAN);
    UpdateChanges.Change gone =
        new UpdateChanges.Change(
            SettingKind.MODULE,
            "scan.dll",
            Optional.of("1.0"),
            Optional.empty(),
            NOW,
            Optional.empty());
    EpisodeHistory episodes =
        host("a", episode)
            .history()
            .episodes()
            .with(Map.of(1L, new UpdateChanges(1, true, List.of(), List.of(gone), 0)));

    Rollout rollout =
        Rollouts.of(List.of(none("a", episode).episodes(episodes).build()), NOW).all().get(0);

    assertThat(rollout.components()).extracting(Rollout.Group::name).containsExactly("scan.dll");
    assertThat(rollout.withoutComponents().hosts()).isZero();
  }

  /** No third-party module is loaded now. */
  private static HostSnapshotBuilder none(String name, Episode episode) {
    return new HostSnapshotBuilder(name, NOW)
        .episodes(host(name, episode).history().episodes())
        .ok(CollectorKey.COMPONENTS, new Components(List.of(), 0, 40));
  }

  private static Optional<String> suspect(HostSnapshot... hosts) {
    return Rollouts.of(List.of(hosts), NOW).all().get(0).suspect().map(Rollout.Group::name);
  }

  private static HostSnapshot with(HostSnapshot host, String... modules) {
    return new HostSnapshotBuilder(host.name(), NOW)
        .episodes(host.history().episodes())
        .ok(
            CollectorKey.COMPONENTS,
            new Components(
                Arrays.stream(modules).map(name -> new Components.Component(name, "", "")).toList(),
                0,
                90))
        .build();
  }

  private static HostSnapshot host(String name, Episode... episodes) {
    HostSnapshotBuilder host = new HostSnapshotBuilder(name, NOW);
    for (Episode episode : episodes) {
      if (episode.outcome().isEmpty()) {
        host.openEpisode(episode);
      }
    }
    return Arrays.stream(episodes).allMatch(e -> e.outcome().isPresent())
        ? host.closedEpisodes(episodes).build()
        : host.build();
  }

  private static Episode halted(Instant at) {
    return of(at).halted().build();
  }

  private static Episode recovered(Instant at) {
    return of(at).closed(at.plusSeconds(60), Outcome.RECOVERED).build();
  }

  private static Episode recoveredAfterHalt(Instant at) {
    return of(at).halted().closed(at.plusSeconds(600), Outcome.RECOVERED_AFTER_HALT).build();
  }

  private static EpisodeBuilder of(Instant at, Outage... outages) {
    return new EpisodeBuilder(1, at, List.of(outages))
        .markers(windows(MarkerType.INSTALLED, at, "KB5031362", "Cumulative Update (KB5031362)"));
  }
}
