package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EpisodePageTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/page");

  static Stream<Arguments> episodes() {
    return Stream.of(
        Arguments.of("recovered", Snapshots.recovered()),
        Arguments.of("held-up", Snapshots.heldUp()),
        Arguments.of("halted", Snapshots.halted()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("episodes")
  void isTheGoldenPage(String name, HostSnapshot snapshot) throws IOException {
    String page = page(snapshot);
    PageStructure.assertSound(page);
    Golden.assertMatches(
        RESOURCES.resolve("episode-" + name + ".html"), page.replace(PageStyle.sheet(), ""));
  }

  @Test
  void anEpisodeThatIsOverIsTheStoryInOneSentence() {
    assertThat(page(Snapshots.recovered()))
        .contains(
            "An update (definition 6.5.7960.0) began at 2026-11-22 02:04:58 UTC; SMTPSVC, IISADMIN"
                + " did not run for 6 min 34 s in all; mail was halted; an administrator started"
                + " them again; mail flow was verified at 02:12:00 UTC, 6 min 59 s after the first"
                + " stop: recovered after halt.")
        .contains("At most 412 messages waited");
  }

  @Test
  void aModuleThatMayHaveHeldItUpIsNamedWithTheEvidence() {
    assertThat(page(Snapshots.heldUp()))
        .contains(
            "csmtpsink.dll 4.1.2.0 (Contoso) was still loaded for 38 s of the 40 s of the stop. The"
                + " same can be said of it in 2 of 3 slow stops.")
        .contains("Contoso Mail Scanner 1001 (warning)")
        .contains("does not prove");
    assertThat(page(Snapshots.recovered())).doesNotContain("csmtpsink");
  }

  @Test
  void whatIsNotKeptIsNotThere() {
    assertThat(EpisodePage.of(Snapshots.up(), 1, PageView.utc(Snapshots.NOW), "1.2.3")).isEmpty();
    assertThat(EpisodePage.of(Snapshots.recovered(), 4, PageView.utc(Snapshots.NOW), "1.2.3"))
        .isEmpty();
  }

  private static String page(HostSnapshot snapshot) {
    return EpisodePage.of(snapshot, 3, PageView.utc(Snapshots.NOW), "1.2.3").orElseThrow();
  }
}
