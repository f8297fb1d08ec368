package dev.imfexporter.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.EventCursor;
import dev.imfexporter.collector.Events;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLifeTest {
  private static final Map<ServiceState, Set<ServiceState>> LEGAL =
      Map.of(
          ServiceState.RUNNING, EnumSet.of(ServiceState.STOP_PENDING, ServiceState.STOPPED),
          ServiceState.STOP_PENDING, EnumSet.of(ServiceState.STOPPED),
          ServiceState.STOPPED, EnumSet.of(ServiceState.START_PENDING),
          ServiceState.START_PENDING, EnumSet.of(ServiceState.RUNNING, ServiceState.STOPPED));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aMonthHasItsNumbers(long seed) {
    for (LogShape shape : LogShape.values()) {
      HostLife life = HostLife.of(seed, shape);

      assertThat(TrueOutage.of(life)).hasSize(201);
      assertThat(life.updates()).hasSize(41);
      assertThat(life.updates().stream().map(TrueUpdate::kind))
          .contains(UpdateKind.DEFINITION, UpdateKind.WINDOWS);
      assertThat(life.log()).hasSize(10_000);
      assertThat(life.reboots()).hasSize(11);
      assertThat(life.absences()).hasSizeGreaterThan(30);
      assertThat(life.clockSteps()).hasSize(11);
    }
  }

  @Test
  void theSameSeedIsTheSameLife() {
    HostLife life = HostLife.of(7, LogShape.VISTA);
    HostLife again = HostLife.of(7, LogShape.VISTA);

    assertThat(again.transitions()).isEqualTo(life.transitions());
    assertThat(again.log()).isEqualTo(life.log());
    assertThat(again.absences()).isEqualTo(life.absences());
    assertThat(HostLife.of(8, LogShape.VISTA).transitions()).isNotEqualTo(life.transitions());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyChangeOfStateIsOneThatTheScmKnows(long seed) {
    HostLife life = HostLife.of(seed, LogShape.VISTA);

    for (LifeService service : LifeService.values()) {
      ServiceState state = ServiceState.RUNNING;
      Instant last = HostLife.BEGIN;
      for (TrueTransition next :
          life.transitions().stream().filter(t -> t.service() == service).toList()) {
        assertThat(LEGAL.get(state)).as("%s at %s", service, next.at()).contains(next.state());
        assertThat(next.at()).isAfter(last).isBefore(HostLife.END);
        state = next.state();
        last = next.at();
      }
      assertThat(state).isEqualTo(ServiceState.RUNNING);
    }
  }

  @Test
  void aServiceNeedsIisAdmin() {
    HostLife life = HostLife.of(3, LogShape.VISTA);

    for (TrueTransition start : life.transitions()) {
      if (start.state() == ServiceState.START_PENDING && start.service() != LifeService.IISADMIN) {
        assertThat(life.state(LifeService.IISADMIN, start.at()))
            .as("%s", start)
            .isEqualTo(ServiceState.RUNNING);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingHappensOnAHostThatIsDownAndAbsencesDoNotOverlap(long seed) {
    HostLife life = HostLife.of(seed, LogShape.SERVER_2003);

    assertThat(life.log()).allMatch(event -> life.isUp(event.at()));
    for (Reboot reboot : life.reboots()) {
      assertThat(life.transitions())
          .noneMatch(
              t -> t.at().isAfter(reboot.down().plusMillis(1)) && t.at().isBefore(reboot.up()));
    }
    Instant last = HostLife.BEGIN;
    for (Absence absence : life.absences()) {
      assertThat(absence.from()).isAfter(last);
      assertThat(absence.until()).isAfter(absence.from());
      last = absence.until();
    }
  }

  /** Else an error of the clock would decide what belongs to an update. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noOutageIsNearTheLimitOfAnUpdate(long seed) {
    HostLife life = HostLife.of(seed, LogShape.VISTA);

    for (TrueUpdate update : life.updates()) {
      for (TrueUpdate.TrueSign sign : update.signs()) {
        for (TrueOutage outage : TrueOutage.of(life)) {
          Duration after = Duration.between(sign.at(), outage.began());
          assertThat(after.plusMinutes(10).abs()).isGreaterThan(Duration.ofSeconds(45));
          assertThat(after.minusMinutes(30).abs()).isGreaterThan(Duration.ofSeconds(45));
        }
      }
    }
  }

  @Test
  void noDurationIsNearALimit() {
    for (long seed = 1; seed <= 10; seed++) {
      for (TrueOutage outage : TrueOutage.of(HostLife.of(seed, LogShape.VISTA))) {
        long halt = outage.reboot().isPresent() ? 600 : 300;
        assertThat(Math.abs(outage.counted().toSeconds() - halt))
            .as("%s", outage)
            .isGreaterThan(30);
      }
    }
  }

  @Test
  void recordsAreInTheOrderOfTimeAndCarryTheHostsClock() {
    HostLife life = HostLife.of(5, LogShape.VISTA);

    long record = 0;
    Instant last = HostLife.BEGIN;
    boolean wentBack = false;
    Instant lastWritten = Instant.MIN;
    for (LifeEvent event : life.log()) {
      assertThat(event.record()).isEqualTo(++record);
      assertThat(event.at()).isAfterOrEqualTo(last);
      assertThat(event.written()).isEqualTo(event.written().truncatedTo(ChronoUnit.SECONDS));
      wentBack |= event.written().isBefore(lastWritten);
      last = event.at();
      lastWritten = event.written();
    }
    assertThat(wentBack).isTrue();
  }

  @Test
  void onlyTheOldWindowsNamesWhoStartedAService() {
    assertThat(HostLife.of(5, LogShape.VISTA).log()).noneMatch(event -> event.id() == 7035);
    assertThat(HostLife.of(5, LogShape.SERVER_2003).log())
        .anyMatch(e -> e.id() == 7035 && e.sid().equals(Optional.of(LogBook.ADMINISTRATOR)))
        .allMatch(event -> event.data().isEmpty());
  }

  @Test
  void everyEventIsReadOnceFromTheCursorOn() {
    HostLife life = HostLife.of(5, LogShape.VISTA);
    Optional<EventCursor> cursor = Optional.empty();
    List<LoggedEvent> read = new ArrayList<>();
    for (Instant t = HostLife.BEGIN; t.isBefore(HostLife.END); t = t.plusSeconds(7000)) {
      Events.LogRead log = life.events(cursor, t).logs().get(0);
      read.addAll(log.events());
      cursor = log.cursor();
    }
    read.addAll(life.events(cursor, HostLife.END).logs().get(0).events());

    assertThat(read)
        .isEqualTo(life.log().stream().flatMap(event -> event.logged().stream()).toList());
  }

  @Test
  void stepsComeInTheOrderOfTimeAndNoneWhileTheExporterIsAway() {
    HostLife life = HostLife.of(5, LogShape.VISTA);
    Instant last = HostLife.BEGIN;
    boolean present = false;
    long notifications = 0;
    for (Step step : life.steps(EnumSet.allOf(Source.class), List.of()).toList()) {
      boolean starts = step instanceof Step.ExporterStarts;
      if (step.at().isBefore(last) || present == starts) {
        throw new AssertionError(step + " after " + last + ", exporter runs: " + present);
      }
      last = step.at();
      present = !(step instanceof Step.ExporterStops);
      notifications += step instanceof Step.Notification ? 1 : 0;
    }
    assertThat(notifications).isBetween(400L, (long) life.transitions().size());
  }
}
