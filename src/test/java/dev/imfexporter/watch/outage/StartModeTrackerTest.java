package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.SERVICE;
import static dev.imfexporter.watch.outage.OutageCases.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.fact.ServiceFact;
import dev.imfexporter.watch.fact.ServiceFact.StartModeObserved;
import dev.imfexporter.watch.model.Retention;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps such as {@code AUTO@0} (a poll finds the mode at 0 s) and {@code log:auto@30} (event 7040
 * with the former mode, at 30 s).
 */
class StartModeTrackerTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "AUTO@0, -",
        "AUTO@0 AUTO@100, -",
        // Without an event, the mode changed when a poll found it.
        "AUTO@0 MANUAL@100, 100",
        "AUTO@0 DISABLED@100, 100",
        "MANUAL@0 DISABLED@100, 100",
        "DISABLED@0 MANUAL@100, -",
        "AUTO@0 DELAYED_AUTO@100, -",
        "AUTO@0 MANUAL@100 MANUAL@200, 100",
        "AUTO@0 MANUAL@100 DISABLED@200, 200",
        "AUTO@0 MANUAL@100 AUTO@200, -",
        // What an installer set aside is as it was before.
        "MANUAL@0 DISABLED@100 MANUAL@200, -",
        "MANUAL@0 DISABLED@100 MANUAL@200 DISABLED@300, 300",
        "AUTO@0 DISABLED@100 MANUAL@200, 100",
        "AUTO@0 MANUAL@100 DISABLED@200 MANUAL@300, 200",
        "MANUAL@0 DISABLED@100 AUTO@200 MANUAL@300, 300",
        // A mode that was never another one.
        "MANUAL@0, -",
        "DISABLED@0 DISABLED@100, -",
        // The event that dates the change comes before the poll, or after it.
        "AUTO@0 log:auto@50 MANUAL@100, 50",
        "AUTO@0 MANUAL@100 log:auto@50, 50",
        "MANUAL@0 DISABLED@100 log:x@50, 50",
        // A poll may be a minute old, so that the change may be older than the poll before.
        "AUTO@0 log:auto@-59 MANUAL@100, -59",
        "AUTO@0 MANUAL@100 log:auto@-59, -59",
        "AUTO@0 log:auto@-60 MANUAL@100, 100",
        "AUTO@0 MANUAL@100 log:auto@-60, 100",
        "AUTO@0 MANUAL@100 log:auto@102, 102",
        "AUTO@0 MANUAL@100 log:auto@103, 100",
        // An event that names an automatic start in a word with "auto" proves a change alone.
        "MANUAL@100 log:auto@50, 50",
        "MANUAL@100 log:Automatisch@50, 50",
        "MANUAL@100 log:Démarrage_automatique@50, 50",
        "DISABLED@100 log:manual@50, -",
        "AUTO@100 log:auto@50, -"
      })
  void startModeWasDowngraded(String steps, @Nullable String at) {
    ServiceRecords records = new ServiceRecords(new Retention(Duration.ofDays(1), 9));
    StartModeTracker tracker = new StartModeTracker(SERVICE, records);
    for (String step : OutageCases.words(steps)) {
      String[] parts = step.split("[:@]", -1);
      if (parts.length == 3) {
        tracker.logged(parts[1], time(parts[2]));
      } else {
        tracker.polled(StartMode.valueOf(parts[0]), time(parts[1]));
      }
    }

    assertThat(
            records
                .service(SERVICE)
                .startModes()
                .downgraded()
                .map(OutageCases::seconds)
                .orElse(null))
        .isEqualTo(at);
    List<ServiceFact> facts = records.takeFacts();
    ServiceRecords replayed = new ServiceRecords(new Retention(Duration.ofDays(1), 9));
    facts.forEach(replayed::apply);
    assertThat(replayed.service(SERVICE).startModes().downgraded())
        .isEqualTo(records.service(SERVICE).startModes().downgraded());
  }

  @ParameterizedTest
  @CsvSource({"MANUAL, DISABLED, MANUAL, true", "AUTO, DISABLED, MANUAL, false"})
  void rewrittenJournalKnowsTheModeBefore(
      StartMode before, StartMode weaker, StartMode then, boolean back) {
    ServiceRecords records = new ServiceRecords(new Retention(Duration.ofDays(1), 9));
    records.add(new StartModeObserved(SERVICE, before, time("0")));
    records.add(new StartModeObserved(SERVICE, weaker, time("100")));
    ServiceRecords rewritten = new ServiceRecords(new Retention(Duration.ofDays(1), 9));
    records.summary().forEach(rewritten::apply);
    assertThat(rewritten.summary()).isEqualTo(records.summary());

    rewritten.add(new StartModeObserved(SERVICE, then, time("200")));
    assertThat(rewritten.service(SERVICE).startModes().downgraded().isEmpty()).isEqualTo(back);
  }

  @Test
  void modeThatAJournalHasTwiceIsNoDowngrade() {
    StartModeObserved first = new StartModeObserved(SERVICE, StartMode.MANUAL, time("0"));
    StartModes modes = new StartModes();
    modes.observe(first);
    modes.observe(first);

    assertThat(modes.downgraded()).isEmpty();
  }
}
