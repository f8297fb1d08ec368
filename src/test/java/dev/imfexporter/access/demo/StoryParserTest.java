package dev.imfexporter.access.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryParserTest {
  static final List<String> GOOD =
      List.of(
          "# a story",
          "cycle short 1:00",
          "",
          "0:00 mail arriving local 2 remote 1.5 # per second",
          "0:00 mail leaving local 20 remote 10",
          "0:10 service SMTPSVC stopped exit 0",
          "0:20 folder new",
          "0:30 service smtpsvc start_pending",
          "0:40 service smtpsvc running",
          "0:50 registry new");

  @Test
  void readsAStory() {
    Story story = Story.parse("good.story", GOOD);
    assertThat(story.period()).isEqualTo(Duration.ofMinutes(1));
    assertThat(story.at(Duration.ofSeconds(10)).running(DemoService.SMTPSVC)).isFalse();
    assertThat(story.at(Duration.ofSeconds(40)).running(DemoService.SMTPSVC)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          0:55 weather fine                            | want mail, service, folder or registry after the time
          0:55                                         | want mail, service, folder or registry after the time
          soon mail arriving local 1 remote 1          | "soon" is no time such as 2:05
          0:75 folder new                              | "0:75" is no time such as 2:05
          0:20 folder new                              | 0:20 is before the line above, at 0:50
          1:00 folder new                              | 1:00 is not within cycle "short", which takes 1:00
          0:55 folder new                              | folder new comes a second time in this cycle, first at 0:20
          0:55 registry new                            | registry new comes a second time in this cycle, first at 0:50
          0:55 folder old                              | want "folder new"
          0:55 mail arriving 3                         | want "mail arriving local <n> remote <n>" or the same with leaving
          0:55 mail lost local 1 remote 1              | want "mail arriving local <n> remote <n>" or the same with leaving
          0:55 mail arriving local many remote 1       | "many" is no number of messages per second such as 2.5
          0:55 mail arriving local 1 remote -1         | "-1" is no number of messages per second such as 2.5
          0:55 service SMTPSVC                         | want "service <name> <state> [exit <code>] [by hand]"
          0:55 service W3SVC running                   | service "W3SVC" is not in the demo, which has IISADMIN, SMTPSVC, RESvc
          0:55 service SMTPSVC up                      | "up" is no state; states are stopped, start_pending, stop_pending, running, continue_pending, pause_pending, paused
          0:55 service SMTPSVC stopped exit badly      | want "stopped exit <code>" with a Win32 error code such as 1067
          0:55 service SMTPSVC running exit 5          | want "stopped exit <code>" with a Win32 error code such as 1067
          cycle long                                   | want "cycle <name> <length>"
          cycle long 10                                | "10" is no time such as 2:05
          cycle long 0:00                              | a cycle must take longer than 0:00
          cycle long 2:00                              | cycle "long" does not say at 0:00 what mail is arriving and leaving
          """)
  void namesFileAndLineOfWhatIsWrong(String line, String message) {
    List<String> lines = new ArrayList<>(GOOD);
    lines.add(line);
    assertWrong(lines, "bad.story:11: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          0:55 service RESvc stopped               | cycle "short" ends with RESvc stopped, want running
          0:55 mail leaving local 0 remote 10      | cycle "short" ends with 9 messages queued, want none
          """)
  void namesTheCycleThatCannotBeFollowed(String line, String message) {
    List<String> lines = new ArrayList<>(GOOD);
    lines.add(line);
    assertWrong(lines, "bad.story:2: " + message);
  }

  @Test
  void wantsMailFromTheBeginning() {
    List<String> lines = new ArrayList<>(GOOD);
    lines.remove(4);
    assertWrong(
        lines,
        "bad.story:2: cycle \"short\" does not say at 0:00 what mail is arriving and leaving");
  }

  @Test
  void wantsARestart() {
    assertWrong(
        GOOD.subList(0, 5),
        "bad.story:2: cycle \"short\" never restarts SMTPSVC through start_pending");
  }

  @Test
  void wantsACycleFirst() {
    assertWrong(
        List.of("", "0:00 folder new"),
        "bad.story:2: want \"cycle <name> <length>\" before anything happens");
  }

  @Test
  void wantsACycle() {
    assertWrong(List.of("# nothing", ""), "bad.story:2: the story has no cycle");
  }

  private static void assertWrong(List<String> lines, String message) {
    assertThatExceptionOfType(StoryException.class)
        .isThrownBy(() -> Story.parse("bad.story", lines))
        .withMessage(message);
  }
}
