package dev.imfexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookStoryTest {

  @ParameterizedTest
  @EnumSource(ExpositionTest.World.class)
  void eachCollectorIsToldWithItsResult(ExpositionTest.World world) {
    String story = LookStory.of(world.snapshot());
    assertThat(story).startsWith(world.snapshot().name() + " by access ");
    for (CollectorKey<?> key : CollectorKey.all()) {
      assertThat(story)
          .contains("\n" + key.word() + ": " + world.snapshot().collected().get(key).result().word());
    }
    assertThat(story.lines()).allMatch(line -> line.length() < 700);
    assertThat(story).doesNotContain("Optional[").doesNotContainPattern("[.$][A-Z]\\w+@[0-9a-f]+");
  }
}
