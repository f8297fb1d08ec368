package dev.imfexporter.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Services;
import dev.imfexporter.watch.Observation;
import dev.imfexporter.watch.ObservedState;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.Episode.Outcome;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.Outage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fixture is a journal that the program wrote before outages had numbers, up to a moment at
 * which three services were out in an update.
 */
class FormerFormatTest {
  private static final Instant CUT = Instant.parse("2026-11-26T18:35:00Z");
  private static final List<String> SERVICES = List.of("IISADMIN", "SMTPSVC", "RESvc");

  @Test
  void everyLineOfAFormerJournalIsUnderstood() throws IOException {
    Recovered recovered = recovered();

    assertThat(recovered.facts()).hasSizeGreaterThan(130);
    assertThat(recovered.damaged() + recovered.unknown() + recovered.ignored()).isZero();
  }

  @Test
  void outagesEpisodesAndTotalsOfAFormerJournalAreKept() throws IOException {
    HostHistory history = replayed().history(at(60));

    assertThat(history.services()).isEmpty();
    assertThat(history.episodes().closed().stream().map(e -> e.outcome().orElseThrow()))
        .containsExactly(Outcome.RECOVERED, Outcome.RECOVERED_AFTER_HALT, Outcome.RECOVERED);
    assertThat(history.outages()).hasSize(12).filteredOn(o -> o.ended().isEmpty()).hasSize(3);
    assertThat(history.outages()).extracting(Outage::id).doesNotHaveDuplicates();
  }

  @Test
  void outageThatWasOpenInAFormerJournalIsCountedOnceInItsEpisode() throws IOException {
    ObservedState state = replayed();
    poll(state, ServiceState.STOPPED, 60);
    poll(state, ServiceState.RUNNING, 90);
    for (int i = 0; i < 100; i++) {
      poll(state, ServiceState.RUNNING, 100 + 30 * i);
    }

    HostHistory history = state.history(at(4000));
    Episode last = history.episodes().last().orElseThrow();
    assertThat(last.number()).isEqualTo(4);
    assertThat(last.outages()).hasSize(3).allMatch(outage -> outage.ended().isPresent());
    assertThat(last.outcome()).contains(Outcome.RECOVERED_SLOWLY);
    assertThat(history.services()).allMatch(service -> service.totals().restarts() == 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state_observed      | \"fact\":\"sighted\",\"service\":\"S\",\"state\":\"running\",\"witness\":\"event\",\"at\":\"2026-11-22T03:16:58Z\"",
        "control_sent        | \"fact\":\"ordered\",\"service\":\"S\",\"start\":true,\"at\":\"2026-11-22T03:16:55Z\",\"margin\":\"PT1S\",\"record\":{\"number\":1,\"written\":\"2026-11-22T03:16:55Z\"}",
        "sources_disagreed   | \"fact\":\"disagreed\",\"service\":\"S\",\"state\":\"stopped\",\"at\":\"2026-11-22T03:12:07Z\"",
        "start_mode_observed | \"fact\":\"mode_seen\",\"service\":\"S\",\"mode\":\"manual\",\"at\":\"2026-11-22T03:17:20Z\"",
        "service_removed     | \"fact\":\"removed\",\"service\":\"S\"",
        "service_totals      | \"fact\":\"totals\",\"service\":\"S\",\"restarts\":17,\"restart_time\":\"PT13M\",\"disagreements\":1,\"left_automatic\":\"2026-11-22T03:12:07Z\",\"ran\":true",
        "transition_retained | \"fact\":\"kept\",\"service\":\"S\",\"transition\":{\"state\":\"running\",\"at\":\"2026-11-22T03:16:58Z\",\"latest\":\"2026-11-22T03:16:59Z\",\"witnesses\":[\"event\"],\"disputed\":false,\"mark\":\"end\"}",
        "marker_seen         | \"fact\":\"marker_seen\",\"sign\":{\"marker\":\"begun\",\"update\":\"definition\",\"at\":\"2026-11-22T03:12:01Z\",\"id\":\"KB1\",\"title\":\"T\",\"back\":false}",
        "version_seen        | \"fact\":\"version_seen\",\"witness\":\"registry\",\"version\":{\"text\":\"6.5.7960.0\"},\"changes\":4"
      })
  void factHasAPresentName(String name, String fields) {
    FactJson.Line line = FactJson.read("{\"written\":\"2026-11-22T03:17:20Z\"," + fields + "}");

    assertThat(line).isInstanceOf(FactJson.Line.Known.class);
    FactJson.Line.Known known = (FactJson.Line.Known) line;
    assertThat(known.ignored()).isZero();
    assertThat(FactJson.write(known.written(), known.fact())).contains("\"fact\":\"" + name + "\"");
  }

  @ParameterizedTest
  @CsvSource({"clock_shifted", "word_heard"})
  void factWithoutASuccessorIsDropped(String name) {
    assertThat(FactJson.read("{\"written\":\"2026-11-22T03:17:20Z\",\"fact\":\"" + name + "\"}"))
        .isEqualTo(new FactJson.Line.Dropped());
  }

  private static Recovered recovered() throws IOException {
    try (InputStream in = FormerFormatTest.class.getResourceAsStream("former-format.jsonl")) {
      return JournalLines.read(Objects.requireNonNull(in), line -> {});
    }
  }

  private static ObservedState replayed() throws IOException {
    List<Fact> facts = new ArrayList<>(recovered().facts());
    return ObservedState.begin(false, facts, at(0));
  }

  private static Moment at(long seconds) {
    return new Moment(CUT.plusSeconds(seconds), Duration.ofSeconds(1000 + seconds));
  }

  private static void poll(ObservedState state, ServiceState all, long seconds) {
    List<Services.Service> services =
        SERVICES.stream()
            .map(
                name ->
                    new Services.Service(
                        name, Optional.of(new ServiceStatus(all, 0, 0, 0)), Optional.empty()))
            .toList();
    Moment at = at(seconds);
    state.step(new Observation.Polled(new Services(services), at, at, Set.of()));
  }
}
