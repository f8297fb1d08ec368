package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void resolverThatHangsIsAskedOnce() throws Exception {
    CountDownLatch dns = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    HostAddresses addresses =
        new HostAddresses(
            "mail01",
            host -> {
              asked.incrementAndGet();
              try {
                dns.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[] {LOOPBACK};
            });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> addresses.get(Duration.ofMillis(20)))
          .isInstanceOf(SocketTimeoutException.class);
    }
    dns.countDown();

    assertThat(addresses.get(Duration.ofMinutes(1))).containsExactly(LOOPBACK);
    assertThat(asked).hasValue(1);
    assertThat(addresses.get(Duration.ofMinutes(1))).containsExactly(LOOPBACK);
    assertThat(asked).as("looked up anew").hasValue(2);
  }

  @Test
  void nameWithoutAddressIsToldSoEachTime() {
    HostAddresses addresses =
        new HostAddresses(
            "mail01",
            host -> {
              throw new UnknownHostException(host);
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> addresses.get(Duration.ofMinutes(1)))
          .isInstanceOf(UnknownHostException.class);
    }
  }
}
