package dev.imfexporter.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Writes two years of nights for {@code promtool test rules} into {@code target/patch-year}, where
 * src/test/bed/check-rules runs them, and checks that they are what they should be.
 */
class PatchYearTest {
  private static final Path RULES = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path FOLDER = Path.of("target/patch-year");

  private final PatchYear year = PatchYear.of(2026);

  @Test
  void theYearsAreWritten() throws IOException {
    RuleTestFile files = RuleTestFile.of(RULES, new NightSeries());
    files.write(FOLDER.resolve("healthy.test.yml"), year.healthy());
    files.write(FOLDER.resolve("halted.test.yml"), year.halted());

    assertThat(files.critical()).contains(PatchYear.AFTER_UPDATE, PatchYear.HALTED);
    assertThat(Files.readString(FOLDER.resolve("healthy.test.yml")))
        .contains("rule_files: ['../../alerts/imf-exporter.rules.yml']");
  }

  @Test
  void aHealthyYearHasItsNightsAndNoHalt() {
    List<Night> nights = year.healthy();

    assertThat(nights).hasSize(12 + 24 + 52 + 12).allMatch(night -> night.halt().isEmpty());
    assertThat(nights.stream().filter(night -> night.boot().isPresent())).hasSize(12);
    assertThat(nights.stream().filter(Night::probed)).hasSizeBetween(40, 60);
    for (Night night : nights) {
      assertThat(night.state(LifeService.SMTPSVC, 60 * night.minutes()))
          .isEqualTo(ServiceState.RUNNING);
    }
  }

  @Test
  void aHaltedYearHasTwelveHaltsOfFourKinds() {
    assertThat(year.halted()).hasSize(12).allMatch(night -> night.halt().isPresent());
    assertThat(year.halted().stream().filter(night -> night.boot().isPresent())).hasSize(3);
    assertThat(
            year.halted().stream()
                .filter(n -> n.halt().orElseThrow().alerts().equals(List.of(PatchYear.HALTED))))
        .hasSize(3);
    for (Night night : year.halted()) {
      int due = night.halt().orElseThrow().due();
      assertThat(night.state(LifeService.SMTPSVC, due + 600)).isNotEqualTo(ServiceState.RUNNING);
    }
  }

  @Test
  void anExporterOnTheHostGoesDownWithIt() {
    Night night = new Night("reboot", 180, false);
    night.stop(1800, LifeService.SMTPSVC);
    night.reboots(1700, 1810, 1900);
    night.start(1950, LifeService.SMTPSVC, 10);
    Map<String, String> local = series(night);

    assertThat(local)
        .containsEntry("up{job=\"mail\",instance=\"reboot\"}", "1x30 0x1 1x147")
        .containsEntry("imf_up{job=\"mail\",instance=\"reboot\"}", "1x30 stale _x1 1x147")
        .containsEntry(
            "imf_service_down_since_timestamp_seconds"
                + "{job=\"mail\",instance=\"reboot\",name=\"SMTPSVC\"}",
            "_x30 1800x0 stale _x149");
  }

  /** Ten minutes from the boot at 1900 s, unless five had passed before the host went. */
  @Test
  void theTimeInWhichTheHostIsDownDoesNotCount() {
    Night early = new Night("early", 60, true);
    early.stop(1800, LifeService.SMTPSVC);
    early.reboots(1700, 1810, 1900);
    Night late = new Night("late", 60, true);
    late.stop(1400, LifeService.SMTPSVC);
    late.reboots(1700, 1810, 1900);

    assertThat(series(early))
        .containsEntry(
            "imf_service_halted{job=\"relays\",instance=\"early\",name=\"SMTPSVC\"}",
            "0x30 stale _x1 0x8 1x18");
    assertThat(series(late))
        .containsEntry(
            "imf_service_halted{job=\"relays\",instance=\"late\",name=\"SMTPSVC\"}",
            "0x28 1x1 stale _x1 1x27")
        .containsEntry(
            "imf_mail_flow_halted_since_timestamp_seconds{job=\"relays\",instance=\"late\"}",
            "_x29 1400x1 stale _x1 1400x27");
  }

  private static Map<String, String> series(Night night) {
    List<Integer> minutes =
        IntStream.rangeClosed(0, night.minutes()).mapToObj(minute -> 60 * minute).toList();
    Map<String, String> notation = new HashMap<>();
    new NightSeries()
        .scraped(night, minutes)
        .forEach((series, values) -> notation.put(series, SeriesNotation.of(values)));
    return notation;
  }
}
