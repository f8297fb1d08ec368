package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real server says of an account that it does not let in, and that it is asked again. */
@Tag("samba")
@ParameterizedClass
@EnumSource(SambaBed.Variant.class)
class RefusedAccountTest {
  private final SambaBed bed;
  private final SmbHost host;
  private volatile long later;

  RefusedAccountTest(SambaBed.Variant variant) throws IOException {
    bed = SambaBed.start(variant.options());
    bed.services()
        .put("SMTPSVC", new ServicePipe.Service(ServiceState.RUNNING, 2, false, "SMTP", List.of()));
    host =
        new SmbHost(SambaConfig.of(variant, Duration.ofSeconds(5), this::nanoTime), this::nanoTime);
  }

  private long nanoTime() {
    return System.nanoTime() + later;
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
    bed.close();
  }

  @ParameterizedTest
  @CsvSource({"L, the account is locked out", "D, the account is disabled"})
  void isNamedAndLetInOnceItMay(String flag, String why) throws Exception {
    bed.account("[" + flag + "]");
    assertThatThrownBy(() -> host.services().status("SMTPSVC"))
        .isInstanceOfSatisfying(
            NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.AUTH))
        .hasMessageContaining("127.0.0.1:" + SambaBed.PORT + " refused the log-in: " + why);
    bed.account("[]");
    assertThatThrownBy(() -> host.services().status("SMTPSVC")).isInstanceOf(NotReached.class);

    later = LoginGate.REFUSED.plusSeconds(1).toNanos();

    assertThat(host.services().status("SMTPSVC")).isPresent();
  }
}
