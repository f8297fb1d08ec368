package dev.imfexporter.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.bed.ServiceBehaviour.OnStart;
import dev.imfexporter.bed.ServiceBehaviour.OnStop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bed does what its tests rely on. Runs inside the Windows JVM and from Linux alike. */
@Tag("windows")
class WindowsBedTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final WindowsBed bed = WindowsBed.open();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    bed.reset();
  }

  @Test
  void slowStopAndStartStandInTheLogWithTheirLengths() {
    bed.behaviour(
        "SMTPSVC",
        ServiceBehaviour.normal()
            .stoppingAfter(Duration.ofMillis(300))
            .startingAfter(Duration.ofMillis(400)));

    bed.stop("SMTPSVC");
    bed.start("SMTPSVC");

    List<LoggedStatus> log = bed.serviceLog();
    assertThat(log)
        .extracting(LoggedStatus::state)
        .containsExactly(
            ServiceState.STOP_PENDING,
            ServiceState.STOPPED,
            ServiceState.START_PENDING,
            ServiceState.RUNNING);
    assertThat(Duration.between(log.get(0).at(), log.get(1).at()))
        .isBetween(Duration.ofMillis(299), LIMIT);
    assertThat(Duration.between(log.get(2).at(), log.get(3).at()))
        .isBetween(Duration.ofMillis(399), LIMIT);
  }

  @Test
  void thePlugInHoldsUpTheStartAndTheStopOfItsService() {
    bed.stop("SMTPSVC");
    bed.plugin("SMTPSVC", "C:\\imf-bed\\plugin.dll");
    bed.pluginDelays(Duration.ofMillis(400), Duration.ofMillis(300));

    bed.start("SMTPSVC");
    bed.stop("SMTPSVC");

    List<LoggedStatus> log = bed.serviceLog();
    int start = log.size() - 4;
    assertThat(log.subList(start, log.size()))
        .extracting(LoggedStatus::state)
        .containsExactly(
            ServiceState.START_PENDING,
            ServiceState.RUNNING,
            ServiceState.STOP_PENDING,
            ServiceState.STOPPED);
    assertThat(Duration.between(log.get(start).at(), log.get(start + 1).at()))
        .isBetween(Duration.ofMillis(399), LIMIT);
    assertThat(Duration.between(log.get(start + 2).at(), log.get(start + 3).at()))
        .isBetween(Duration.ofMillis(299), LIMIT);
  }

  @Test
  void aHangEndsWhenTheBehaviourChanges() {
    bed.behaviour("IISADMIN", ServiceBehaviour.normal().with(OnStop.HANG).with(OnStart.HANG));
    bed.requestStop("IISADMIN");
    bed.await("IISADMIN", ServiceState.STOP_PENDING, LIMIT);

    bed.behaviour("IISADMIN", ServiceBehaviour.normal().with(OnStart.HANG));
    bed.await("IISADMIN", ServiceState.STOPPED, LIMIT);
    bed.requestStart("IISADMIN");
    bed.await("IISADMIN", ServiceState.START_PENDING, LIMIT);

    bed.behaviour("IISADMIN", ServiceBehaviour.normal());
    bed.await("IISADMIN", ServiceState.RUNNING, LIMIT);
  }

  @Test
  void anIgnoredStopComesWhenTheBehaviourChanges() {
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().with(OnStop.IGNORE));
    bed.requestStop("SMTPSVC");
    bed.await("SMTPSVC", ServiceState.RUNNING, Duration.ZERO);
    assertThat(bed.serviceLog()).isEmpty();

    bed.behaviour("SMTPSVC", ServiceBehaviour.normal());
    bed.await("SMTPSVC", ServiceState.STOPPED, LIMIT);
    bed.start("SMTPSVC");
  }

  @Test
  void failuresCarryTheirExitCodes() {
    bed.behaviour("SMTPSVC", ServiceBehaviour.normal().with(OnStart.FAIL).failingWith(1066, 7));
    bed.stop("SMTPSVC");
    bed.requestStart("SMTPSVC");
    bed.await("SMTPSVC", ServiceState.STOPPED, LIMIT);
    bed.crash("IISADMIN");

    assertThat(bed.serviceLog())
        .filteredOn(status -> status.state() == ServiceState.STOPPED)
        .extracting(LoggedStatus::service, LoggedStatus::exitCode, LoggedStatus::specificExitCode)
        .containsExactly(
            tuple("SMTPSVC", 0, 0), tuple("SMTPSVC", 1066, 7), tuple("IISADMIN", 1067, 0));
  }

  @Test
  void resetBringsBackADeletedService() {
    bed.stop("SMTPSVC");
    bed.delete("SMTPSVC");
    bed.awaitMissing("SMTPSVC", LIMIT);

    bed.reset();

    bed.await("SMTPSVC", ServiceState.RUNNING, Duration.ZERO);
  }

  @Test
  void aServiceOfATestComesAndGoes() {
    bed.create("POP3SVC", "Microsoft Exchange POP3", StartMode.MANUAL, "IISADMIN");
    bed.start("POP3SVC");
    bed.stop("POP3SVC");
    bed.delete("POP3SVC");
    bed.awaitMissing("POP3SVC", LIMIT);
  }

  @Test
  void aRefusedStartSaysWhichCallFailedAndWhy() {
    bed.stop("SMTPSVC");
    bed.startMode("SMTPSVC", StartMode.DISABLED);

    assertThatIllegalStateException()
        .isThrownBy(() -> bed.requestStart("SMTPSVC"))
        .withMessageContaining("StartService SMTPSVC: 1058");
  }

  @Test
  void versionFoldersAndRegistryFollow() {
    bed.versionFolder("6.5.7960.0");
    bed.registry(WindowsBed.DEFINITION_KEY, "PackageVersion", "6.5.7960.0");
    bed.registry(WindowsBed.EXCHANGE_KEY, "ContentFilterState", 2);
    bed.deleteRegistryValue(WindowsBed.DEFINITION_KEY, "InstalledDate");

    assertThat(bed.versionFolders().toFile().list())
        .containsExactlyInAnyOrder("6.5.7936.0", "6.5.7960.0");
    bed.reset();
    assertThat(bed.versionFolders().toFile().list()).containsExactly("6.5.7936.0");
  }
}
