package dev.imfexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.collector.CollectorKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookStoryTest {

  /** A password may stand among the arguments of a command. */
  @Test
  void commandsAreMasked() {
    RecoveryActions actions =
        new RecoveryActions(60, List.of(), "net use x: s3cret", "", Optional.of(true));
    assertThat(LookStory.of("recovery", actions))
        .isEqualTo(
            """
            recovery:
              resetSeconds: 60
              actions: 0
              command: (not shown)
              rebootMessage:\s
              afterErrors: true
            """);
  }

  @Test
  void aHostilePieceOfTextStaysOnItsLine() {
    assertThat(LookStory.of("name", "a\nb\u001b[31m" + "c".repeat(10_000)))
        .hasSizeLessThan(520)
        .startsWith("name: a?b?[31mc")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource(ExpositionTest.World.class)
  void eachCollectorIsToldWithItsResult(ExpositionTest.World world) {
    String story = LookStory.of(world.snapshot());
    assertThat(story).startsWith(world.snapshot().name() + " by access ");
    for (CollectorKey<?> key : CollectorKey.all()) {
      assertThat(story)
          .contains(
              "\n" + key.word() + ": " + world.snapshot().collected().get(key).result().word());
    }
    assertThat(story.lines()).allMatch(line -> line.length() < 700);
    assertThat(story).doesNotContain("Optional[").doesNotContainPattern("[.$][A-Z]\\w+@[0-9a-f]+");
  }
}
