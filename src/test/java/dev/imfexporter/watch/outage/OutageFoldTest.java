package dev.imfexporter.watch.outage;

import static dev.imfexporter.watch.outage.OutageCases.boots;
import static dev.imfexporter.watch.outage.OutageCases.log;
import static dev.imfexporter.watch.outage.OutageCases.transitions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.outage.OutageFold.UnsettledOutage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link OutageCases} explains the cells. */
class OutageFoldTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // before, transitions = outages with their phases
        "RUNNING, -, -",
        "RUNNING, STOPPED@10 RUNNING@20, 10..20",
        "RUNNING, STOPPED@10, 10..",
        "RUNNING, STOP_PENDING@10 STOPPED@13 START_PENDING@17 RUNNING@22, 10..22 stop=3 down=4"
            + " start=5",
        "RUNNING, STOPPED@10 RUNNING@20 STOPPED@30 RUNNING@45 STOP_PENDING@50, 10..20 30..45 50..",
        // A paused service keeps its connections; stopped from there, it is out from the stop on.
        "RUNNING, PAUSE_PENDING@10 PAUSED@11 CONTINUE_PENDING@19 RUNNING@20, -",
        "RUNNING, PAUSED@11 STOP_PENDING@15 STOPPED@16 RUNNING@20, 15..20 stop=1",
        "-, PAUSED@11/E STOPPED@15 RUNNING@20, 15..20",
        // A start that failed is part of the time in which the service was down.
        "RUNNING, STOPPED@10 START_PENDING@12 STOPPED@14 START_PENDING@20 RUNNING@23, 10..23"
            + " down=10 start=3",
        "RUNNING, STOPPED@10 START_PENDING@11 STOP_PENDING@12 STOPPED@17 RUNNING@18, 10..18",
        // A start that was found after a longer time without polls has no begin.
        "RUNNING, STOPPED@10 START_PENDING@80~60/P RUNNING@90, 10..90 down=70 start=10",
        "RUNNING, STOPPED@10 START_PENDING@80~61/P RUNNING@90, 10..90",
        "RUNNING, STOPPED@10 START_PENDING@80~/P RUNNING@90, 10..90",
        // So has a stop that was under way then.
        "RUNNING, STOP_PENDING@80~60/P STOPPED@85 RUNNING@90, 80..90 stop=5",
        "RUNNING, STOP_PENDING@80~61/P STOPPED@85 RUNNING@90, 80..90",
        "RUNNING, STOP_PENDING@80~/P STOPPED@85 START_PENDING@87 RUNNING@90, 80..90 down=2 start=3",
        // Phases within one poll were not measured.
        "RUNNING, STOP_PENDING@10 STOPPED@10 START_PENDING@12 RUNNING@12, 10..12 down=2",
        // Nothing known before: only a dated transition has left RUNNING.
        "-, STOPPED@10~/P RUNNING@20, -",
        "-, STOPPED@10/E RUNNING@20, 10..20",
        "-, START_PENDING@10/E RUNNING@20, -",
        "STOPPED, START_PENDING@10 RUNNING@20 STOPPED@30, 30..",
        "START_PENDING, STOPPED@10 RUNNING@20, -",
        // Settled outages are skipped, with what came late of them.
        "RUNNING, STOPPED@10[ RUNNING@20] STOPPED@30 RUNNING@40, 30..40",
        "RUNNING, STOPPED@10[ RUNNING@12 STOPPED@14 RUNNING@20] STOPPED@30, 30.."
      })
  void transitionsMakeOutages(
      @Nullable ServiceState before, @Nullable String transitions, @Nullable String outages) {
    assertThat(text(fold(before, transitions, null, null)))
        .isEqualTo(outages == null ? "" : outages);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // transitions, controls, boots = crash, host was down, started by
        "STOPPED@10 RUNNING@20, -, -, 10..20 by=unattributed",
        "STOPPED@10!TERMINATED RUNNING@20, -, -, 10..20 crash by=unattributed",
        "STOPPED@10!ERROR RUNNING@20, -, -, 10..20 crash by=unattributed",
        "STOPPED@10!TERMINATED, -, -, 10.. crash",
        // After a control to stop, an ending is no crash, and the control begins the outage.
        "STOP_PENDING@9 STOPPED@10!TERMINATED RUNNING@20, -, -, 9..20 stop=1 by=unattributed",
        "STOPPED@10!TERMINATED RUNNING@20, stop@6, -, 6..20 stop=4 by=unattributed",
        "STOPPED@10 RUNNING@20, stop@6, -, 6..20 stop=4 by=unattributed",
        // A control later than the stop, within its second, does not begin it.
        "STOPPED@10/E RUNNING@20, stop@11, -, 10..20 by=unattributed",
        // Only the first stop can be a crash.
        "STOPPED@10 START_PENDING@12 STOPPED@14!TERMINATED RUNNING@20, -, -, 10..20"
            + " by=unattributed",
        "STOPPED@10 RUNNING@20, start@15, -, 10..20 by=administrator",
        "STOPPED@10!TERMINATED_RECOVERING RUNNING@20, -, -, 10..20 crash by=recovery_action",
        "STOPPED@10 RUNNING@90, -, 10..60, 10..90 shutdown by=boot",
        "STOPPED@10, -, 10..60, 10.. shutdown",
        "STOPPED@10 RUNNING@20, -, 30..60, 10..20 by=unattributed"
      })
  void outageIsAttributed(
      String transitions, @Nullable String controls, @Nullable String boots, String outage) {
    List<UnsettledOutage> outages = fold(ServiceState.RUNNING, transitions, controls, boots);

    assertThat(text(outages) + attribution(outages.get(0).outage())).isEqualTo(outage);
  }

  @Test
  void unsettledOutageRefersToItsTransitionsAndHasTheirLowestSerial() {
    List<UnsettledOutage> outages =
        fold(ServiceState.RUNNING, "STOPPED@10 RUNNING@20 STOPPED@30~9/P RUNNING@40/E", null, null);

    assertThat(outages).extracting(UnsettledOutage::begin).containsExactly(0, 2);
    assertThat(outages).extracting(UnsettledOutage::end).containsExactly(1, 3);
    assertThat(outages).extracting(o -> o.outage().number()).containsExactly(1L, 3L);
    assertThat(outages)
        .extracting(UnsettledOutage::superseded)
        .containsExactly(OutageCases.time("20"), OutageCases.time("41"));
  }

  @Test
  void oldestOutageIsFoundWithoutTheOthers() {
    List<UnsettledOutage> first =
        OutageFold.of(
            OutageCases.SERVICE,
            transitions("STOPPED@10 RUNNING@20 STOPPED@30 RUNNING@40"),
            ServiceState.RUNNING,
            StartLog.EMPTY,
            List.of(),
            1);

    assertThat(text(first)).isEqualTo("10..20");
  }

  private static List<UnsettledOutage> fold(
      @Nullable ServiceState before,
      @Nullable String transitions,
      @Nullable String controls,
      @Nullable String boots) {
    return OutageFold.of(
        OutageCases.SERVICE,
        transitions(transitions),
        before,
        log(controls),
        boots(boots),
        Integer.MAX_VALUE);
  }

  private static String text(List<UnsettledOutage> outages) {
    return outages.stream().map(o -> text(o.outage())).collect(Collectors.joining(" "));
  }

  private static String text(Outage outage) {
    return OutageCases.seconds(outage.began())
        + ".."
        + outage.ended().map(OutageCases::seconds).orElse("")
        + outage.phases().entrySet().stream()
            .map(phase -> " " + phase.getKey().word() + "=" + phase.getValue().toSeconds())
            .collect(Collectors.joining());
  }

  private static String attribution(Outage outage) {
    return (outage.crash() ? " crash" : "")
        + (outage.shutdown() ? " shutdown" : "")
        + outage.startedBy().map(by -> " by=" + by.word()).orElse("");
  }
}
