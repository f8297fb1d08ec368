package dev.imfexporter.watch.poll;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOP_PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.watch.TestTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PerformanceProvidersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestTime time = new TestTime();
  private int releases;
  private final PerformanceProviders providers =
      new PerformanceProviders(
          new PerformanceData() {
            @Override
            public byte[] query(String value) {
              throw new AssertionError("is not queried");
            }

            @Override
            public void release() {
              releases++;
            }
          },
          Runnable::run);

  @BeforeEach
  void smtpRuns() {
    smtp(RUNNING, 1200);
  }

  private void smtp(ServiceState state, long processId) {
    providers.smtp(Optional.of(new ServiceStatus(state, 0, 0, processId)));
  }

  private void queried() {
    providers.ended(CollectorKey.SMTP, time.now());
  }

  @Test
  void theyStayLoadedWhileSmtpRunsAndIsAskedRegularly() {
    for (int i = 0; i < 1000; i++) {
      queried();
      time.advance(Duration.ofSeconds(15));
      smtp(RUNNING, 1200);
      providers.releaseIfIdle(time.now());
    }
    assertThat(releases).isZero();
  }

  @Test
  void theyAreUnloadedWhenSmtpLeavesRunning() {
    queried();
    smtp(STOP_PENDING, 1200);
    assertThat(releases).isEqualTo(1);

    smtp(ServiceState.STOPPED, 0);
    smtp(RUNNING, 1300);
    queried();
    assertThat(releases).isEqualTo(1);
    providers.smtp(Optional.empty());
    assertThat(releases).isEqualTo(2);
  }

  @Test
  void theyAreUnloadedWhenAnotherProcessRunsThoughNoPollSawTheStop() {
    queried();
    smtp(RUNNING, 1300);
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void queryThatEndsAfterSmtpStoppedLeavesNothingLoaded() {
    smtp(STOP_PENDING, 1200);
    queried();
    assertThat(releases).isEqualTo(2);
  }

  @Test
  void anUpdateThatBeganFindsNoneLoadedAfterTheQueriesOfItsNextHalfHour() {
    queried();
    providers.updateBegun(time.now());
    assertThat(releases).isEqualTo(1);

    time.advance(Duration.ofMinutes(29));
    queried();
    assertThat(releases).isEqualTo(2);
    time.advance(Duration.ofMinutes(1));
    queried();
    assertThat(releases).isEqualTo(2);
  }

  @Test
  void theyAreUnloadedOnceAfterFiveMinutesWithoutAQuery() {
    providers.releaseIfIdle(time.now());
    queried();
    time.advance(Duration.ofMinutes(5).minus(SECOND));
    providers.releaseIfIdle(time.now());
    assertThat(releases).isZero();

    time.advance(SECOND);
    providers.releaseIfIdle(time.now());
    time.advance(Duration.ofHours(1));
    providers.releaseIfIdle(time.now());
    assertThat(releases).isEqualTo(1);
  }

  @Test
  void collectorsThatQueryNoPerformanceDataDoNotCount() {
    queried();
    time.advance(Duration.ofMinutes(5));
    providers.ended(CollectorKey.SERVICES, time.now());
    providers.releaseIfIdle(time.now());
    assertThat(releases).isEqualTo(1);
  }
}
