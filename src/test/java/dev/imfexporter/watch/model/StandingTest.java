package dev.imfexporter.watch.model;

import static dev.imfexporter.watch.model.Standing.DISABLED;
import static dev.imfexporter.watch.model.Standing.DOWN;
import static dev.imfexporter.watch.model.Standing.LEFT_DOWN_BY_UPDATE;
import static dev.imfexporter.watch.model.Standing.MISSING;
import static dev.imfexporter.watch.model.Standing.PAUSED;
import static dev.imfexporter.watch.model.Standing.REMOVED;
import static dev.imfexporter.watch.model.Standing.RESTING;
import static dev.imfexporter.watch.model.Standing.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.watch.model.Standing.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each cell of state × start mode × ran before or not × downgraded by an update or not, by tables
 * that were written apart from the code.
 */
class StandingTest {

  /** The columns: not disabled, and disabled. A start mode that is not known is as automatic. */
  private record Row(@Nullable ServiceState state, Standing enabled, Standing disabled) {}

  /** It never ran, as far as known. A state other than STOPPED shows that something started it. */
  private static final List<Row> NEVER_RAN =
      List.of(
          new Row(null, MISSING, MISSING),
          new Row(ServiceState.RUNNING, RUNNING, RUNNING),
          new Row(ServiceState.STOPPED, RESTING, DISABLED),
          new Row(ServiceState.START_PENDING, DOWN, DISABLED),
          new Row(ServiceState.STOP_PENDING, DOWN, DISABLED),
          new Row(ServiceState.PAUSE_PENDING, PAUSED, PAUSED),
          new Row(ServiceState.PAUSED, PAUSED, PAUSED),
          new Row(ServiceState.CONTINUE_PENDING, PAUSED, PAUSED));

  private static final List<Row> RAN =
      List.of(
          new Row(null, REMOVED, REMOVED),
          new Row(ServiceState.RUNNING, RUNNING, RUNNING),
          new Row(ServiceState.STOPPED, DOWN, DISABLED),
          new Row(ServiceState.START_PENDING, DOWN, DISABLED),
          new Row(ServiceState.STOP_PENDING, DOWN, DISABLED),
          new Row(ServiceState.PAUSE_PENDING, PAUSED, PAUSED),
          new Row(ServiceState.PAUSED, PAUSED, PAUSED),
          new Row(ServiceState.CONTINUE_PENDING, PAUSED, PAUSED));

  /** It ran when an update began, which made its start mode weaker. */
  private static final List<Row> LEFT_DOWN =
      List.of(
          new Row(null, REMOVED, REMOVED),
          new Row(ServiceState.RUNNING, RUNNING, RUNNING),
          new Row(ServiceState.STOPPED, LEFT_DOWN_BY_UPDATE, LEFT_DOWN_BY_UPDATE),
          new Row(ServiceState.START_PENDING, LEFT_DOWN_BY_UPDATE, LEFT_DOWN_BY_UPDATE),
          new Row(ServiceState.STOP_PENDING, LEFT_DOWN_BY_UPDATE, LEFT_DOWN_BY_UPDATE),
          new Row(ServiceState.PAUSE_PENDING, PAUSED, PAUSED),
          new Row(ServiceState.PAUSED, PAUSED, PAUSED),
          new Row(ServiceState.CONTINUE_PENDING, PAUSED, PAUSED));

  @Test
  void serviceThatNeverRanHasAStanding() {
    assertThat(actual(new Evidence(false, false))).isEqualTo(expected(NEVER_RAN));
    // A service that never ran cannot have been left down.
    assertThat(actual(new Evidence(false, true))).isEqualTo(expected(NEVER_RAN));
  }

  @Test
  void serviceThatRanBeforeHasAStanding() {
    assertThat(actual(new Evidence(true, false))).isEqualTo(expected(RAN));
  }

  @Test
  void serviceThatAnUpdateDowngradedHasAStanding() {
    assertThat(actual(new Evidence(true, true))).isEqualTo(expected(LEFT_DOWN));
  }

  @Test
  void downIsWhatShouldRunAndDoesNot() {
    for (Standing standing : Standing.values()) {
      assertThat(standing.isDown())
          .isEqualTo(List.of(DOWN, LEFT_DOWN_BY_UPDATE, REMOVED).contains(standing));
    }
  }

  private static List<String> actual(Evidence evidence) {
    List<String> cells = new ArrayList<>();
    for (Row row : NEVER_RAN) {
      Optional<ServiceState> state = Optional.ofNullable(row.state);
      cells.add(cell(state, "unknown", Standing.of(state, Optional.empty(), evidence)));
      for (StartMode mode : StartMode.values()) {
        cells.add(cell(state, mode.name(), Standing.of(state, Optional.of(mode), evidence)));
      }
    }
    return cells;
  }

  private static List<String> expected(List<Row> table) {
    assertThat(table).hasSize(ServiceState.values().length + 1);
    List<String> cells = new ArrayList<>();
    for (Row row : table) {
      Optional<ServiceState> state = Optional.ofNullable(row.state);
      cells.add(cell(state, "unknown", row.enabled));
      for (StartMode mode : StartMode.values()) {
        Standing standing = mode == StartMode.DISABLED ? row.disabled : row.enabled;
        cells.add(cell(state, mode.name(), standing));
      }
    }
    return cells;
  }

  private static String cell(Optional<ServiceState> state, String mode, Standing standing) {
    return state.map(Enum::name).orElse("missing") + " " + mode + " " + standing;
  }
}
