package dev.imfexporter.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.life.OutagePattern.Down;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes 500 random patterns of outages for {@code promtool test rules} into {@code
 * target/outage-patterns}, where src/test/bed/check-rules runs them, and checks that they are what
 * they should be. Another seed: {@code -Doutage.patterns.seed=7}.
 */
class OutagePatternsTest {
  private static final Path RULES = Path.of("alerts/imf-exporter.rules.yml");
  private static final Path FOLDER = Path.of("target/outage-patterns");
  private static final long SEED = Long.getLong("outage.patterns.seed", 2026);
  private static final int PATTERNS = 500;
  private static final int FILES = 4;

  private final List<OutagePattern> patterns = OutagePatterns.of(SEED, PATTERNS);

  @Test
  void thePatternsAreWritten() throws IOException {
    clear();
    PatternTestFile writer = PatternTestFile.of(RULES, new NightSeries());
    int each = PATTERNS / FILES;
    for (int i = 0; i < FILES; i++) {
      writer.write(
          FOLDER.resolve("seed-" + SEED + "-part-" + (i + 1) + ".test.yml"),
          "patterns of outages, seed " + SEED,
          patterns.subList(i * each, (i + 1) * each));
    }
  }

  private static void clear() throws IOException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void outagesLastFromASecondToTwentyMinutes() {
    assertThat(patterns).hasSize(PATTERNS);
    List<Integer> lengths =
        patterns.stream()
            .flatMap(p -> p.downs().stream())
            .filter(d -> d.service() == LifeService.SMTPSVC)
            .map(d -> d.until() - d.from())
            .toList();
    assertThat(lengths)
        .hasSizeGreaterThan(3 * PATTERNS)
        .allMatch(length -> length >= 1 && length <= 1200)
        .anyMatch(length -> length < 5)
        .anyMatch(length -> length > 1190);
    assertThat(patterns.stream().filter(p -> !p.markers().isEmpty())).hasSizeBetween(150, 350);
    assertThat(patterns.stream().filter(p -> !p.gaps().isEmpty())).hasSizeBetween(75, 175);
  }

  @Test
  void outagesOfAServiceDoNotTouch() {
    for (OutagePattern pattern : patterns) {
      for (LifeService service : LifeService.values()) {
        int up = 0;
        for (Down down : pattern.downs().stream().filter(d -> d.service() == service).toList()) {
          assertThat(down.from()).as(pattern.toString()).isGreaterThan(up);
          up = down.until();
        }
      }
    }
  }
}
