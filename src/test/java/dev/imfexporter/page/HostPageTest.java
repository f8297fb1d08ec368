package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.exposition.Worlds;
import dev.imfexporter.page.PageView.Range;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Hosts;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostPageTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/page");

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("up", Snapshots.up()),
        Arguments.of("mid-story", Snapshots.midStory()),
        Arguments.of("halted", Snapshots.halted()),
        Arguments.of("recovered", Snapshots.recovered()),
        Arguments.of("bouncing", Snapshots.bouncing()),
        Arguments.of("down", Snapshots.down()),
        Arguments.of("not-readable", Snapshots.notReadable()),
        Arguments.of("nothing-applicable", Snapshots.nothingApplicable()),
        Arguments.of("hostile", Snapshots.hostile()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void isTheGoldenPage(String name, HostSnapshot snapshot) throws IOException {
    assertGolden(
        name, HostPage.of(snapshot, HostPage.Place.HERE, PageView.utc(Snapshots.NOW), "1.2.3"));
  }

  /** The style sheet is the same on all pages and has a file of its own. */
  private static void assertGolden(String name, String page) throws IOException {
    Golden.assertMatches(
        RESOURCES.resolve("page-" + name + ".html"), page.replace(PageStyle.sheet(), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void isSoundWithoutScriptsAndStyles(String name, HostSnapshot snapshot) {
    String page = HostPage.of(snapshot, HostPage.Place.HERE, view(Range.DAYS_30), "1.2.3");

    PageStructure.assertSound(page);
  }

  @Test
  void allTimesAreInOneZoneWhichLinksKeep() {
    String page =
        HostPage.of(Snapshots.halted(), HostPage.Place.HERE, view(Range.HOURS_24), "1.2.3");

    assertThat(page)
        .contains("2026-11-22 04:05:02 CET", "Times are those of Europe/Vienna")
        .contains("/hosts/mail01/episodes/3?tz=Europe%2FVienna&amp;range=24h")
        .contains("/hosts/mail01?tz=Europe%2FVienna&amp;range=7d")
        .contains(
            "/runbooks/ImfMailFlowHaltedAfterUpdate?host=mail01&amp;tz=Europe%2FVienna&amp;range=24h")
        .doesNotContain(" UTC");
  }

  private static PageView view(Range range) {
    return new PageView(new TimeView(Snapshots.NOW, ZoneId.of("Europe/Vienna")), true, range);
  }

  @Test
  void theFirstScreenSaysWhatHappenedAndWhatToType() {
    String page =
        HostPage.of(Snapshots.halted(), HostPage.Place.HERE, PageView.utc(Snapshots.NOW), "1.2.3");

    assertThat(page.substring(0, page.indexOf("<h2>Timeline")))
        .contains("Mail is halted", "<dt>Since</dt>", "03:05:02 UTC", "(11 min 56 s)")
        .contains("definition 6.5.7960.0", "/hosts/mail01/episodes/3")
        .contains("ERROR_PROCESS_ABORTED", "Next, on mail01", "<code>net start ");
  }

  @Test
  void anUpdateThatIsNotOverIsNotGreen() {
    HostSnapshot verifying =
        new HostSnapshotBuilder("mail01", Snapshots.NOW)
            .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
            .mailFlow(MailFlow.State.FLOWING)
            .openEpisode(new EpisodeBuilder(4, Snapshots.NOW, List.of()).halted().build())
            .build();

    assertThat(HostPage.of(verifying, HostPage.Place.HERE, PageView.utc(Snapshots.NOW), "1.2.3"))
        .contains("headline unsettled", "Being verified")
        .doesNotContain("headline well");
  }

  @Test
  void whereAPageStandsDecidesWhereItsMetricsAre() {
    assertThat(place(HostPage.Place.HERE)).contains("\"/metrics\"").doesNotContain("All hosts");
    assertThat(place(HostPage.Place.ALONE))
        .contains("\"/probe?target=mail01\"")
        .doesNotContain("All hosts");
    assertThat(place(HostPage.Place.ONE_OF_MANY)).contains("\"/probe?target=mail01\"", "All hosts");
  }

  private static String place(HostPage.Place place) {
    return HostPage.of(Snapshots.up(), place, PageView.utc(Snapshots.NOW), "1.2.3");
  }

  @Test
  void demoSaysThatNotEveryCycleHasHalt() {
    HostSnapshot demo =
        new HostSnapshotBuilder("demo", Snapshots.NOW).access(AccessKind.DEMO).build();
    assertThat(HostPage.of(demo, HostPage.Place.HERE, PageView.utc(Snapshots.NOW), "1.2.3"))
        .contains("plays an update that halts mail flow");
    assertThat(place(HostPage.Place.HERE)).doesNotContain("demo plays");
  }

  @Test
  void eventLogsAndModulesThatAreMissingAreNamed() {
    String page =
        HostPage.of(Worlds.midStory(), HostPage.Place.HERE, PageView.utc(Worlds.NOW), "1.2.3");

    assertThat(page)
        .contains(
            "<summary>The event logs</summary>",
            "The log Application could not be read: Access is denied")
        .contains("The log System has 3 damaged records, which were passed over.")
        .contains("8 third-party modules are loaded, of which 1 are listed.");
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    String page =
        HostPage.of(
            Snapshots.hostile(), HostPage.Place.ONE_OF_MANY, PageView.utc(Snapshots.NOW), "<1>");
    assertThat(page)
        .doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "\u202e", "<1>")
        .containsOnlyOnce("</style>")
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", "🙂");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsGreenWhileAKnownTroubleIsLikely(Trouble trouble) {
    HostSnapshot host = Hosts.with(trouble);
    PageView view = PageView.utc(Hosts.NOW);

    assertThat(HostPage.of(host, HostPage.Place.HERE, view, "1.2.3"))
        .contains("Likely cause")
        .doesNotContain("headline well");
  }
}
