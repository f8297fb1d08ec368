package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.collector.LoggedEvent.Level;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.MailFlow.State;
import dev.imfexporter.watch.model.StartedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the administrator on call reads; the golden files are read as such. */
class DiagnosisTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/imfexporter/cli");

  @Test
  void healthy() throws IOException {
    assertText(
        "healthy", Verdict.HEALTHY, new Situations().runs("IISADMIN").runs("SMTPSVC").updated());
  }

  @Test
  void haltedAfterAnUpdateWithAStartPending() throws IOException {
    assertText(
        "start-pending",
        Verdict.FAILING,
        new Situations()
            .restartedBefore(35, 38, 290)
            .updated()
            .out("IISADMIN", ServiceState.START_PENDING, 0)
            .out("SMTPSVC", ServiceState.STOPPED, 0)
            .flow(State.HALTED, "SMTPSVC is stopped, though it should run."));
  }

  @Test
  void smtpStoppedAlone() throws IOException {
    assertText(
        "smtp-stopped",
        Verdict.FAILING,
        new Situations()
            .restartedBefore(35, 38, 290)
            .runs("IISADMIN")
            .out("SMTPSVC", ServiceState.STOPPED, 1067)
            .flow(State.HALTED, "SMTPSVC is stopped, though it should run."));
  }

  @Test
  void routingEngineLeftStopped() throws IOException {
    assertText(
        "resvc-left-stopped",
        Verdict.FAILING,
        new Situations()
            .restartedBefore(35, 38, 290)
            .back("IISADMIN", StartedBy.ADMINISTRATOR)
            .back("SMTPSVC", StartedBy.ADMINISTRATOR)
            .out("RESvc", ServiceState.STOPPED, 0));
  }

  @Test
  void portDeadWithAllServicesRunning() throws IOException {
    assertText(
        "port-dead",
        Verdict.FAILING,
        new Situations()
            .runs("IISADMIN")
            .runs("SMTPSVC")
            .bannerDead("Nothing listens on port 25 of the host")
            .flow(State.STALLED, "SMTP did not answer clients 2 times in a row."));
  }

  @Test
  void hostWithoutExchange() throws IOException {
    assertText(
        "no-exchange",
        Verdict.HEALTHY,
        new Situations()
            .restartedBefore(35, 38, 290)
            .back("IISADMIN", StartedBy.BOOT)
            .back("SMTPSVC", StartedBy.BOOT)
            .flow(State.IDLE, "0 messages left in the last 5 min; 0 wait."));
  }

  @Test
  void hostThatCannotBeRead() throws IOException {
    assertText(
        "unreadable",
        Verdict.UNREADABLE,
        new Situations()
            .unreadable(
                "OpenSCManager \\\\mail01 failed: Access is denied (5). The account needs SC_MANAGER_CONNECT")
            .eventsFail("OpenEventLog System failed: Access is denied (5)")
            .flow(State.UNKNOWN));
  }

  @Test
  void logThatCannotBeReadBesideOneThatCan() {
    Diagnosis diagnosis =
        Diagnosis.of(
            new Situations().runs("IISADMIN").runs("SMTPSVC").applicationLogFails().snapshot(),
            new DayEvents.Read(List.of()),
            TimeView.utc(Situations.NOW));

    assertThat(new DiagnosisText(false).of(DiagnosisReport.of(diagnosis)).replaceAll("\\s+", " "))
        .contains("None, but not every log was read.")
        .contains("Not every event log was read")
        .contains("OpenEventLog Application failed: Access is denied (5).");
  }

  @Test
  void nothingIsWiderThanATerminalOrSteersIt() {
    String hostile = "\u001b[2Jx ".repeat(60);
    String text =
        text(
            new Situations()
                .out("IISADMIN", ServiceState.STOP_PENDING, 0)
                .flow(State.HALTED, hostile, "word ".repeat(80)));

    assertThat(text).doesNotContain("\u001b");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void colourOnlyWhenAskedFor() {
    Diagnosis diagnosis = diagnosis(new Situations().runs("IISADMIN").runs("SMTPSVC"));

    assertThat(new DiagnosisText(true).of(DiagnosisReport.of(diagnosis))).contains("\u001b[32m");
    assertThat(new DiagnosisText(false).of(DiagnosisReport.of(diagnosis))).doesNotContain("\u001b");
  }

  private static void assertText(String name, Verdict verdict, Situations situation)
      throws IOException {
    assertThat(diagnosis(situation).verdict()).isEqualTo(verdict);
    Golden.assertMatches(GOLDEN.resolve("diagnosis-" + name + ".txt"), text(situation));
  }

  private static String text(Situations situation) {
    return new DiagnosisText(false).of(DiagnosisReport.of(diagnosis(situation)));
  }

  private static Diagnosis diagnosis(Situations situation) {
    LoggedEvent event =
        new LoggedEvent(
            "System",
            81_234,
            Situations.NOW.minusSeconds(470),
            "Service Control Manager",
            7031,
            Level.ERROR,
            new Meaning.Failed(
                new Meaning.Named("IISADMIN", true), Meaning.Failure.TERMINATED_RECOVERING));
    return Diagnosis.of(
        situation.snapshot(),
        new DayEvents.Read(List.of(event, event)),
        TimeView.utc(Situations.NOW));
  }
}
