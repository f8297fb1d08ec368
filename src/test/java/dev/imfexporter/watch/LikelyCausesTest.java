package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.Fact.CausesChanged;
import dev.imfexporter.watch.model.LikelyCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Known troubles that were likely, from the comparison to the facts of the journal. */
class LikelyCausesTest {
  private final TestTime time = new TestTime();
  private final List<Fact> facts = new ArrayList<>();
  private ObservedState state = ObservedState.begin(false, facts, time.now());

  @Test
  void aCauseIsKeptFromItsBeginToItsEnd() {
    LikelyCause disk = new LikelyCause("disk_full", at(60), Optional.of(at(180)));
    LikelyCause port = new LikelyCause("port_taken", at(120), Optional.empty());
    compare(60, "disk_full");
    compare(120, "port_taken", "disk_full");
    compare(180, "port_taken");

    assertThat(LikelyCauses.in(facts)).containsExactly(disk, port);
    assertThat(LikelyCauses.in(state.state().summary())).containsExactly(disk, port);
  }

  @Test
  void whatStaysAsItIsWritesNothing() {
    compare(60);
    compare(120, "disk_full");
    compare(180, "disk_full");

    assertThat(facts).containsExactly(new CausesChanged(at(120), List.of("disk_full")));
  }

  @Test
  void aCauseGoesOnAfterARestartOfTheExporter() {
    compare(60, "disk_full");
    state = ObservedState.begin(false, facts, time.now());
    compare(120, "disk_full");
    compare(180);

    assertThat(LikelyCauses.in(facts))
        .containsExactly(new LikelyCause("disk_full", at(60), Optional.of(at(180))));
  }

  @Test
  void theNewestAreKept() {
    for (int minute = 1; minute <= 300; minute++) {
      compare(60 * minute, minute % 2 == 0 ? new String[0] : new String[] {"disk_full"});
    }

    List<LikelyCause> kept = LikelyCauses.in(state.state().summary());
    assertThat(kept).hasSize(100);
    assertThat(kept.get(99).from()).isEqualTo(at(60 * 299));
  }

  @Test
  void oneThatLastsIsKeptHoweverOldItIs() {
    compare(30, "port_taken");
    for (int minute = 1; minute <= 300; minute++) {
      compare(
          60 * minute,
          minute % 2 == 0 ? new String[] {"port_taken"} : new String[] {"disk_full", "port_taken"});
    }

    LikelyCause port = new LikelyCause("port_taken", at(30), Optional.empty());
    List<LikelyCause> kept = LikelyCauses.in(state.state().summary());
    assertThat(kept).hasSize(100).startsWith(port);
    assertThat(kept.subList(1, 100)).extracting(LikelyCause::trouble).containsOnly("disk_full");
    assertThat(kept.get(99).from()).isEqualTo(at(60 * 299));
    assertThat(LikelyCauses.in(facts)).isEqualTo(kept);
  }

  private Instant at(int second) {
    return new TestTime().instant().plusSeconds(second);
  }

  private void compare(int second, String... likely) {
    time.advance(Duration.between(time.instant(), at(second)));
    state.step(new Observation.TroublesCompared(Set.of(likely), time.now()));
  }
}
