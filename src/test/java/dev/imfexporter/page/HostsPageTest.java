package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.overview.FleetOverview;
import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.HostState;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsPageTest {
  private static final int MOST_BYTES = 150 * 1024;

  /** Of these bytes, for hosts with more to say. */
  private static final int SPARE_PERCENT = 30;

  @Test
  void beginsWithTheWorstAsTheGoldenPageSays() throws IOException {
    Golden.assertMatches(
        Path.of("src/test/resources/dev/imfexporter/page/page-hosts.html"),
        page(FleetSnapshots.oneOfEach(), HostQuery.ALL).replace(PageStyle.sheet(), ""));
  }

  @Test
  void aHostThatWasNeverReadIsNeitherWellNorRed() {
    FleetOverview fleet =
        FleetOverview.of(List.of(FleetSnapshots.notReadYet("mail01")), Snapshots.NOW);
    assertThat(fleet.count(HostState.NOT_READ_YET)).isOne();
    assertThat(page(List.of(FleetSnapshots.notReadYet("mail01")), HostQuery.ALL))
        .contains("1 host: 1 not read yet")
        .doesNotContain("state well", "state unreadable");
  }

  @Test
  void saysThatARollOutShouldStop() {
    assertThat(page(FleetSnapshots.badUpdate(60, "KB5031362"), HostQuery.ALL))
        .contains("Stop the roll-out of <a href=\"/updates/KB5031362\">")
        .contains("halted mail on 3 of the 60 hosts that have it (5 %)");
  }

  @Test
  void hasAPageOfThemAndLinksToTheOthers() {
    HostQuery second = new HostQuery(Optional.of(HostState.WELL), "MAIL", 2, 10);
    String page = page(FleetSnapshots.badUpdate(25, "KB5031362"), second);
    assertThat(page)
        .contains("11 to 20 of 25", "Page 2 of 3")
        .contains("href=\"/?state=well&amp;name=MAIL&amp;rows=10\"")
        .contains("href=\"/?state=well&amp;name=MAIL&amp;rows=10&amp;page=3\"")
        .contains(">mail011<")
        .doesNotContain(">mail010<", ">mail021<");
  }

  @Test
  void aSearchKeepsTheRowsOfAPage() {
    assertThat(page(FleetSnapshots.oneOfEach(), new HostQuery(Optional.empty(), "", 1, 10)))
        .contains("<input type=\"hidden\" name=\"rows\" value=\"10\">");
    assertThat(page(FleetSnapshots.oneOfEach(), HostQuery.ALL)).doesNotContain("name=\"rows\"");
  }

  @ParameterizedTest
  @CsvSource({"19, '20 outages, SMTP 6 min'", "20, 'at least 21 outages, SMTP at least 6 min'"})
  void theOutageOfAnUpdateStaysOnTheDayHoweverManyCameAfterIt(int crashes, String words) {
    String page = page(List.of(FleetSnapshots.flapping("mail01", crashes)), HostQuery.ALL);
    assertThat(page).contains("<path class=\"out\"", ">" + words + "<");
  }

  @Test
  void saysWhenNoHostIsFound() {
    assertThat(page(FleetSnapshots.oneOfEach(), new HostQuery(Optional.empty(), "x9", 1, 10)))
        .contains("No host is in this state or has this in its name.");
    assertThat(page(FleetSnapshots.oneOfEach(), HostQuery.ALL.onPage(4)))
        .contains("There is no page 4: these hosts fill 1.");
  }

  @Test
  void aCommandThatHasAConditionIsShownWithIt() {
    assertThat(page(List.of(Snapshots.midStory()), HostQuery.ALL))
        .contains("Next: If IIS Admin still hangs at 03:22:01 UTC: save a dump")
        .contains("<code>taskkill /f /pid 1372</code>), and <code>net start IISADMIN</code>");
  }

  @Test
  void noCommandIsShownWhileARestartMayEndByItself() {
    HostSnapshot restarts =
        new HostSnapshotBuilder("mail01", Snapshots.NOW)
            .services(
                ServiceBuilder.running("IISADMIN"),
                ServiceBuilder.service("SMTPSVC", ServiceState.STOPPED)
                    .downSince(Snapshots.NOW.minusSeconds(10)))
            .mailFlow(MailFlow.State.INTERRUPTED)
            .build();

    assertThat(page(List.of(restarts), HostQuery.ALL))
        .contains("Next: Wait 1 min, in which a restart may bring everything back")
        .doesNotContain("<code>net start");
  }

  @Test
  void mailThatIsStuckHasItsTimeOnceTheEngineKnowsIt() {
    assertThat(page(List.of(FleetSnapshots.stuck("mail01")), HostQuery.ALL))
        .contains("since <time", Snapshots.NOW.minusSeconds(3_600).toString())
        .contains("It worked when this page, loaded again, no longer says: Mail is stuck.")
        .contains("<code>findstr SmartHost= %windir%\\System32\\inetsrv\\MetaBase.xml</code>");
  }

  @Test
  void saysWhatIsWrongWithTheExporterItself() {
    PageView view =
        PageView.utc(Snapshots.NOW)
            .with(List.of("The history of <b> cannot be written to /history: the disk is full."));
    List<HostSnapshot> hosts = List.of(FleetSnapshots.well("mail01"));
    assertThat(
            HostsPage.of(
                FleetOverview.of(hosts, Snapshots.NOW),
                Rollouts.of(hosts, Snapshots.NOW),
                HostQuery.ALL,
                view,
                "1.2.3"))
        .contains(">The history of &lt;b&gt; cannot be written to /history: the disk is full.<");
    assertThat(HostPage.of(hosts.get(0), HostPage.Place.HERE, view, "1.2.3"))
        .contains(">The history of &lt;b&gt; cannot be written to /history: the disk is full.<");
  }

  @Test
  void aThousandHostsInTroubleFitIntoThePage() {
    List<HostSnapshot> hosts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String name = String.format(Locale.ROOT, "mail%04d.corp.example.net", i);
      hosts.add(FleetSnapshots.troubled(name));
    }
    String page = page(hosts, HostQuery.ALL);
    assertThat(page).contains("1 to 50 of 1000");
    assertThat(page.getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(MOST_BYTES * (100 - SPARE_PERCENT) / 100);
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    List<HostSnapshot> hostile =
        List.of(
            Snapshots.hostile(),
            FleetSnapshots.halted("\"><script>alert(1)</script>", "<b>KB\u202e\u0000"));
    String page =
        HostsPage.of(
            FleetOverview.of(hostile, Snapshots.NOW),
            Rollouts.of(hostile, Snapshots.NOW),
            new HostQuery(Optional.empty(), "\"", 1, 10),
            PageView.utc(Snapshots.NOW),
            "<1>");
    assertThat(page)
        .contains("&quot;&gt;&lt;script")
        .doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "\u202e", "<1>", "style=\"");
  }

  private static String page(List<HostSnapshot> hosts, HostQuery query) {
    return HostsPage.of(
        FleetOverview.of(hosts, Snapshots.NOW),
        Rollouts.of(hosts, Snapshots.NOW),
        query,
        PageView.utc(Snapshots.NOW),
        "1.2.3");
  }
}
