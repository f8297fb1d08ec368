package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.overview.Rollouts;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdatesPageTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/page");
  private static final String BAD = "KB5031362";
  private static final String GOOD = "KB5032198";

  @Test
  void theUpdateToStopStandsFirst() throws IOException {
    assertGolden("page-updates.html", all(updates()));
  }

  @Test
  void thePageOfAnUpdateHasItsBlastRadius() throws IOException {
    assertGolden("page-update.html", one(updates(), BAD));
  }

  @Test
  void aGoodUpdateAsksForNothing() {
    assertThat(one(updates(), GOOD))
        .contains("In the last 24 hours it halted mail on 0 of the 20 hosts that have it (0 %).")
        .doesNotContain("Stop the roll-out");
  }

  @Test
  void saysWhenThereIsNone() {
    assertThat(all(List.of(FleetSnapshots.well("mail01"))))
        .contains("No update was seen on any host in the last 30 days.");
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    List<HostSnapshot> hostile =
        List.of(FleetSnapshots.halted("\"><script>", "<b>/../KB\u202e\u0000?#"));
    for (String page : List.of(all(hostile), one(hostile, "B_.._KB"))) {
      assertThat(page)
          .doesNotContain("<script", "<b>", "\u0000", "\u202e", "style=\"", "href=\"/updates/<");
    }
    assertThat(all(hostile)).contains("href=\"/updates/B_.._KB\"");
  }

  private static List<HostSnapshot> updates() {
    List<HostSnapshot> hosts = new ArrayList<>(FleetSnapshots.badUpdate(60, BAD));
    for (int i = 0; i < 20; i++) {
      hosts.add(
          FleetSnapshots.patched(
              "relay" + i, GOOD, Snapshots.NOW.minus(Duration.ofMinutes(30 + i))));
    }
    return hosts;
  }

  private static String all(List<HostSnapshot> hosts) {
    return UpdatesPage.of(Rollouts.of(hosts, Snapshots.NOW), PageView.utc(Snapshots.NOW), "1.2.3");
  }

  private static String one(List<HostSnapshot> hosts, String id) {
    return UpdatesPage.of(
        Rollouts.of(hosts, Snapshots.NOW).find(id).orElseThrow(),
        PageView.utc(Snapshots.NOW),
        "1.2.3");
  }

  private static void assertGolden(String file, String page) throws IOException {
    Golden.assertMatches(RESOURCES.resolve(file), page.replace(PageStyle.sheet(), ""));
  }
}
