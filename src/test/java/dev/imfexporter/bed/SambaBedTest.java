package dev.imfexporter.bed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.access.format.TitleTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bed as impacket finds it, a client that is not ours. */
@Tag("samba")
class SambaBedTest {

  @ParameterizedTest
  @EnumSource(SambaBed.Variant.class)
  void anotherClientReadsWhatWeRead(SambaBed.Variant variant) throws Exception {
    try (SambaBed bed = SambaBed.start(variant.options())) {
      bed.exchange();
      bed.services().enters("IISADMIN", ServiceState.STOP_PENDING);

      Map<String, String> found = judge();

      assertThat(found)
          .containsEntry("IISADMIN.state", "stop_pending")
          .containsEntry("SMTPSVC.state", "running")
          .containsEntry("SMTPSVC.display", "Simple Mail Transfer Protocol (SMTP)")
          .containsEntry("SMTPSVC.start", "2")
          .containsEntry("IMFMISSING.error", "1060")
          .containsEntry("definition", "6.5.7936.0")
          .containsEntry("performance", "PERF")
          .containsEntry("events", "2");
      assertThat(Long.parseLong(found.get("clock")) - Instant.now().getEpochSecond())
          .isBetween(-5L, 5L);
    }
  }

  private static Map<String, String> judge() throws Exception {
    PerformanceData data = DemoHost.play(InstantSource.system(), Duration.ZERO).performanceData();
    int smtp = TitleTable.parse(data.query("Counter 009")).index("SMTP Server").orElseThrow();
    Process process =
        new ProcessBuilder(
                "timeout",
                "60",
                "src/test/bed/judge-samba",
                Integer.toString(SambaBed.PORT),
                SambaBed.USER,
                SambaBed.PASSWORD,
                Integer.toString(smtp))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
