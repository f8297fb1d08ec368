package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.FakeEventLog;
import dev.imfexporter.access.format.EventBytes;
import dev.imfexporter.collector.LoggedEvent;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDayTest {
  private static final int FLOOD = 30_000;

  @TempDir private Path folder;

  private final FakeEventLog logs = new FakeEventLog();
  private HostConfig host;

  @BeforeEach
  void configure() throws IOException, ConfigException {
    String text = "hosts: { mail01: { access: demo } }";
    host = ConfigFiles.of(Files.writeString(folder.resolve("imf.yml"), text)).load().hosts().get(0);
  }

  @Test
  void ofAFloodTheNewestAreReadAndTheOthersCounted() {
    flood();
    DayEvents events = new LastDay(host, logs.host()).events();

    assertThat(events).isInstanceOf(DayEvents.Read.class);
    assertThat(events.events())
        .hasSize(2_000)
        .extracting(LoggedEvent::record)
        .endsWith((long) FLOOD);
    assertThat(((DayEvents.Read) events).leftOut()).isEqualTo(FLOOD - 2_000L);
  }

  @Test
  void whatWasReadIsNotKept() {
    flood();
    LastDay day = new LastDay(host, logs.host());
    WeakReference<DayEvents> read = new WeakReference<>(day.events());

    await()
        .until(
            () -> {
              System.gc();
              return read.refersTo(null);
            });
    assertThat(day.events().events()).hasSize(2_000);
  }

  @Test
  void aHostThatWritesFasterThanItIsReadIsGivenUp() {
    flood();
    AtomicInteger pieces = new AtomicInteger();

    assertThatExceptionOfType(AccessException.NotReached.class)
        .isThrownBy(
            () -> HostPlan.eventsOfLastDay(host, logs.host(), () -> pieces.incrementAndGet() < 5));
    assertThat(pieces).hasValue(5);
  }

  private void flood() {
    Instant first = Instant.now().minusSeconds(FLOOD);
    for (int i = 0; i < FLOOD; i++) {
      logs.write("Application", EventBytes.of("SMTPSVC", 4006).at(first.plusSeconds(i)));
    }
  }
}
