package dev.imfexporter.access.demo;

import static dev.imfexporter.watch.model.PlannedCollector.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.ComponentsReading;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.collector.SmtpReading;
import dev.imfexporter.collector.event.EventDecoders;
import dev.imfexporter.collector.event.EventsReading;
import dev.imfexporter.collector.event.RoutineUpdates;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.Module;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.Plans;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.MailFlow;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Standing;
import dev.imfexporter.watch.model.WatchPlan;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the exporter makes of each day of the story, begun shortly before it. */
class DemoDaysTest {
  private final TestTime time = new TestTime();

  @Test
  void anUpdateHaltsMailForMinutes() {
    assertThat(after(Duration.ZERO, Duration.ofMinutes(7)).history().mailFlow().state())
        .isEqualTo(MailFlow.State.HALTED);
  }

  @Test
  void thePlugInIsNamedThatWasLoadedWhileIisAdminStoppedSlowly() {
    ComponentWait stop =
        after(Duration.ZERO, Duration.ofMinutes(7))
            .history()
            .waits()
            .last(Phase.STOP)
            .orElseThrow();

    assertThat(stop.took()).isBetween(Duration.ofSeconds(42), Duration.ofSeconds(44));
    assertThat(stop.samples()).isGreaterThan(40);
    assertThat(stop.suspects())
        .extracting(suspect -> suspect.component().name())
        .containsExactly("csmtpsink.dll");
  }

  @Test
  void noPlugInIsNamedWhenIisAdminStopsAndStartsQuickly() {
    HostHistory quick = after(Duration.ofMinutes(11), Duration.ofMinutes(6)).history();

    assertThat(quick.waits().past()).hasSize(2);
    assertThat(quick.waits().past()).allMatch(wait -> wait.suspects().isEmpty());
  }

  @Test
  void anInstallerLeavesSmtpDisabled() {
    HostSnapshot snapshot = after(Duration.ofMinutes(20), Duration.ofMinutes(8));
    HostHistory history = snapshot.history();

    assertThat(likely(snapshot)).containsExactly(Trouble.LEFT_DISABLED);
    assertThat(history.mailFlow().state()).isEqualTo(MailFlow.State.HALTED);
    assertThat(history.services())
        .filteredOn(service -> service.name().equals("SMTPSVC"))
        .singleElement()
        .matches(smtp -> smtp.standing() == Standing.LEFT_DOWN_BY_UPDATE);
  }

  @Test
  void whatTheNextHopRefusesBounces() {
    HostSnapshot snapshot = after(Duration.ofMinutes(34), Duration.ofMinutes(10));

    assertThat(snapshot.history().mailFlow().state()).isEqualTo(MailFlow.State.BOUNCING);
    assertThat(likely(snapshot)).containsExactly(Trouble.NEXT_HOP_REFUSES_LOGIN);
  }

  @Test
  void theStoryBeginsAnewWithMailThatFlows() {
    assertThat(after(Duration.ofMinutes(34), Duration.ofMinutes(80)).history().mailFlow().state())
        .isEqualTo(MailFlow.State.FLOWING);
  }

  private static List<Trouble> likely(HostSnapshot snapshot) {
    return Troubles.of(snapshot).likely().stream().map(Cause::trouble).toList();
  }

  /** Watches for some time from a point of the story. */
  private HostSnapshot after(Duration start, Duration watched) {
    List<Runnable> ticks = new ArrayList<>();
    try (DemoHost host = DemoHost.play(time, start);
        HostWatcher watcher =
            HostWatcher.start(
                plan(),
                host,
                FactStore.none(),
                Runnable::run,
                (interval, task) -> {
                  ticks.add(task);
                  return () -> {};
                },
                time,
                run -> {})) {
      for (long second = 0; second < watched.toSeconds(); second++) {
        time.advance(Duration.ofSeconds(1));
        ticks.forEach(Runnable::run);
      }
      return watcher.scrape(Duration.ofSeconds(5)).join();
    }
  }

  private WatchPlan plan() {
    return Plans.of(
        "demo",
        planned(
                CollectorKey.SERVICES,
                new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
                Duration.ofSeconds(1))
            .every(Duration.ZERO),
        planned(
            CollectorKey.DEFINITION,
            new DefinitionReading(Optional.empty(), ZoneOffset.UTC),
            Duration.ofMinutes(1)),
        planned(CollectorKey.SMTP, new SmtpReading(), Duration.ofSeconds(1))
            .every(Duration.ofSeconds(15))
            .needing(Need.SMTP_RUNNING),
        planned(CollectorKey.COMPONENTS, new ComponentsReading(), Duration.ofMinutes(5))
            .forScrapes()
            .needing(Need.SERVICES_READ),
        planned(
                CollectorKey.EVENTS,
                new EventsReading(
                    EventsReading.LOGS,
                    log -> Optional.empty(),
                    new EventDecoders(
                        Module.DEFAULT.events().providers(),
                        RoutineUpdates.SHIPPED,
                        ServiceWords.NONE),
                    Duration.ofDays(1),
                    time),
                Duration.ofSeconds(5))
            .every(Duration.ofSeconds(5)));
  }
}
