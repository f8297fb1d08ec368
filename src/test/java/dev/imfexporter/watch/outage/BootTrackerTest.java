package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.watch.clock.DatedEvent;
import dev.imfexporter.watch.model.Boot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps such as {@code 6005@60} (an event of a boot at 60 s), {@code down@10} (of a shutdown),
 * {@code died@9} (when a host that lost power was last up), {@code other@5} (any other event) and
 * {@code poll@3} (the host answered); boots such as {@code 10..60}, with {@code !} if there was no
 * orderly shutdown.
 */
class BootTrackerTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "other@5, -",
        "down@10, -",
        "down@10 6005@60, 10..60",
        // The newest event of a shutdown counts, and the first of a boot.
        "down@10 down@12 6005@60, 12..60",
        "down@10 6009@60 6005@61 12@62, 10..60",
        // Several boots: each event is written once in one.
        "down@10 6005@60 down@100 6005@160, 10..60 100..160",
        "6005@60 other@80 6005@160, !60..60 !80..160",
        "6005@60 other@80 12@700, !60..60 !80..700",
        "6005@60 12@660, !60..60",
        // Without an orderly shutdown: the last event, or the last poll before.
        "other@5 6005@60, !5..60",
        "poll@3 6005@60, !3..60",
        "poll@3 other@5 6005@60, !5..60",
        "poll@9 other@5 6005@60, !9..60",
        "poll@3 poll@90 6005@60, !3..60",
        // Polls in a short distance: the host was up in between.
        "poll@3 poll@20 poll@70 6005@60, !20..60",
        // The clock started earlier than it had stopped: the log has the shutdown before the boot.
        "down@64 6005@60, 60..60",
        // A shutdown that was not orderly: the newest of the last event and the reported time.
        "other@5 died@9 6005@60, !9..60",
        "other@9 died@5 6005@60, !9..60"
      })
  void eventsOfABootAreOneBoot(String steps, @Nullable String boots) {
    List<Boot> found = new ArrayList<>();
    LastSeen lastSeen = new LastSeen();
    BootTracker tracker = new BootTracker(found, lastSeen);
    for (String step : OutageCases.words(steps)) {
      String what = step.substring(0, step.indexOf('@'));
      String at = step.substring(step.indexOf('@') + 1);
      switch (what) {
        case "poll" -> lastSeen.at(time(at));
        case "down" -> tracker.shutDown(event(6006, at));
        case "died" -> tracker.died(event(6008, at));
        case "other" -> tracker.other(event(7036, at));
        default -> tracker.booted(event(Integer.parseInt(what), at)).ifPresent(found::add);
      }
    }

    assertThat(found.stream().map(BootTrackerTest::text).collect(Collectors.joining(" ")))
        .isEqualTo(boots == null ? "" : boots);
  }

  private static DatedEvent event(int id, String at) {
    LoggedEvent event =
        new LoggedEvent(
            "System",
            1,
            time(at),
            "EventLog",
            id,
            LoggedEvent.Level.INFORMATION,
            new Meaning.Booted());
    return new DatedEvent(event, time(at), Duration.ZERO);
  }

  private static String text(Boot boot) {
    return (boot.orderly() ? "" : "!")
        + OutageCases.seconds(boot.down())
        + ".."
        + OutageCases.seconds(boot.up());
  }
}
