package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.preflight.Hosts;
import dev.imfexporter.preflight.Item;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.text.TimeView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PreflightPageTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/imfexporter/page/page-preflight.html");

  @Test
  void isTheGoldenPage() throws IOException {
    Preflight preflight = Preflight.of(Hosts.with(Item.START_MODES), Hosts.NOW);

    String page = PreflightPage.of(preflight, PageView.utc(Hosts.NOW), "1.2.3");

    Golden.assertMatches(GOLDEN, page.replace(PageStyle.sheet(), ""));
  }

  @Test
  void timesAndLinksAreInTheZoneThatTheReaderChose() {
    TimeView vienna = new TimeView(Hosts.NOW, ZoneId.of("Europe/Vienna"));
    PageView view = new PageView(vienna, true, PageView.Range.HOURS_6);

    String page = PreflightPage.of(Preflight.of(Hosts.with(Item.REBOOT), vienna), view, "1.2.3");

    assertThat(page)
        .contains("Since 2026-11-14 23:00:00 CET, Windows has been waiting")
        .contains("2026-11-22 23:00:00 CET</time>; reload", "Times are those of Europe/Vienna")
        .contains("href=\"/?tz=Europe%2FVienna\"", "href=\"/hosts/mail01?tz=Europe%2FVienna\"")
        .doesNotContain("UTC");
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    String page =
        PreflightPage.of(
            Preflight.of(Snapshots.hostile(), Snapshots.NOW), PageView.utc(Snapshots.NOW), "<1>");

    assertThat(page).doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "<1>");
  }
}
