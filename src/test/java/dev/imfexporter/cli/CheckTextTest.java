package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.watch.model.HostSnapshot;
import org.junit.jupiter.api.Test;

class CheckTextTest {

  @Test
  void logThatCannotBeReadBesideOneThatCanIsNamedWithTheRightThatIsMissing() {
    HostSnapshot snapshot =
        new Situations().runs("IISADMIN").runs("SMTPSVC").applicationLogFails().snapshot();

    String text = new CheckText(false).of(snapshot, AccessKind.SMB);

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

    String text = new CheckText(false).of(snapshot, AccessKind.LOCAL);

    assertThat(text.replaceAll("\\s+", " "))
        .contains("no answer banner Nothing listens on port 2525 of the host")
        .contains("1 of the collectors failed")
        .doesNotContain("ok banner", "All that this access can read is read.");
    assertThat(snapshot.collected().all()).as("for the exit code").anyMatch(CheckText::failed);
  }
}
