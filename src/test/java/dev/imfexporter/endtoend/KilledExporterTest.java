package dev.imfexporter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.bed.WindowsBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Whenever the program dies: no restart is lost, none is counted twice, and no total goes back.
 *
 * <p>The program needs some five seconds under Wine until it listens, so {@code -Dimf.kills=50}
 * takes five minutes; the default is what fits beside the other tests.
 */
@Tag("endtoend")
@ResourceLock(WindowsBed.LOCK)
class KilledExporterTest {
  private static final int KILLS = Integer.getInteger("imf.kills", 8);
  private static final long SEED = Long.getLong("imf.seed", 20031122);

  /** Of a program that is not listening yet, after its start. */
  private static final int EARLY_MS = 4000;

  /** Of one that is, after its first answer. */
  private static final int LATE_MS = 3000;

  private static final Duration SETTLES = Duration.ofSeconds(60);

  /** The log tells of an outage within two seconds; then it is settled by the next look. */
  private static final Duration READ_BEHIND = Duration.ofSeconds(4);

  /** Events have no fractions of a second, at either end of an outage. */
  private static final double PRECISION = 1;

  private final WindowsBed bed = WindowsBed.open();
  private final Random dice = new Random(SEED);
  private final Map<String, Double> highest = new TreeMap<>();
  private final WindowsExporter exporter;
  private final Path folder;
  private int scrapes;

  KilledExporterTest() throws IOException {
    Path runs = Path.of("target/bed/endtoend").toAbsolutePath();
    Files.createDirectories(runs);
    folder = Files.createTempDirectory(runs, "killed");
    Path config = folder.resolve("imf-exporter.yml");
    Files.writeString(
        config,
        """
        modules: { quick: { events_interval: 1s, banner: { enabled: false } } }
        hosts: { mail01: { access: local, module: quick } }
        """);
    exporter = new WindowsExporter(folder, config);
    bed.reset();
  }

  @AfterEach
  void stop() throws IOException {
    // What the services and the log said, to explain a failure.
    for (String file : List.of("services.log", "System.evl")) {
      Path evidence = Path.of("target/bed/prefix/drive_c/imf-bed", file);
      if (Files.exists(evidence)) {
        Files.copy(evidence, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    bed.reset();
  }

  @Test
  void everyRestartIsCountedOnceHoweverOftenTheProgramIsKilled() {
    int early = 0;
    try (Restarts restarts = Restarts.begin(bed, SEED)) {
      for (int kill = 0; kill < KILLS; kill++) {
        assertThat(restarts.going()).as("services are being restarted").isTrue();
        try (Background running = exporter.launch()) {
          early += watchUntilKilled(running) ? 0 : 1;
        }
      }
    }
    System.out.printf(
        "%d kills, %d of them before it listened, %d scrapes%n", KILLS, early, scrapes);
    for (int i = 0; i < 2; i++) {
      // The second time, only the journal can tell of them.
      try (Background running = exporter.start()) {
        settled(running);
        Restarts.SERVICES.forEach(service -> compare(service, scrape(running).orElseThrow()));
        assertThat(scrape(running).orElseThrow().series())
            .containsKey(
                "imf_service_restart_duration_typical_seconds{name=\"SMTPSVC\",phase=\"total\"}");
        running.kill();
      }
    }
  }

  /** False if it was killed before it listened. */
  private boolean watchUntilKilled(Background running) {
    boolean late = dice.nextInt(4) != 0;
    Duration moment = Duration.ofMillis(dice.nextInt(late ? LATE_MS : EARLY_MS));
    if (late) {
      running.await("/-/ready");
    }
    boolean heard = false;
    long end = System.nanoTime() + moment.toNanos();
    do {
      heard |= scrape(running).isPresent();
    } while (System.nanoTime() < end);
    assertThat(running.dead()).as("ended by itself, see %s", running.log()).isFalse();
    running.kill();
    return heard;
  }

  private Optional<Scrape> scrape(Background running) {
    Optional<Scrape> scrape = running.look("/metrics").map(Scrape::parse);
    scrape.ifPresent(seen -> noTotalWentBack(seen, running.log()));
    return scrape;
  }

  private void noTotalWentBack(Scrape scrape, Path log) {
    scrapes++;
    scrape
        .totals()
        .forEach(
            (name, value) ->
                assertThat(value)
                    .as("%s, scrape %d, seed %d, see %s", name, scrapes, SEED, log)
                    .isGreaterThanOrEqualTo(highest.getOrDefault(name, 0.0)));
    highest.putAll(scrape.totals());
  }

  /** Waits until the log has been read so far behind the last restart that nothing can follow. */
  private void settled(Background running) {
    Instant last = bed.serviceLog().get(bed.serviceLog().size() - 1).at();
    double read = last.plus(READ_BEHIND).toEpochMilli() / 1000.0;
    String reading = "imf_collector_timestamp_seconds{collector=\"events\"}";
    await("the event log is read to its end, see " + running.log())
        .atMost(SETTLES)
        .until(
            () ->
                scrape(running).filter(s -> s.has(reading) && s.value(reading) > read).isPresent());
  }

  private void compare(String service, Scrape scrape) {
    List<TrueRestart> restarts = TrueRestart.of(service, bed.serviceLog());
    double least = restarts.stream().mapToLong(r -> r.logged().toMillis()).sum() / 1000.0;
    double most = restarts.stream().mapToLong(r -> r.total().toMillis()).sum() / 1000.0;
    String name = "imf_service_restart_duration_seconds_%s{name=\"" + service + "\"}";
    double count = scrape.value(name.formatted("count"));
    double sum = scrape.value(name.formatted("sum"));
    System.out.printf(
        "%s: %d restarts, %.0f counted; they took %.1f s to %.1f s, %.1f s counted%n",
        service, restarts.size(), count, least, most, sum);
    assertThat(count).as("restarts of %s, seed %d", service, SEED).isEqualTo(restarts.size());
    assertThat(sum)
        .as("seconds of %d restarts of %s, seed %d", restarts.size(), service, SEED)
        .isBetween(least - PRECISION * restarts.size(), most + PRECISION * restarts.size());
  }
}
