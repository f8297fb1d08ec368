package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.Dialogues;
import dev.imfexporter.testing.DialogueBuilder;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.testing.ServiceBuilder;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Standing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(CheckText.succeeded(snapshot)).isFalse();
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
    assertThat(CheckText.succeeded(snapshot)).isFalse();
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
    assertThat(CheckText.succeeded(snapshot)).isTrue();
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
    assertThat(CheckText.succeeded(snapshot)).isFalse();
  }

  /** Each collector that needs SMTPSVC then says that there is nothing to ask. */
  @ParameterizedTest
  @CsvSource({
    "STOPPED, DOWN, false, SMTPSVC should run and does not (down): what it would answer was not tried.",
    "PAUSED, PAUSED, false, SMTPSVC should run and does not (paused): what it would answer was not tried.",
    "STOPPED, LEFT_DOWN_BY_UPDATE, false, SMTPSVC should run and does not (left down by update):",
    "STOPPED, RESTING, true, SMTPSVC does not run (resting): what it would answer was not tried.",
    "STOPPED, DISABLED, true, SMTPSVC does not run (disabled): what it would answer was not tried.",
  })
  void smtpThatShouldRunAndDoesNotIsNoSuccess(
      ServiceState state, Standing standing, boolean success, String words) {
    HostSnapshot snapshot =
        new HostSnapshotBuilder("mail01", NOW)
            .services(ServiceBuilder.service("SMTPSVC", state).standing(standing))
            .build();

    String text = new CheckText(false).of(snapshot, AccessKind.LOCAL, List.of());

    assertThat(CheckText.succeeded(snapshot)).isEqualTo(success);
    assertThat(text.replaceAll("\\s+", " ")).contains(words);
    assertThat(text.contains("All that this access can read is read.")).isEqualTo(success);
  }

  @Test
  void hostWithoutSmtpLacksNothing() {
    HostSnapshot snapshot =
        new HostSnapshotBuilder("mail01", NOW)
            .services(ServiceBuilder.running("IISADMIN"), ServiceBuilder.missing("SMTPSVC"))
            .build();

    assertThat(CheckText.succeeded(snapshot)).isTrue();
    assertThat(new CheckText(false).of(snapshot, AccessKind.LOCAL, List.of()))
        .doesNotContain("not tried");
  }
}
