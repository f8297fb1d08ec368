package dev.imfexporter.page;

import static dev.imfexporter.testing.OutageBuilder.outage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.testing.EpisodeBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.StartedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
            "An update (definition 6.5.7960.0) began at 2026-11-22 02:04:58 UTC; SMTPSVC did"
                + " not run for 6 min 34 s, IISADMIN for 6 min 28 s; mail was halted; an"
                + " administrator started SMTPSVC again; no source says who started IISADMIN"
                + " again; mail flow was verified at 02:12:00 UTC, 6 min 59 s after the first"
                + " stop: recovered after halt.")
        .contains("At most 412 messages waited");
  }

  @Test
  void whatIsStillDownIsToldApartFromWhatRanAgain() {
    Instant began = Instant.parse("2026-11-22T03:05:02Z");
    Outage smtp = outage("SMTPSVC", began).build();
    Outage resvc =
        outage("RESvc", began).ended(began.plusSeconds(21), StartedBy.UNATTRIBUTED).build();
    Outage iisAdmin =
        outage("IISADMIN", began).ended(began.plusSeconds(17), StartedBy.UNATTRIBUTED).build();
    EpisodeBuilder episode =
        new EpisodeBuilder(3, began.minusSeconds(4), List.of(resvc, smtp, iisAdmin)).halted();
    String page =
        page(new HostSnapshotBuilder("mail01", Snapshots.NOW).openEpisode(episode.build()).build());
    assertThat(page)
        .contains(
            " UTC; SMTPSVC is still down after 11 min 56 s; RESvc did not run for 21 s, IISADMIN"
                + " for 17 s; no source says who started RESvc and IISADMIN again: mail is"
                + " halted.<")
        .contains("data-label=\"All\"><div>11 min 56 s so far</div>");
  }

  @Test
  void whoStartedWhichIsSaidWhereItDiffers() {
    Instant began = Instant.parse("2026-11-22T02:05:02Z");
    Outage smtp =
        outage("SMTPSVC", began).ended(began.plusSeconds(554), StartedBy.ADMINISTRATOR).build();
    Outage resvc =
        outage("RESvc", began).ended(began.plusSeconds(21), StartedBy.UNATTRIBUTED).build();
    Outage again =
        outage("RESvc", began.plusSeconds(60))
            .number(2)
            .ended(began.plusSeconds(65), StartedBy.UNATTRIBUTED)
            .build();
    Outage w3svc = outage("W3SVC", began).build();
    Episode episode =
        new EpisodeBuilder(3, began.minusSeconds(4), List.of(smtp, resvc, again, w3svc))
            .closed(began.plusSeconds(560), Episode.Outcome.RECOVERED)
            .build();
    assertThat(
            page(new HostSnapshotBuilder("mail01", Snapshots.NOW).closedEpisodes(episode).build()))
        .contains(
            " UTC; W3SVC did not run for 11 min 20 s, SMTPSVC for 9 min 14 s, RESvc for 26 s in"
                + " all; an administrator started SMTPSVC again; no source says who started RESvc"
                + " again; mail flow was verified")
        .contains(">not observed<")
        .doesNotContain("not yet", "not started yet");
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
