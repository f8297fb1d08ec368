package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceState;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.event.ServiceWords;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.config.ServiceWord;
import dev.imfexporter.watch.model.Need;
import dev.imfexporter.watch.model.PlannedCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPlanTest {

  @Test
  void dialogueIsPlannedOnlyForListedVirtualServersAndInTheBackground(@TempDir Path folder)
      throws ConfigException, IOException {
    String text =
        """
        modules:
          m:
            dialogue:
              virtual_servers: { SMTP 1: {}, SMTP 2: { port: 26 } }
              timeout: 30s
        hosts: { asked: { access: demo, module: m }, quiet: { access: demo } }
        """;
    List<HostConfig> hosts =
        ConfigFiles.of(Files.writeString(folder.resolve("imf.yml"), text)).load().hosts();

    assertThat(HostPlan.plan(hosts.get(1)).has(CollectorKey.DIALOGUE)).isFalse();
    PlannedCollector<?> planned =
        HostPlan.plan(hosts.get(0)).collectors().stream()
            .filter(each -> each.key() == CollectorKey.DIALOGUE)
            .findFirst()
            .orElseThrow();
    assertThat(planned.interval()).contains(Duration.ofMinutes(5));
    assertThat(planned.background()).contains(Duration.ofMinutes(1));
    assertThat(planned.needs()).containsExactly(Need.SMTP_RUNNING);
  }

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
