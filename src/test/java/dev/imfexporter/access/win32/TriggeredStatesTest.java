package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggeredStatesTest {

  @ParameterizedTest
  @CsvSource({
    "8,RUNNING,RUNNING",
    "1,STOPPED,STOPPED",
    "9,RUNNING,STOPPED RUNNING",
    "9,STOPPED,RUNNING STOPPED",
    "15,RUNNING,STOP_PENDING STOPPED START_PENDING RUNNING",
    "7,START_PENDING,STOP_PENDING STOPPED START_PENDING",
    "120,RUNNING,RUNNING",
    "10,RUNNING,RUNNING",
    "521,STOPPED,RUNNING STOPPED"
  })
  void aStopAmongMergedChangesIsReportedWithWhatFollowed(
      int triggered, ServiceState now, String expected) {
    ServiceStatus status = new ServiceStatus(now, 1067, 0, 12);

    List<ServiceStatus> passed = TriggeredStates.of(triggered, status);

    assertThat(passed.stream().map(each -> each.state().name()))
        .containsExactly(expected.split(" "));
    assertThat(passed.get(passed.size() - 1)).isSameAs(status);
  }
}
