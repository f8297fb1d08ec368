package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostClock.HostTime;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class HostClocksTest {
  private static final String MACHINE = "localhost";

  private final WindowsBed bed = WindowsBed.open();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    bed.reset();
  }

  @Test
  void thisMachine() throws Exception {
    try (WindowsHost host = WindowsHost.local()) {
      HostTime first = host.clock().now();
      HostTime second = host.clock().now();

      assertThat(first.now()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
      assertThat(first.precision()).isLessThan(Duration.ofMillis(20));
      assertThat(first.sinceBoot()).isPositive().isLessThan(Duration.ofDays(3_650));
      assertThat(second.sinceBoot()).isGreaterThanOrEqualTo(first.sinceBoot());
    }
  }

  @Test
  void anotherMachine() throws Exception {
    Duration ahead = Duration.ofSeconds(-40);
    bed.remoteClock(MACHINE, ahead, Duration.ofDays(3));
    try (WindowsHost host = WindowsHost.remote(MACHINE)) {
      HostTime time = host.clock().now();

      assertThat(time.now()).isCloseTo(Instant.now().plus(ahead), within(2, ChronoUnit.SECONDS));
      assertThat(time.precision()).isEqualTo(Duration.ofMillis(10));
      assertThat(time.sinceBoot()).isEqualTo(Duration.ofDays(3));
    }
  }

  @Test
  void unreachable() {
    bed.fault(Win32Function.NET_REMOTE_TOD, MACHINE, 53);
    try (WindowsHost host = WindowsHost.remote(MACHINE)) {
      assertThatThrownBy(() -> host.clock().now())
          .isInstanceOf(AccessException.CallFailed.class)
          .hasMessageStartingWith("NetRemoteTOD \\\\localhost failed: ");
    }
  }
}
