package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break SMB, or that speak another one, before an account has logged in. */
class HostileServerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void messageThatIsAnnouncedTooLongIsRefusedAtOnce() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.receive();
              wire.announce(0xffffff);
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why).hasMessageContaining("16777215 bytes").hasMessageContaining("81920");
  }

  @Test
  void bytesThatAreNoSmbAreRefusedAtOnce() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.out().write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
              wire.out().flush();
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why).hasMessageContaining("is no SMB");
  }

  @Test
  void callsFailAtOnceWhenHostClosesConnection() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.send(ScriptedAnswer.negotiated(wire.receive(), ScriptedAnswer.SMB_2_1));
              wire.receive();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.UNREACHABLE);
    assertThat(why)
        .hasMessageContaining("during the log-in")
        .hasMessageNotContaining("smb1")
        .hasMessageNotContaining("firewall");
  }

  @Test
  void hostThatAnswersInSmb1IsNamed() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.receive();
              wire.send(ScriptedAnswer.smb1());
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why).hasMessageContaining("answered in SMB 1").hasMessageContaining("smb1: true");
  }

  /** As smbd does that is limited to SMB 1. */
  @Test
  void hostThatClosesConnectionInsteadOfSpeakingSmb2IsSuspectedOfSmb1() throws Exception {
    NotReached why = failure(LONG, ScriptedServer.Wire::receive);

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.UNREACHABLE);
    assertThat(why)
        .hasMessageContaining("ended when the host was asked to speak SMB 2")
        .hasMessageContaining("smb1: true");
  }

  @Test
  void hostThatAcceptsAndDoesNotAnswerIsNotBlamedOnFirewall() throws Exception {
    NotReached why = failure(SHORT, ScriptedServer.Wire::awaitClose);

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(why)
        .hasMessageContaining("accepted the connection")
        .hasMessageContaining("smb1: true")
        .hasMessageNotContaining("firewall");
  }

  @Test
  void hostThatDoesNotAnswerTheLoginIsNotBlamedOnFirewall() throws Exception {
    NotReached why =
        failure(
            SHORT,
            wire -> {
              wire.send(ScriptedAnswer.negotiated(wire.receive(), ScriptedAnswer.SMB_2_1));
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(why)
        .hasMessageContaining("did not answer the log-in")
        .hasMessageNotContaining("smb1")
        .hasMessageNotContaining("firewall");
  }

  @Test
  void allCallsOfFirstLookAreToldTheSame() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Wire::awaitClose);
        SmbHost host = host(server.port(), SHORT)) {
      List<CompletableFuture<NotReached>> calls =
          IntStream.range(0, 6)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> failure(host), task -> new Thread(task).start()))
              .toList();
      Set<String> messages =
          calls.stream()
              .map(CompletableFuture::join)
              .map(NotReached::getMessage)
              .collect(Collectors.toSet());

      assertThat(messages)
          .allSatisfy(
              message ->
                  assertThat(message).contains("accepted the connection").contains("smb1: true"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0400, 0x0000, 0x02ff, 0xffff})
  void dialectThatWasNotOfferedIsNamed(int dialect) throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.send(ScriptedAnswer.negotiated(wire.receive(), dialect));
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why)
        .hasMessageContaining("dialect 0x%04x".formatted(dialect))
        .hasMessageNotContaining("smb1");
  }

  @Test
  void hostThatSpeaksNoneOfTheDialectsIsNamed() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.send(ScriptedAnswer.refused(wire.receive(), ScriptedAnswer.NOT_SUPPORTED));
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why).hasMessageContaining("none of the dialects");
  }

  @Test
  void hostWithoutKeysOf128BitsIsNamed() throws Exception {
    NotReached why =
        failure(
            LONG,
            wire -> {
              wire.send(ScriptedAnswer.negotiated(wire.receive(), ScriptedAnswer.SMB_2_1));
              wire.send(ScriptedAnswer.challenge(wire.receive(), ScriptedAnswer.WITHOUT_128_BITS));
              wire.awaitClose();
            });

    assertThat(why.reason()).as(why.getMessage()).isEqualTo(ErrorReason.PROTOCOL);
    assertThat(why).hasMessageContaining("128 bits").hasMessageNotContaining("smb1");
  }

  private static NotReached failure(Duration timeout, ScriptedServer.Script script)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        SmbHost host = host(server.port(), timeout)) {
      NotReached why = failure(host);
      await("no connection is left").until(() -> server.open() == 0);
      return why;
    }
  }

  private static NotReached failure(SmbHost host) {
    return catchThrowableOfType(NotReached.class, () -> host.services().status("SMTPSVC"));
  }

  private static SmbHost host(int port, Duration timeout) {
    return new SmbHost(
        new SmbHostConfig(
            "127.0.0.1",
            port,
            () -> new Login("", "monitor", "secret".toCharArray()),
            new LoginGate(false, System::nanoTime),
            SmbProtocol.SMB2,
            timeout),
        System::nanoTime);
  }
}
