package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.ServiceWord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostPlanTest {

  @Test
  void eachKeyOfServiceWordsIsAStateOrAControl() {
    Map<ServiceWord, List<String>> configured =
        Arrays.stream(ServiceWord.values())
            .collect(Collectors.toMap(Function.identity(), key -> List.of(key + "-1", key + "-2")));

    assertThat(HostPlan.words(configured))
        .isEqualTo(
            new ServiceWords(
                Map.of(
                    "running-1", ServiceState.RUNNING,
                    "running-2", ServiceState.RUNNING,
                    "stopped-1", ServiceState.STOPPED,
                    "stopped-2", ServiceState.STOPPED,
                    "paused-1", ServiceState.PAUSED,
                    "paused-2", ServiceState.PAUSED),
                Map.of(
                    "start-1", Control.START,
                    "start-2", Control.START,
                    "stop-1", Control.STOP,
                    "stop-2", Control.STOP)));
  }
}
