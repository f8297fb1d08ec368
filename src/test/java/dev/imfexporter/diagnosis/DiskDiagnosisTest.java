package dev.imfexporter.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.diagnosis.Diagnosis.Finding;
import dev.imfexporter.diagnosis.Diagnosis.Tone;
import dev.imfexporter.diagnosis.Diagnosis.Verdict;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles.Cause;
import dev.imfexporter.watch.model.MailFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What diagnose makes of the room on the disks. */
class DiskDiagnosisTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
  private static final long GIB = 1L << 30;

  private final HostSnapshotBuilder host =
      new HostSnapshotBuilder("mail01", NOW)
          .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.running("SMTPSVC"))
          .mailFlow(MailFlow.State.IDLE);

  @Test
  void nothingIsSaidOfDisksThatWereNotRead() {
    assertThat(finding()).isEmpty();
  }

  @Test
  void aDiskWithRoomIsHealthy() {
    host.volume("D:", 2 * GIB, 40 * GIB).fills("D:", NOW.plus(Duration.ofHours(25)));

    assertThat(diagnosis().summary().situation()).isEqualTo(Situation.IDLE);
    assertThat(diagnosis().causes()).isEmpty();
    assertThat(finding().orElseThrow().tone()).isEqualTo(Tone.GOOD);
  }

  @Test
  void aDiskThatFillsWithinADayIsTold() {
    host.volume("D:", 4 * GIB, 40 * GIB).fills("D:", NOW.plus(Duration.ofHours(13)));

    Diagnosis diagnosis = diagnosis();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.AT_RISK);
    assertThat(diagnosis.summary().headline())
        .isEqualTo("mail01 needs attention: a disk of its mail folders will be full within a day.");
    assertThat(diagnosis.summary().runbook()).contains("ImfMailVolumeFullSoon");
    assertThat(diagnosis.causes()).extracting(Cause::trouble).containsExactly(Trouble.DISK_FILLS);
    assertThat(diagnosis.firstSteps().get(0)).contains("fsutil volume diskfree D:");
    assertThat(finding())
        .contains(
            new Finding(
                "Is there room on the disks of the mail folders?",
                Tone.BAD,
                List.of(
                    "Volume D: has 4.0 GiB (10 %) of 40.0 GiB free; it holds queue of SMTP 1.",
                    "Volume D: has lost at least 300 MiB an hour for 1 h 40 min, and will be full"
                        + " at 2026-11-22 16:20:00 UTC (in 13 h) if that goes on.")));
  }

  @Test
  void aDiskThatIsNearlyFullComesFirst() {
    host.volume("\\\\mail01\\mail root", GIB, 40 * GIB)
        .fills("\\\\mail01\\mail root", NOW.plus(Duration.ofHours(3)));

    Diagnosis diagnosis = diagnosis();
    assertThat(diagnosis.summary().situation()).isEqualTo(Situation.DISK_AT_RISK);
    assertThat(diagnosis.summary().runbook()).contains("ImfMailVolumeNearlyFull");
    assertThat(diagnosis.causes())
        .extracting(Cause::trouble)
        .containsExactly(Trouble.DISK_FULL, Trouble.DISK_FILLS);
    assertThat(diagnosis.firstSteps().get(0)).contains("dir \"\\\\mail01\\mail root\"");
  }

  private Diagnosis diagnosis() {
    return Diagnosis.of(host.build(), new DayEvents.NotAsked(), TimeView.utc(NOW));
  }

  private Optional<Finding> finding() {
    return diagnosis().findings().stream()
        .filter(found -> found.question().startsWith("Is there room"))
        .findFirst();
  }
}
