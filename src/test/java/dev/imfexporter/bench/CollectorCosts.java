package dev.imfexporter.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.demo.DemoHost;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.collector.Collector;
import dev.imfexporter.collector.NotApplicable;
import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.fleet.PlannedReadings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of each collector costs: on the demo host, and as root over SMB on a real Samba
 * server, whose Service Control Manager and counters are stand-ins in this JVM. Each is told as a
 * ratio to {@code services} of the same run. Run by {@code bin/bench --collectors}.
 */
public final class CollectorCosts {
  private static final String REFERENCE = "services";
  private static final int PORT = 14490;
  private static final String HOST = "127.0.0.1";
  private static final int MESSAGES = 100;
  private static final int BLOCK = 10;

  /** The story of the demo stands still here: everything runs. */
  private static final Duration STORY = Duration.ofSeconds(20);

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int blocks;

  private CollectorCosts(int blocks) {
    this.blocks = blocks;
  }

  /** The runs of one collector. */
  private static final class Cost {
    private final List<Long> walls = new ArrayList<>();
    private long cpu;
    private long trips;

    private double wall() {
      Collections.sort(walls);
      return walls.get(walls.size() / 2) / 1e3;
    }

    private double cpu() {
      return cpu / 1e3 / walls.size();
    }
  }

  /**
   * @param args how often each collector runs
   */
  public static void main(String[] args) throws Exception {
    CollectorCosts costs = new CollectorCosts(Math.max(1, Integer.parseInt(args[0]) / BLOCK));
    Instant now = Instant.now();
    InstantSource still = () -> now;
    try (HostAccess demo = DemoHost.play(still, STORY)) {
      costs.measure("demo", demo, Config.demo(STORY).hosts().get(0), Optional.empty());
    }
    if ("root".equals(System.getProperty("user.name"))) {
      costs.samba();
    } else {
      System.out.println("\nOver SMB: only as root, with Debian's samba.");
    }
    System.exit(0);
  }

  private void samba() throws Exception {
    // The relay finds no round trips in encrypted messages.
    try (SambaBed bed = SambaBed.startAt(PORT, "server smb encrypt = off");
        Relay relay = Relay.at(HOST, PORT, Duration.ZERO)) {
      bed.exchange();
      Path queue = Files.createDirectory(bed.share().resolve("Queue"));
      for (int i = 0; i < MESSAGES; i++) {
        Files.writeString(queue.resolve("NTFS_%08x.EML".formatted(i)), "a message");
      }
      HostConfig direct = config(bed.port());
      try (HostAccess host = PlannedReadings.open(direct)) {
        measure("SMB, without a relay", host, direct, Optional.empty());
      }
      HostConfig relayed = config(relay.port());
      try (HostAccess host = PlannedReadings.open(relayed)) {
        measure("SMB, round trips counted by a relay", host, relayed, Optional.of(relay));
      }
    }
  }

  private static HostConfig config(int port) throws Exception {
    Path folder = Files.createTempDirectory("imf-bench");
    Path secret = Files.writeString(folder.resolve("pw"), SambaBed.PASSWORD);
    Path file =
        Files.writeString(
            folder.resolve("c.yml"),
            """
            auths: { a: { username: imf-bed, domain: EXAMPLE, password_file: '%s' } }
            modules:
              m:
                definition_folder: '\\\\{host}\\MSCFV2'
                mailroots: { SMTP 1: '\\\\{host}\\share' }
                banner: { enabled: false }
                loaded_modules: false
                filter: false
            hosts: { %s: { access: smb, auth: a, module: m, smb_port: %d } }
            """
                .formatted(secret, HOST, port));
    return ConfigFiles.of(file).load().hosts().get(0);
  }

  private void measure(String title, HostAccess host, HostConfig config, Optional<Relay> relay) {
    Map<String, Collector<?>> readings = new LinkedHashMap<>(PlannedReadings.of(config));
    List<String> without = new ArrayList<>();
    // The first run warms up, and says which collectors have nothing here.
    readings
        .entrySet()
        .removeIf(
            reading -> {
              try {
                for (int i = 0; i < BLOCK; i++) {
                  reading.getValue().take(host);
                }
                return false;
              } catch (AccessException | NotApplicable e) {
                without.add(reading.getKey() + ": " + e.getMessage());
                return true;
              }
            });
    Map<String, Cost> costs = new LinkedHashMap<>();
    readings.keySet().forEach(name -> costs.put(name, new Cost()));
    for (int block = 0; block < blocks; block++) {
      readings.forEach(
          (name, reading) -> run(reading, host, costs.getOrDefault(name, new Cost()), relay));
    }
    print(title, costs, without, relay.isPresent());
  }

  private static void run(Collector<?> reading, HostAccess host, Cost cost, Optional<Relay> relay) {
    relay.ifPresent(Relay::take);
    long cpu = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < BLOCK; i++) {
      long begun = System.nanoTime();
      try {
        reading.take(host);
      } catch (AccessException | NotApplicable e) {
        throw new IllegalStateException("A collector that worked before failed", e);
      }
      cost.walls.add(System.nanoTime() - begun);
    }
    cost.cpu += SYSTEM.getProcessCpuTime() - cpu;
    cost.trips += relay.map(counter -> counter.take().count()).orElse(0L);
  }

  private void print(String title, Map<String, Cost> costs, List<String> without, boolean counted) {
    System.out.printf("%n%s; %d runs of each, one after the other%n%n", title, blocks * BLOCK);
    System.out.println(
        "| collector | wall p50 (us) | of services | CPU (us) | of services | round trips |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    Cost reference = costs.get(REFERENCE);
    costs.forEach(
        (name, cost) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f | %s | %s |%n",
                name,
                cost.wall(),
                ratio(cost.wall(), reference == null ? 0 : reference.wall()),
                cost.cpu(),
                ratio(cost.cpu(), reference == null ? 0 : reference.cpu()),
                counted
                    ? String.format(Locale.ROOT, "%.1f", (double) cost.trips / cost.walls.size())
                    : "-"));
    without.forEach(why -> System.out.println("- " + why));
  }

  private static String ratio(double value, double reference) {
    return reference == 0 ? "-" : String.format(Locale.ROOT, "%.2f", value / reference);
  }
}
