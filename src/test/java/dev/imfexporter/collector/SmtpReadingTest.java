package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmtpReadingTest {
  private final Counters counters =
      new Counters("SMTP Server")
          .counter("Remote Queue Length", 17)
          .counter("Of no interest", 3)
          .instances("_Total", "SMTP 1", "SMTP 2");
  private final BareHost host = new BareHost();
  private final SmtpReading reading = new SmtpReading();

  SmtpReadingTest() {
    host.performanceData = counters;
  }

  @Test
  void eachVirtualServerHasItsCounters() throws Exception {
    assertThat(reading.take(host).virtualServers())
        .containsExactly(
            new Smtp.VirtualServer("SMTP 1", Map.of(SmtpCounter.REMOTE_QUEUE_LENGTH, 17L)),
            new Smtp.VirtualServer("SMTP 2", Map.of(SmtpCounter.REMOTE_QUEUE_LENGTH, 17L)));
  }

  @Test
  void virtualServersAreBounded() throws Exception {
    counters.instances(IntStream.range(0, 300).mapToObj(i -> "SMTP " + i).toArray(String[]::new));

    Smtp read = reading.take(host);

    assertThat(read.virtualServers()).hasSize(64);
    assertThat(read.missing()).contains("236 further virtual servers are not listed");
  }

  @Test
  void tableOfNamesIsKept() throws Exception {
    reading.take(host);
    reading.take(host);

    assertThat(counters.queries).containsExactly("Counter 009", "7000", "7000");
  }

  @Test
  void objectIsLookedForAnewWhenASetUpMovedIt() throws Exception {
    reading.take(host);
    counters.at(8_000);

    assertThat(reading.take(host).virtualServers()).hasSize(2);
  }

  @Test
  void missingObjectFailsTheReadingAndSaysWhatToDo() {
    counters.offered = false;

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> reading.take(host))
          .isInstanceOf(AccessException.Missing.class)
          .hasMessageContaining("\"SMTP Server\"")
          .hasMessageContaining("lodctr /r");
    }
    assertThat(counters.queries)
        .as("looked for anew each time")
        .containsExactly("Counter 009", "7000", "7000", "Counter 009", "7000");
    assertThat(counters.releases).as("providers loaded anew").isEqualTo(1);
  }

  @Test
  void twoServersOfOneNameFailTheReading() {
    counters.instances("SMTP 1", "SMTP 1");

    assertThatThrownBy(() -> reading.take(host)).isInstanceOf(AccessException.Malformed.class);
  }
}
