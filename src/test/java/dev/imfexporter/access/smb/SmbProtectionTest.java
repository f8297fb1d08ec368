package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.smb.rpc.EventLogClient;
import dev.imfexporter.access.smb.rpc.RpcTransport;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing, encryption and sealed calls, against a real Samba server. */
@Tag("samba")
class SmbProtectionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smb encrypt = required",
        "server signing = mandatory",
        "server min protocol = SMB3_11",
        "server min protocol = SMB2_02\nserver max protocol = SMB2_02",
        "server signing = auto"
      })
  void everyProtectionThatAServerMayWantIsSpoken(String option) throws Exception {
    try (SambaBed bed = SambaBed.start(option);
        SmbHost host =
            new SmbHost(
                SambaConfig.of(SmbProtocol.SMB2, TIMEOUT, System::nanoTime), System::nanoTime)) {
      bed.services().put("SMTPSVC", smtp());
      bed.registry("SOFTWARE\\Microsoft\\Exchange\\Setup", "Services", "sz", "C:\\Exchsrvr");

      assertThat(host.services().status("SMTPSVC").orElseThrow().state())
          .isEqualTo(ServiceState.RUNNING);
      assertThat(
              host.registry()
                  .value(View.BITS_64, "SOFTWARE\\Microsoft\\Exchange\\Setup", "Services"))
          .contains(new RegistryValue.Text("C:\\Exchsrvr"));
    }
  }

  @Test
  void aServerThatCannotEncryptIsRefusedWhenThatIsWanted() throws Exception {
    try (SambaBed bed = SambaBed.start("server max protocol = SMB2_10");
        SmbHost host =
            new SmbHost(
                SambaConfig.of(SmbProtocol.SMB3_ENCRYPTED, TIMEOUT, System::nanoTime),
                System::nanoTime)) {
      bed.services().put("SMTPSVC", smtp());

      assertThatThrownBy(() -> host.services().status("SMTPSVC")).isInstanceOf(NotReached.class);
    }
  }

  @Test
  void aServerThatSpeaksSmb1AloneIsSuspectedOfIt() throws Exception {
    try (SambaBed bed = SambaBed.start(SambaBed.Variant.SMB1.options());
        SmbHost host =
            new SmbHost(
                SambaConfig.of(SmbProtocol.SMB2, TIMEOUT, System::nanoTime), System::nanoTime)) {
      bed.services().put("SMTPSVC", smtp());

      assertThatThrownBy(() -> host.services().status("SMTPSVC"))
          .isInstanceOf(NotReached.class)
          .hasMessageContaining("SMB 1 alone, as Windows Server 2003 does? Then say smb1: true")
          .hasMessageNotContaining("firewall");
    }
  }

  @Test
  void eventLogIsReadWithSealedCalls() throws Exception {
    try (SambaBed bed = SambaBed.start()) {
      bed.event(1, Instant.parse("2026-11-22T03:12:07Z"), 7036, "Service Control Manager", "SMTP");
      Login login = SambaConfig.login();
      try (SmbSession session =
              SmbSession.open(SambaConfig.opening(SambaBed.Variant.SMB2, login, TIMEOUT));
          EventLogClient log =
              EventLogClient.open(
                  rpc(session), new NtlmSealing(NtlmIdentity.of(login)), "System")) {
        assertThat(log.range().orElseThrow().oldest()).isEqualTo(1);
        assertThat(log.read(true, true, 1).records()).isNotEmpty();
      }
    }
  }

  @Test
  void aSealedCallWithAWrongKeyIsRefused() throws Exception {
    try (SambaBed bed = SambaBed.start()) {
      bed.event(1, Instant.parse("2026-11-22T03:12:07Z"), 7036, "Service Control Manager", "SMTP");
      Login wrong = new Login("", SambaBed.USER, "wrong".toCharArray());
      try (SmbSession session =
          SmbSession.open(
              SambaConfig.opening(SambaBed.Variant.SMB2, SambaConfig.login(), TIMEOUT))) {
        assertThatThrownBy(
                () ->
                    EventLogClient.open(
                        rpc(session), new NtlmSealing(NtlmIdentity.of(wrong)), "System"))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static RpcTransport rpc(SmbSession session) {
    return new RpcTransport(session, TIMEOUT, System::nanoTime);
  }

  private static ServicePipe.Service smtp() {
    return new ServicePipe.Service(ServiceState.RUNNING, 2, false, "SMTP", List.of());
  }
}
