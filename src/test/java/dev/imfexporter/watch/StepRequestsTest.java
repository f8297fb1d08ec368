package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.Events.LogRead;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.fact.EventFact;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.UpdateFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a step asks of the watcher. */
class StepRequestsTest {
  private final TestTime time = new TestTime();
  private final ObservedState state = ObservedState.begin(true, new ArrayList<>(), time.now());

  @Test
  void installerThatBeganIsReportedOnce() {
    assertThat(read(Meaning.Step.BEGUN).updateBegun()).isTrue();
    assertThat(state.step(new Observation.Tick(time.now())).updateBegun()).isFalse();
    assertThat(read(Meaning.Step.INSTALLED).updateBegun()).isFalse();
  }

  /** A file that is cut between two facts must not know a record and lack what it means. */
  @Test
  void howFarALogWasReadComesBehindAllThatItSays() {
    List<Fact> facts = read(Meaning.Step.BEGUN).facts();

    assertThat(facts).anyMatch(fact -> fact instanceof UpdateFact.MarkerSeen);
    assertThat(facts.get(facts.size() - 1)).isInstanceOf(EventFact.LogRead.class);
  }

  private Step read(Meaning.Step step) {
    time.advance(Duration.ofSeconds(1));
    LoggedEvent event =
        new LoggedEvent(
            "System",
            1,
            time.now().wall(),
            "Microsoft-Windows-WindowsUpdateClient",
            43,
            LoggedEvent.Level.INFORMATION,
            new Meaning.UpdateStep(
                step, UpdateKind.WINDOWS, Optional.of("KB5034439"), "Security Update"));
    LogRead log = new LogRead("System", Optional.empty(), Optional.empty(), true, List.of(event));
    return state.step(new Observation.EventsRead(new Events(List.of(log)), time.now(), time.now()));
  }
}
