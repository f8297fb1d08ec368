package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.boots;
import static dev.imfexporter.watch.outage.OutageCases.log;
import static dev.imfexporter.watch.outage.OutageCases.time;
import static dev.imfexporter.watch.outage.OutageCases.transition;
import static dev.imfexporter.watch.outage.OutageCases.transitions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.watch.fact.ServiceFact.ControlSent;
import dev.imfexporter.watch.model.StartedBy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link OutageCases} explains the cells. */
class AttributionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // The newest control to stop, that is not later than the stop.
        "-, -, STOPPED@700, -",
        "stop@690, -, STOPPED@700, 690",
        "start@690, -, STOPPED@700, -",
        "stop@650 stop@690, -, STOPPED@700, 690",
        "stop@650 start@690, -, STOPPED@700, 650",
        "stop@701, -, STOPPED@700, -",
        "stop@701, -, STOPPED@700/E, 701",
        "stop@702~2, -, STOPPED@700, 702",
        // Not one of an earlier outage, which ended with RUNNING.
        "stop@690, 692, STOPPED@700, -",
        "stop@690, 691, STOPPED@700, 690",
        // Not one that the service ignored for ten minutes.
        "stop@99, -, STOPPED@700, 99",
        "stop@98, -, STOPPED@700, -"
      })
  void stopIsAttributedToAControl(
      @Nullable String controls, @Nullable String running, String stopped, @Nullable String at) {
    assertThat(
            Attribution.stopControl(
                    log(controls).controls(),
                    running == null ? null : time(running),
                    transition(stopped))
                .map(ControlSent::at))
        .isEqualTo(Optional.ofNullable(at).map(OutageCases::time));
  }

  /** The outage begins at 10. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "STOPPED@10, RUNNING@20, -, -, UNATTRIBUTED",
        // A user's start control after the last stop.
        "STOPPED@10, RUNNING@20, start@15, -, ADMINISTRATOR",
        "STOPPED@10, RUNNING@20, stop@15, -, UNATTRIBUTED",
        "STOPPED@10, RUNNING@20, start@8, -, UNATTRIBUTED",
        "STOPPED@10, RUNNING@20, start@9, -, ADMINISTRATOR",
        "STOPPED@10, RUNNING@20, start@20, -, ADMINISTRATOR",
        "STOPPED@10, RUNNING@20, start@21, -, UNATTRIBUTED",
        "STOPPED@10 STOPPED@40, RUNNING@60, start@15, -, UNATTRIBUTED",
        "STOPPED@10 STOPPED@40, RUNNING@60, start@15 start@55, -, ADMINISTRATOR",
        "-, RUNNING@20, start@15, -, ADMINISTRATOR",
        // A recovery action that was announced within ten minutes before.
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@20, -, -, RECOVERY_ACTION",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@610, -, -, RECOVERY_ACTION",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@611, -, -, UNATTRIBUTED",
        "STOPPED@10!TERMINATED, RUNNING@20, -, -, UNATTRIBUTED",
        "STOPPED@10!ERROR STOPPED@40!TERMINATED_RECOVERING, RUNNING@60, -, -, RECOVERY_ACTION",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@20, start@15, -, ADMINISTRATOR",
        // Not one that failed (7000): then something else started the service later.
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@90, failed@11, -, UNATTRIBUTED",
        "STOPPED@10.2!TERMINATED_RECOVERING, RUNNING@90, failed@10, -, UNATTRIBUTED",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@90, failed@8, -, RECOVERY_ACTION",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@90, failed@91, -, RECOVERY_ACTION",
        "STOPPED@10, RUNNING@90, start@15 failed@16, -, UNATTRIBUTED",
        "STOPPED@10, RUNNING@90, failed@16 start@16, -, ADMINISTRATOR",
        "STOPPED@10, RUNNING@90, start@15 failed@15 start@80, -, ADMINISTRATOR",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@90, failed@11 start@80, -, ADMINISTRATOR",
        // A boot in between, unless something else was announced after it.
        "STOPPED@10, RUNNING@90, -, 12..60, BOOT",
        "STOPPED@10, RUNNING@90, -, 5..60, BOOT",
        "STOPPED@10, RUNNING@90, -, 91..99, UNATTRIBUTED",
        "STOPPED@10, RUNNING@90, -, 2..9, UNATTRIBUTED",
        "STOPPED@10, RUNNING@90, start@80, 12..60, ADMINISTRATOR",
        "STOPPED@10!TERMINATED_RECOVERING, RUNNING@90, -, 12..60, BOOT",
        "STOPPED@10 STOPPED@70!TERMINATED_RECOVERING, RUNNING@90, -, 12..60, RECOVERY_ACTION"
      })
  void startIsAttributed(
      @Nullable String stops,
      String running,
      @Nullable String controls,
      @Nullable String boots,
      StartedBy by) {
    Attribution attribution =
        new Attribution(log(controls), boots(boots), time("10"), transitions(stops));

    assertThat(attribution.startedBy(transition(running))).isEqualTo(by);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "RUNNING@90, 12..60, true",
        "RUNNING@90, 2..10, true",
        "RUNNING@90, 2..9, false",
        "RUNNING@90, 90..99, true",
        "RUNNING@90, 91..99, false",
        "-, 91..99, true",
        "-, -, false"
      })
  void hostWasDownDuringAnOutage(
      @Nullable String running, @Nullable String boots, boolean shutdown) {
    Attribution attribution =
        new Attribution(log(null), boots(boots), time("10"), transitions("STOPPED@10"));

    assertThat(attribution.shutdown(running == null ? null : transition(running)))
        .isEqualTo(shutdown);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, false",
        "STOPPED@10, false",
        "STOPPED@10!ERROR, true",
        "STOPPED@10!TERMINATED STOPPED@40, true",
        "STOPPED@10 STOPPED@40!TERMINATED, false"
      })
  void firstStopIsAFailure(@Nullable String stops, boolean failed) {
    assertThat(new Attribution(log(null), boots(null), time("10"), transitions(stops)).failed())
        .isEqualTo(failed);
  }
}
