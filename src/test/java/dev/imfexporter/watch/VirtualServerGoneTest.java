package dev.imfexporter.watch;

import static dev.imfexporter.watch.WatchScenario.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Smtp;
import dev.imfexporter.collector.Smtp.VirtualServer;
import dev.imfexporter.watch.fact.MailFact.VirtualServersListed;
import dev.imfexporter.watch.model.GoneVirtualServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A virtual server that a start of SMTPSVC did not bring back. */
class VirtualServerGoneTest {
  private static final String FIRST = "SMTP 1";
  private static final String SECOND = "SMTP 2";
  private static final double DAY = 86_400;

  private final WatchScenario host = WatchScenario.watched();

  @Test
  void lostInAnUpdateIsToldWhenTheStartHasSettled() {
    watches(120, FIRST, SECOND);
    Instant lastListed = host.now();
    restartsService();
    watches(110, FIRST);
    assertThat(gone()).isEmpty();
    watches(20, FIRST);
    assertThat(gone()).containsExactly(new GoneVirtualServer(SECOND, lastListed));
  }

  @Test
  void backAfterAMinuteIsNotGone() {
    watches(120, FIRST, SECOND);
    restartsService();
    watches(60, FIRST);
    watches(300, FIRST, SECOND);
    assertThat(gone()).isEmpty();
  }

  @Test
  void removedByAnAdministratorWhileTheServiceRunsIsNotTold() {
    watches(120, FIRST, SECOND);
    watches(600, FIRST);
    restartsService();
    watches(600, FIRST);
    assertThat(gone()).isEmpty();
  }

  @Test
  void theOnlyOneIsGoneToo() {
    watches(120, FIRST);
    restartsService();
    watches(180);
    assertThat(gone()).extracting(GoneVirtualServer::name).containsExactly(FIRST);
  }

  @Test
  void itIsGoneUntilItIsBack() {
    lose();
    watches(60, FIRST, SECOND);
    assertThat(gone()).isEmpty();
  }

  @Test
  void itIsForgottenAfterAWeek() {
    lose();
    host.pass(6 * DAY);
    watches(60, FIRST);
    assertThat(gone()).hasSize(1);
    host.pass(DAY);
    watches(60, FIRST);
    assertThat(gone()).isEmpty();
  }

  @Test
  void theExportersRestartForgetsNothing() {
    lose();
    List<GoneVirtualServer> before = gone();
    host.restarts(true).polls().reads();
    assertThat(gone()).isEqualTo(before).hasSize(1);
  }

  @Test
  void lostWhileNoExporterRanIsTold() {
    watches(120, FIRST, SECOND);
    host.pass(60).logs(MAIL, ServiceState.STOPPED).pass(30).logs(MAIL, ServiceState.RUNNING);
    host.pass(3600).restarts(true).polls().measures().reads();
    watches(180, FIRST);
    assertThat(gone()).extracting(GoneVirtualServer::name).containsExactly(SECOND);
  }

  @Test
  void lostAfterAMonthWithoutChangesIsToldWithTheTimeItWasLastThere() {
    watches(120, FIRST, SECOND);
    host.pass(30 * DAY);
    watches(60, FIRST, SECOND);
    host.ticks();
    Instant lastSeen = host.now();
    host.pass(60).logs(MAIL, ServiceState.STOPPED).pass(30).logs(MAIL, ServiceState.RUNNING);
    host.pass(120).restarts(true).polls().measures().reads();
    watches(180, FIRST);
    assertThat(gone())
        .singleElement()
        .satisfies(
            server ->
                assertThat(server.lastListed())
                    .isBetween(lastSeen.minusSeconds(600), lastSeen.plusSeconds(1)));
  }

  @Test
  void removedWhileNoExporterRanAndTheServiceDidNotStartIsNotTold() {
    watches(120, FIRST, SECOND);
    restartsService();
    watches(600, FIRST, SECOND);
    host.ticks();
    host.pass(3600).restarts(true).polls().measures().reads();
    watches(600, FIRST);
    assertThat(gone()).isEmpty();
  }

  @Test
  void oneBeyondThoseThatAreListedIsNotGone() {
    watches(120, FIRST, SECOND);
    restartsService();
    for (int i = 0; i < 60; i++) {
      reads(new Smtp(servers(FIRST), 1));
    }
    assertThat(gone()).isEmpty();
  }

  @Test
  void factsAreWrittenForChangesOnly() {
    watches(600, FIRST, SECOND);
    restartsService();
    watches(600, FIRST);
    assertThat(ObservedState.of(host.facts, VirtualServersListed.class))
        .extracting(VirtualServersListed::names)
        .containsExactly(List.of(FIRST, SECOND), List.of(FIRST));
  }

  private void lose() {
    watches(120, FIRST, SECOND);
    restartsService();
    watches(180, FIRST);
    assertThat(gone()).hasSize(1);
  }

  private void restartsService() {
    host.pass(5).logs(MAIL, ServiceState.STOPPED).polls();
    host.pass(20).logs(MAIL, ServiceState.RUNNING).polls().pass(3).reads();
  }

  private void watches(int seconds, String... names) {
    for (int second = 0; second < seconds; second += 5) {
      reads(new Smtp(servers(names)));
    }
  }

  private void reads(Smtp smtp) {
    host.pass(5).polls();
    host.state.step(new Observation.CountersRead(smtp, host.time.now(), host.time.now()));
  }

  private static List<VirtualServer> servers(String... names) {
    return Stream.of(names).map(name -> new VirtualServer(name, Map.of())).toList();
  }

  private List<GoneVirtualServer> gone() {
    return host.state.history(host.time.now()).goneVirtualServers();
  }
}
