package dev.imfexporter.watch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Result;
import dev.imfexporter.testing.LogCapture;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorLogTest {
  private static final String DOWN = "mail01 did not answer";
  private final LogCapture lines = LogCapture.of(CollectorLog.class);
  private final CollectorLog log = new CollectorLog("mail01");

  @AfterEach
  void stop() {
    lines.close();
  }

  @Test
  void hostThatIsDownIsLoggedOnceAndItsReturnOnce() {
    for (int i = 0; i < 3; i++) {
      CollectorKey.all().forEach(key -> fails(key, DOWN));
    }
    CollectorKey.all().forEach(this::succeeds);

    assertThat(logged())
        .containsExactly(
            "mail01: reading %s failed: %s".formatted(CollectorKey.all().get(0), DOWN),
            "mail01: reading %s succeeds".formatted(CollectorKey.all().get(0)));
  }

  @Test
  void eachReasonIsLogged() {
    fails(CollectorKey.SERVICES, DOWN);
    fails(CollectorKey.HOST, "Access is denied");

    assertThat(logged()).hasSize(2);
  }

  /** Otherwise the log would say that all is well while the event logs still fail. */
  @Test
  void collectorThatStillFailsWhenTheFirstSucceedsIsLogged() {
    fails(CollectorKey.SERVICES, DOWN);
    fails(CollectorKey.EVENTS, DOWN);
    succeeds(CollectorKey.SERVICES);
    fails(CollectorKey.EVENTS, DOWN);

    assertThat(logged())
        .containsExactly(
            "mail01: reading services failed: " + DOWN,
            "mail01: reading services succeeds",
            "mail01: reading events failed: " + DOWN);
  }

  private void fails(CollectorKey<?> key, String why) {
    log.ended(key, new Result.Failed<>(why, ErrorReason.TIMEOUT));
  }

  private void succeeds(CollectorKey<?> key) {
    log.ended(key, new Result.Ok<>("value"));
  }

  private List<String> logged() {
    return lines.from(Level.INFO);
  }
}
