package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.bed.SambaBed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A password changes under two hundred hosts of a domain, whose server counts every log-in. */
@Tag("samba")
class PasswordRotationTest {
  private static final int HOSTS = 200;
  private static final int ROUNDS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String OK = "ok";

  private final ExecutorService pool = Executors.newFixedThreadPool(16);
  private final SambaBed bed =
      SambaBed.start("bind interfaces only = no\nhosts allow = 127.\nlog level = 0 auth_audit:3");
  private volatile String password = SambaBed.PASSWORD;
  private volatile long later;
  private final LoginGate gate = new LoginGate(true, this::nanoTime);
  private final List<SmbHost> hosts =
      IntStream.rangeClosed(1, HOSTS).mapToObj(i -> host("127.0.9." + i)).toList();

  PasswordRotationTest() throws IOException {}

  private long nanoTime() {
    return System.nanoTime() + later;
  }

  private SmbHost host(String address) {
    return new SmbHost(
        new SmbHostConfig(
            address,
            SambaBed.PORT,
            () -> new Login("EXAMPLE", SambaBed.USER, password.toCharArray()),
            gate,
            SmbProtocol.SMB2,
            TIMEOUT),
        this::nanoTime);
  }

  @AfterEach
  void stop() throws IOException {
    hosts.forEach(SmbHost::close);
    pool.shutdownNow();
    bed.close();
  }

  @Test
  void accountIsNotTriedOnAndOn() throws Exception {
    assertThat(poll()).isEqualTo(Map.of(OK, HOSTS));
    assertThat(bed.logins("NT_STATUS_OK")).isEqualTo(HOSTS);

    bed.password("the-new-0ne");
    bed.dropConnections();
    await("no connection is left").until(() -> bed.connections() == 0);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(poll()).isEqualTo(Map.of(ErrorReason.AUTH.word(), HOSTS));
    }

    assertThat(bed.logins("NT_STATUS_WRONG_PASSWORD")).isEqualTo(2);
    assertThat(gate.blocked()).isTrue();

    later = LoginGate.REFUSED.plusSeconds(1).toNanos();
    assertThat(poll()).isEqualTo(Map.of(ErrorReason.AUTH.word(), HOSTS));
    assertThat(bed.logins("NT_STATUS_WRONG_PASSWORD")).isLessThanOrEqualTo(4);

    password = "the-new-0ne";
    assertThat(poll()).isEqualTo(Map.of(OK, HOSTS));
    assertThat(bed.logins("NT_STATUS_OK")).isEqualTo(2 * HOSTS);
    assertThat(bed.logins("NT_STATUS_WRONG_PASSWORD")).isLessThanOrEqualTo(4);
    assertThat(gate.blocked()).isFalse();
  }

  /** Asks each host for a service once, in any order; how many ended how. */
  private Map<String, Integer> poll() throws Exception {
    List<SmbHost> order = new ArrayList<>(hosts);
    Collections.shuffle(order);
    List<Callable<String>> calls = new ArrayList<>();
    for (SmbHost host : order) {
      calls.add(
          () -> {
            try {
              host.services().status("SMTPSVC");
              return OK;
            } catch (AccessException e) {
              return e.reason().word();
            }
          });
    }
    Map<String, Integer> ends = new TreeMap<>();
    for (Future<String> end : pool.invokeAll(calls)) {
      ends.merge(end.get(), 1, Integer::sum);
    }
    return ends;
  }
}
