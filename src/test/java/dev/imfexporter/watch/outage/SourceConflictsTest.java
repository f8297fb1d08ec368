package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.boots;
import static dev.imfexporter.watch.outage.OutageCases.time;
import static dev.imfexporter.watch.outage.OutageCases.transitions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events are known without a gap from 0 to 100; {@link OutageCases} explains the cells. */
class SourceConflictsTest {

  @ParameterizedTest
  @CsvSource({
    "STOPPED@50, true",
    "RUNNING@50, true",
    "PAUSED@50, true",
    "STOPPED@50/EN, false",
    // States on the way have no events.
    "STOP_PENDING@50, false",
    "START_PENDING@50, false",
    // The event may still come.
    "STOPPED@98, true",
    "STOPPED@99, false",
    // The transition may be older than the known events.
    "STOPPED@50~50/P, true",
    "STOPPED@50~51/P, false",
    "STOPPED@50~/P, false"
  })
  void transitionShouldHaveAnEvent(String transition, boolean conflict) {
    assertThat(conflicts(transition, null, null)).hasSize(conflict ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "STOPPED@50/E, 10, true",
    "STOPPED@50/EN, 10, false",
    "STOPPED@50/EP, 10, false",
    // The transition may be older than the notifications.
    "STOPPED@50/E, 47, true",
    "STOPPED@50/E, 48, false",
    "STOPPED@50~3/E, 45, false"
  })
  void transitionShouldHaveANotification(String transition, String notified, boolean conflict) {
    assertThat(conflicts(transition, notified, null)).hasSize(conflict ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "STOPPED@50, 20..40, false",
    "STOPPED@50, 60..70, false",
    "STOPPED@1000, 930..939, true",
    "STOPPED@1000, 930..940, false",
    "STOPPED@1000, 1060..1070, false",
    "STOPPED@1000, 1061..1070, true"
  })
  void eventsOfAMinuteAroundABootMayBeMissing(String transition, String boots, boolean conflict) {
    SourceConflicts conflicts = new SourceConflicts(time("2000"), time("0"), null, boots(boots));

    assertThat(conflicts.in(transitions(transition))).hasSize(conflict ? 1 : 0);
  }

  @Test
  void eventWithoutNotificationsIsNoConflict() {
    assertThat(conflicts("STOPPED@50/E", null, null)).isEmpty();
  }

  @Test
  void conflictIsFoundOnce() {
    SourceConflicts conflicts = new SourceConflicts(time("100"), time("0"), null, List.of());

    assertThat(conflicts.in(List.of(transitions("STOPPED@50").get(0).dispute()))).isEmpty();
  }

  private static List<?> conflicts(
      String transition, @Nullable String notified, @Nullable String boots) {
    return new SourceConflicts(
            time("100"), time("0"), notified == null ? null : time(notified), boots(boots))
        .in(transitions(transition));
  }
}
