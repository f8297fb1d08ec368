package dev.imfexporter.watch.model;

import static dev.imfexporter.testing.Waits.SCAN;
import static dev.imfexporter.testing.Waits.SINK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Components;
import dev.imfexporter.collector.Components.Component;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.testing.OutageBuilder;
import dev.imfexporter.testing.Waits;
import dev.imfexporter.watch.model.ComponentWait.Loaded;
import dev.imfexporter.watch.model.ComponentWait.VendorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which module a slow stop or start of IIS Admin may have waited for. */
class ComponentWaitTest {
  private static final Instant NIGHT = Instant.parse("2026-11-22T03:12:00Z");

  @Test
  void aStopMayHaveWaitedForTheModuleThatWasUnloadedLast() {
    ComponentWait stop =
        Waits.stop(NIGHT).listed(3, SCAN, SINK).listed(250, SINK).listed(7).took(260);

    assertThat(names(stop)).containsExactly("csmtpsink.dll");
    assertThat(stop.waited(stop.suspects().get(0))).isEqualTo(Duration.ofSeconds(252));
  }

  @Test
  void aStartMayHaveWaitedForTheModuleAfterWhichNothingMoreWasLoadedForLongest() {
    ComponentWait start =
        Waits.start(NIGHT).listed(2).listed(50, SINK).listed(8, SINK, SCAN).took(60);

    assertThat(names(start)).containsExactly("csmtpsink.dll");
    assertThat(start.waited(start.suspects().get(0))).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void aStartMayHaveWaitedForTheModuleThatWasLoadedLast() {
    ComponentWait start = Waits.start(NIGHT).listed(2, SCAN).listed(58, SCAN, SINK).took(60);

    assertThat(names(start)).containsExactly("csmtpsink.dll");
  }

  @Test
  void modulesThatWereThereToTheEndAreAllNamed() {
    assertThat(names(Waits.stop(NIGHT).listed(60, SCAN, SINK).took(60)))
        .containsExactly("scan.dll", "csmtpsink.dll");
  }

  @Test
  void nothingIsNamedWithoutAThirdParty() {
    assertThat(Waits.stop(NIGHT).listed(260).took(260).suspects()).isEmpty();
  }

  @Test
  void nothingIsNamedIfNoModuleWasThereForHalfOfIt() {
    assertThat(Waits.stop(NIGHT).listed(100, SINK).listed(160).took(260).suspects()).isEmpty();
  }

  @Test
  void nothingIsNamedIfItTookAsLongAsIsTypical() {
    assertThat(Waits.stop(NIGHT).listed(10, SINK).took(10).suspects()).isEmpty();
    assertThat(names(Waits.stop(NIGHT).listed(11, SINK).took(11))).isNotEmpty();
  }

  @Test
  void whereTooFewRestartsAreKnownItIsSlowAfterHalfAMinute() {
    assertThat(unknown(Duration.ofSeconds(30)).isSlow()).isFalse();
    assertThat(unknown(Duration.ofSeconds(31)).isSlow()).isTrue();
  }

  @Test
  void aFewSecondsMoreAreNothingUnusual() {
    ComponentWait stop =
        ComponentWait.begin(Phase.STOP, 1, NIGHT, true, Optional.of(Duration.ofSeconds(1)));

    assertThat(stop.lasting(NIGHT.plusSeconds(6)).isSlow()).isFalse();
    assertThat(stop.lasting(NIGHT.plusSeconds(7)).isSlow()).isTrue();
  }

  @Test
  void aModuleThatWasThereWhenTheListsEndedIsNamedHoweverLongItTookAfterwards() {
    ComponentWait stop = Waits.stop(NIGHT).listed(900, SINK).took(3_600);

    assertThat(stop.isSampled()).isFalse();
    assertThat(names(stop)).containsExactly("csmtpsink.dll");
  }

  @Test
  void modulesAndEventsAreBounded() {
    List<Component> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(new Component("m" + i + ".dll", "", ""));
    }
    ComponentWait wait = Waits.stop(NIGHT).lasting(1);
    for (int i = 0; i < 100; i++) {
      wait = wait.with(new VendorEvent("Contoso", i, Level.ERROR, NIGHT.plusSeconds(i)));
    }
    wait = wait.listed(new Components(many.subList(0, 40), 0, 0), NIGHT);
    wait = wait.listed(new Components(many.subList(30, 200), 0, 0), NIGHT.plusSeconds(1));

    assertThat(wait.loaded()).hasSize(ComponentWait.MOST_LOADED);
    assertThat(wait.present()).hasSize(20);
    assertThat(wait.events()).hasSize(ComponentWait.MOST_EVENTS);
    assertThat(wait.events().get(19).id()).isEqualTo(99);
  }

  @Test
  void theSlowOnesAreSummedUp() {
    WaitHistory history =
        new WaitHistory(
            List.of(
                Waits.stop(NIGHT).listed(60, SINK).took(60),
                Waits.stop(NIGHT.plusSeconds(1_000)).listed(60, SCAN).took(60),
                Waits.stop(NIGHT.plusSeconds(2_000)).listed(60, SINK).took(60),
                Waits.stop(NIGHT.plusSeconds(3_000)).listed(2, SINK).took(2),
                Waits.start(NIGHT.plusSeconds(3_600)).listed(60, SINK).took(60)),
            Optional.of(Waits.stop(NIGHT.plusSeconds(4_000)).listed(60, SINK).lasting(60)));

    assertThat(history.slow(Phase.STOP)).isEqualTo(4);
    assertThat(history.suspected("CSMTPSINK.DLL", Phase.STOP)).isEqualTo(3);
    assertThat(history.suspected("csmtpsink.dll", Phase.START)).isEqualTo(1);
    assertThat(history.last(Phase.STOP).orElseThrow().began()).isEqualTo(NIGHT.plusSeconds(3_000));
  }

  @Test
  void anOutageOfIisAdminHasItsStopAndItsStart() {
    ComponentWait stop = Waits.stop(NIGHT).took(10);
    ComponentWait start = Waits.start(NIGHT.plusSeconds(20)).took(5);
    ComponentWait next = Waits.stop(NIGHT.plusSeconds(60)).took(5);
    WaitHistory history = new WaitHistory(List.of(stop, start, next), Optional.empty());
    Outage outage =
        OutageBuilder.outage("IISADMIN", NIGHT.plusSeconds(1))
            .ended(NIGHT.plusSeconds(25), StartedBy.UNATTRIBUTED)
            .build();

    assertThat(history.of(outage)).containsExactly(stop, start);
    assertThat(history.of(OutageBuilder.outage("SMTPSVC", NIGHT).build())).isEmpty();
    assertThat(history.startOf(next)).contains(start);
    assertThat(history.startOf(stop)).isEmpty();
  }

  private static ComponentWait unknown(Duration took) {
    return ComponentWait.begin(Phase.STOP, 1, NIGHT, true, Optional.empty())
        .followed(ServiceState.STOPPED, NIGHT.plus(took));
  }

  private static List<String> names(ComponentWait wait) {
    return wait.suspects().stream().map(Loaded::component).map(Component::name).toList();
  }
}
