package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final SmbHostConfig MAIL01 =
      new SmbHostConfig(
          "mail01",
          445,
          () -> {
            throw new AccessException.Unsupported("This test does not log in");
          },
          new LoginGate(true, System::nanoTime),
          SmbProtocol.SMB2,
          Duration.ofSeconds(5));

  @Test
  void pipeThatHangsAfterLoginIsNoFirewall() {
    AccessException why = Failures.of(new IOException(new SocketTimeoutException()), MAIL01);

    assertThat(why.reason()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(why)
        .hasMessageStartingWith("mail01 did not answer within 5.0 s after a good log-in: ")
        .hasMessageNotContaining("firewall");
  }

  @Test
  void hostThatDoesNotAcceptTheConnectionMayBeBehindFirewall() {
    AccessException why =
        OpeningFailures.of(
            new IOException(new SocketTimeoutException()), OpeningStage.CONNECTION, MAIL01);

    assertThat(why.reason()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(why)
        .hasMessage(
            "mail01 did not answer within 5.0 s: is it up, and does a firewall drop TCP port 445?");
  }

  @Test
  void aQuestionEndsWithoutAFullStop() {
    assertThat(
            OpeningFailures.of(
                new IOException(new NoRouteToHostException()), OpeningStage.CONNECTION, MAIL01))
        .hasMessageEndingWith(": is it up?");
  }

  @Test
  void nameThatIsNotResolvedInTimeBlamesTheDns() {
    AccessException why =
        OpeningFailures.of(
            new IOException(new SocketTimeoutException()), OpeningStage.ADDRESS, MAIL01);

    assertThat(why.reason()).isEqualTo(ErrorReason.DNS);
    assertThat(why).hasMessage("The DNS did not answer for the name mail01 within 5.0 s");
  }
}
