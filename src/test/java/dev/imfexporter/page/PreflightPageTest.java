package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.preflight.Hosts;
import dev.imfexporter.preflight.Item;
import dev.imfexporter.preflight.Preflight;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreflightPageTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/imfexporter/page/page-preflight.html");

  @Test
  void isTheGoldenPage() throws IOException {
    Preflight preflight = Preflight.of(Hosts.with(Item.START_MODES), Hosts.NOW);

    String page = PreflightPage.of(preflight, Hosts.NOW, "1.2.3");

    Golden.assertMatches(GOLDEN, page.replace(PageStyle.sheet(), ""));
  }

  @Test
  void nothingThatAHostSaysBecomesMarkup() {
    String page =
        PreflightPage.of(Preflight.of(Snapshots.hostile(), Snapshots.NOW), Snapshots.NOW, "<1>");

    assertThat(page).doesNotContain("<script", "<img", "<b>", "\u0000", "\u001b", "<1>");
  }
}
