package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceTicketTest {
  private static final String SPN = "cifs/mail01.example.net@EXAMPLE.NET";

  /** A log-in with a wiped password would count towards a lock-out of the account. */
  @Test
  void aLogInThatIsLateHasItsPasswordUntilItsEnd() throws Exception {
    KerberosLogin login =
        new KerberosLogin(
            "imf",
            "EXAMPLE.NET",
            new KerberosLogin.Password("secret".toCharArray()),
            SPN,
            Optional.empty());
    CountDownLatch wiped = new CountDownLatch(1);
    CompletableFuture<String> sent = new CompletableFuture<>();
    CompletableFuture<char[]> used = new CompletableFuture<>();

    assertThatExceptionOfType(NoTicket.class)
        .isThrownBy(
            () ->
                ServiceTicket.get(
                    login,
                    Duration.ofMillis(1),
                    own -> {
                      wiped.await();
                      char[] password = ((KerberosLogin.Password) own.proof()).password();
                      sent.complete(new String(password));
                      used.complete(password);
                      throw new IllegalStateException("The KDC is silent");
                    }));
    login.wipe();
    wiped.countDown();

    assertThat(sent.get()).isEqualTo("secret");
    char[] password = used.get();
    await().until(() -> new String(password).equals("\0".repeat(6)));
  }
}
