package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostClock.HostTime;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockReadingTest {
  private static final Instant SHOWN = Instant.parse("2026-11-25T03:12:00Z");
  private static final String VERSION = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\";
  private static final String SERVICING = VERSION + "Component Based Servicing\\RebootPending";
  private static final String UPDATE = VERSION + "WindowsUpdate\\Auto Update\\RebootRequired";

  private final BareHost host = new BareHost();
  private long nanos = 5_000;
  private final ClockReading reading = new ClockReading(() -> nanos);

  ClockReadingTest() {
    host.clock =
        () -> {
          nanos += Duration.ofMillis(300).toNanos();
          return new HostTime(SHOWN, Duration.ofSeconds(1), Duration.ofHours(9));
        };
  }

  @Test
  void timeIsThatOfTheEndAndHalfTheCallIsInDoubt() throws Exception {
    HostClockState state = reading.take(host);

    assertThat(state.time()).isEqualTo(SHOWN.plusMillis(150));
    assertThat(state.error()).isEqualTo(Duration.ofMillis(1_150));
    assertThat(state.sinceBoot()).isEqualTo(Duration.ofHours(9).plusMillis(150));
    assertThat(state.rebootPending()).isEmpty();
  }

  @Test
  void rebootIsPendingSinceTheOlderOfTheTwoKeys() throws Exception {
    Instant later = SHOWN.minusSeconds(60);
    Instant earlier = SHOWN.minusSeconds(90);

    host.key(View.BITS_64, SERVICING, later);
    assertThat(reading.take(host).rebootPending()).contains(later);
    host.key(View.BITS_64, UPDATE, earlier);
    assertThat(reading.take(host).rebootPending()).contains(earlier);
    host.key(View.BITS_64, SERVICING, earlier.minusSeconds(1));
    assertThat(reading.take(host).rebootPending()).contains(earlier.minusSeconds(1));
  }

  @Test
  void filesToBeRenamedAreNoPendingReboot() throws Exception {
    host.key(View.BITS_64, "SYSTEM\\CurrentControlSet\\Control\\Session Manager", SHOWN);

    assertThat(reading.take(host).rebootPending()).isEmpty();
  }

  @Test
  void windowsIsNamedWithServicePackBuildAndMonthlyUpdate() throws Exception {
    String key = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    assertThat(reading.take(host).windows()).isEmpty();
    host.value(View.BITS_64, key, "ProductName", new RegistryValue.Text("Windows Server 2003"));
    host.value(View.BITS_64, key, "CSDVersion", new RegistryValue.Text("Service Pack 2"));
    host.value(View.BITS_64, key, "CurrentBuildNumber", new RegistryValue.Text("3790"));
    assertThat(reading.take(host).windows())
        .contains("Windows Server 2003, Service Pack 2, build 3790");
  }

  @Test
  void windowsIsReadAgainAfterABootAlone() throws Exception {
    String key = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    host.value(View.BITS_64, key, "ProductName", new RegistryValue.Text("Windows Server 2016"));
    host.value(View.BITS_64, key, "CurrentBuildNumber", new RegistryValue.Text("14393"));
    host.value(View.BITS_64, key, "UBR", new RegistryValue.Numeric(5501));
    assertThat(reading.take(host).windows()).contains("Windows Server 2016, build 14393.5501");
    host.value(View.BITS_64, key, "UBR", new RegistryValue.Numeric(5502));
    assertThat(reading.take(host).windows()).contains("Windows Server 2016, build 14393.5501");
    host.clock = () -> new HostTime(SHOWN, Duration.ofSeconds(1), Duration.ofMinutes(9));
    assertThat(reading.take(host).windows()).contains("Windows Server 2016, build 14393.5502");
  }

  /** A value of another type, or one that may not be read. */
  @Test
  void windowsWithoutANameCostsNoClock() throws Exception {
    String key = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    host.value(View.BITS_64, key, "ProductName", new RegistryValue.Numeric(5));
    assertThat(reading.take(host).windows()).isEmpty();
    assertThat(reading.take(host).sinceBoot()).isPositive();
  }

  @Test
  void clockThatCannotBeReadIsTheCallersToHear() {
    host.clock =
        () -> {
          throw new AccessException.Unsupported("no clock here");
        };

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(AccessException.Unsupported.class)
        .hasMessage("no clock here");
  }
}
