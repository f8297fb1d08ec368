package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.access.AccessKind;
import dev.imfexporter.exposition.Worlds;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostPageTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/page");

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("up", Snapshots.up()),
        Arguments.of("mid-story", Snapshots.midStory()),
        Arguments.of("down", Snapshots.down()),
        Arguments.of("not-readable", Snapshots.notReadable()),
        Arguments.of("nothing-applicable", Snapshots.nothingApplicable()),
        Arguments.of("hostile", Snapshots.hostile()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void isTheGoldenPage(String name, HostSnapshot snapshot) throws IOException {
    assertGolden(name, HostPage.of(snapshot, HostPage.Place.HERE, Snapshots.NOW, "1.2.3"));
  }

  @Test
  void thePageOfAllHostsBeginsWithThoseThatNeedAttention() throws IOException {
    assertGolden(
        "hosts",
        HostsPage.of(
            List.of(
                Snapshots.up(),
                Snapshots.notReadable(),
                Snapshots.nothingApplicable(),
                Snapshots.midStory()),
            Snapshots.NOW,
            "1.2.3"));
  }

  /** The style sheet is the same on all pages and has a file of its own. */
  private static void assertGolden(String name, String page) throws IOException {
    Golden.assertMatches(
        RESOURCES.resolve("page-" + name + ".html"), page.replace(PageStyle.sheet(), ""));
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
    return HostPage.of(Snapshots.up(), place, Snapshots.NOW, "1.2.3");
  }

  @Test
  void demoSaysThatNotEveryCycleHasHalt() {
    HostSnapshot demo =
        new HostSnapshotBuilder("demo", Snapshots.NOW).access(AccessKind.DEMO).build();
    assertThat(HostPage.of(demo, HostPage.Place.HERE, Snapshots.NOW, "1.2.3"))
        .contains("plays an update that halts mail flow");
    assertThat(place(HostPage.Place.HERE)).doesNotContain("demo plays");
  }

  @Test
  void eventLogsAndModulesThatAreMissingAreNamed() {
    String page = HostPage.of(Worlds.midStory(), HostPage.Place.HERE, Worlds.NOW, "1.2.3");

    assertThat(page)
        .contains("<h2>Event logs</h2>", "The log Application could not be read: Access is denied")
        .contains("The log System has 3 damaged records, which were passed over.")
        .contains("8 third-party modules are loaded, of which 1 are listed.");
  }

  @Test
  void hostilePagesOfAllHostsStayPages() {
    assertThat(HostsPage.of(List.of(Snapshots.hostile()), Snapshots.NOW, "<1>"))
        .doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "\u202e", "<1>");
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    String page =
        HostPage.of(Snapshots.hostile(), HostPage.Place.ONE_OF_MANY, Snapshots.NOW, "<1>");
    assertThat(page)
        .doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "\u202e", "<1>")
        .containsOnlyOnce("</style>")
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", "🙂");
  }
}
