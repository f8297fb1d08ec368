package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages, whole; {@code -Dgolden.update=true} writes them anew. */
class HostPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/imfexporter/http");

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
    String page = HostPage.of(snapshot, HostPage.Place.HERE, Snapshots.NOW, "1.2.3");
    // The style sheet is the same on all of them and stands in a file of its own.
    String told = page.replace(PageStyle.sheet(), "");
    Path golden = GOLDEN.resolve("page-" + name + ".html");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, told);
    }
    assertThat(golden).hasContent(told);
  }

  @Test
  void thePageOfAllHostsNamesThoseFirstThatWantSomebody() throws IOException {
    String page =
        HostsPage.of(
                List.of(
                    Snapshots.up(),
                    Snapshots.notReadable(),
                    Snapshots.nothingApplicable(),
                    Snapshots.midStory()),
                Snapshots.NOW,
                "1.2.3")
            .replace(PageStyle.sheet(), "");
    Path golden = GOLDEN.resolve("page-hosts.html");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, page);
    }
    assertThat(golden).hasContent(page);
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
