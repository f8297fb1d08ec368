package dev.imfexporter.watch.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events are written as id@second; sessions are separated by bars. */
class LogSessionsTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // One boot, as Server 2003 and later ones write it.
    "6009@0 6005@0 7036@20, ' | 6009 6005 7036'",
    "12@0 6008@40 6009@40 6005@40 7036@60, ' | 12 6008 6009 6005 7036'",
    "7036@0 6006@5 6009@60 6005@60, '7036 6006 | 6009 6005'",
    // A second boot soon after the first.
    "6009@0 6005@0 7036@20 6009@300 6005@300, ' | 6009 6005 7036 | 6009 6005'",
    "12@0 6009@9 6005@9 12@300 6009@309 6005@309, ' | 12 6009 6005 | 12 6009 6005'",
    // The log does not have all events of the first boot.
    "6005@0 7036@20 6009@300 6005@300, ' | 6005 7036 | 6009 6005'",
    "12@0 6005@9 6009@300 6005@300, ' | 12 6005 | 6009 6005'",
    "6009@0 7036@20 6005@300, ' | 6009 7036 | 6005'",
    // The second boot follows a loss of power, which the first did not.
    "6009@0 6005@0 7036@20 6008@300 6009@300 6005@300, ' | 6009 6005 7036 | 6008 6009 6005'",
  })
  void boots(String log, String expected) {
    List<LoggedEvent> events = new ArrayList<>();
    for (String word : log.split(" ", -1)) {
      String[] parts = word.split("@", -1);
      events.add(event(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
    }

    String sessions =
        new LogSessions()
            .split(events).stream().map(LogSessionsTest::ids).collect(Collectors.joining(" | "));
    assertThat(sessions).isEqualTo(expected);
  }

  private static String ids(LogSession session) {
    return session.events().stream()
        .map(event -> Integer.toString(event.id()))
        .collect(Collectors.joining(" "));
  }

  private static LoggedEvent event(int id, long second) {
    Meaning meaning =
        switch (id) {
          case 12, 6005, 6009 -> new Meaning.Booted();
          case 6006 -> new Meaning.ShutDown(true);
          case 6008 -> new Meaning.ShutDown(false, Optional.empty());
          default -> new Meaning.Counted();
        };
    return new LoggedEvent(
        "System",
        second,
        BEGIN.plusSeconds(second),
        "",
        id,
        LoggedEvent.Level.INFORMATION,
        meaning);
  }
}
