package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.testing.DialogueBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTextTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");

  @Test
  void logThatCannotBeReadBesideOneThatCanIsNamedWithTheRightThatIsMissing() {
    HostSnapshot snapshot =
        new Situations().runs("IISADMIN").runs("SMTPSVC").applicationLogFails().snapshot();

    String text = new CheckText(false).of(snapshot, AccessKind.SMB, List.of());

    assertThat(text.replaceAll("\\s+", " "))
        .contains(
            "incomplete events The log Application could not be read: OpenEventLog Application"
                + " failed: Access is denied (5). The account needs membership in the group Event"
                + " Log Readers")
        .contains("net localgroup \"Event Log Readers\" ACCOUNT /add")
        .contains("1 of the collectors failed")
        .doesNotContain("All that this access can read is read.");
    assertThat(snapshot.collected().all()).as("for the exit code").anyMatch(CheckText::failed);
  }

  @Test
  void portThatDoesNotAnswerIsNotOk() {
    HostSnapshot snapshot =
        new Situations()
            .runs("IISADMIN")
            .runs("SMTPSVC")
            .bannerDead("Nothing listens on port 2525 of the host (Connection refused)")
            .snapshot();

    String text = new CheckText(false).of(snapshot, AccessKind.LOCAL, List.of());

    assertThat(text.replaceAll("\\s+", " "))
        .contains("no answer banner Nothing listens on port 2525 of the host")
        .contains("1 of the collectors failed")
        .doesNotContain("ok banner", "All that this access can read is read.");
    assertThat(snapshot.collected().all()).as("for the exit code").anyMatch(CheckText::failed);
  }

  @Test
  void dialoguesAreShownOneByOne() {
    HostSnapshot snapshot =
        new HostSnapshotBuilder("mail01", NOW)
            .services(ServiceBuilder.running("SMTPSVC"))
            .ok(
                CollectorKey.DIALOGUE,
                new Dialogues(
                    List.of(DialogueBuilder.dialogue("SMTP 1").own(Verdict.REFUSED).build())))
            .build();

    String text = new CheckText(false).of(snapshot, AccessKind.LOCAL, List.of());

    assertThat(text.replaceAll("\\s+", " "))
        .contains(
            "ok dialogue 3 ms SMTP 1 at mail01:25: It refuses mail for postmaster@example.net, its"
                + " own address: \"550 5.7.1 no\".");
    assertThat(snapshot.collected().all()).noneMatch(CheckText::failed);
  }

  @Test
  void dialogueThatEndsEarlyIsNotOk() {
    HostSnapshot snapshot =
        new HostSnapshotBuilder("mail01", NOW)
            .services(ServiceBuilder.running("SMTPSVC"))
            .ok(
                CollectorKey.DIALOGUE,
                new Dialogues(
                    List.of(
                        DialogueBuilder.dialogue("SMTP 1").build(),
                        DialogueBuilder.dialogue("SMTP 2")
                            .failed(Outcome.CLOSED, "SMTP closed the connection")
                            .build())))
            .build();

    String text = new CheckText(false).of(snapshot, AccessKind.LOCAL, List.of());

    assertThat(text.replaceAll("\\s+", " ")).contains("no answer dialogue SMTP closed");
    assertThat(snapshot.collected().all()).anyMatch(CheckText::failed);
  }
}
