package dev.imfexporter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.life.HostLife;
import dev.imfexporter.life.LogShape;
import dev.imfexporter.life.Observed;
import dev.imfexporter.life.Oracle;
import dev.imfexporter.watch.model.Source;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A month of a host (10,000 events, 201 outages, 41 updates, reboots, clocks that are set, an
 * exporter that is away and killed), compared with an oracle that was written apart.
 */
class ThirtyDaysTest {
  private static final long SEED = Long.getLong("life.seed", 20261122);

  static Stream<Arguments> lives() {
    return Stream.of(
        Arguments.of(LogShape.VISTA, EnumSet.allOf(Source.class)),
        Arguments.of(LogShape.VISTA, EnumSet.of(Source.EVENT, Source.POLL)),
        Arguments.of(LogShape.SERVER_2003, EnumSet.of(Source.EVENT, Source.POLL)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void historyOfThirtyDaysAgreesWithTheOracle(LogShape shape, Set<Source> sources) {
    HostLife life = HostLife.of(SEED, shape);
    Oracle oracle = Oracle.of(life, shape, sources);

    Observed observed = new LifePlayer(life, sources).play(oracle.checkpoints());

    assertThat(oracle.check(observed)).isEmpty();
  }
}
