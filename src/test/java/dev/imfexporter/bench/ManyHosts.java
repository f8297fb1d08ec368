package dev.imfexporter.bench;

import dev.imfexporter.bed.SambaBed;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What it costs to watch many hosts over SMB. Every host is an address of this machine at which one
 * real Samba answers, with a process for each connection; its Service Control Manager and counters
 * are stand-ins in this JVM. Of more than a hundred hosts, events and the definition are left out.
 * Run by {@code bin/bench --hosts}.
 */
public final class ManyHosts {
  /** For more, Samba's servers of the event log and the registry fail: one Windows has one log. */
  private static final int MANY = 100;

  private static final int PORT = 14480;

  /** Between two buildings. */
  private static final Duration LAN = Duration.ofMillis(2);

  private static final int PROBES = 30;
  private static final Duration STARTS = Duration.ofMinutes(5);

  /** Calls of one look come close behind each other. */
  private static final long ONE_LOOK = 2;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int hosts;
  private final Duration interval;
  private final Duration time;

  private ManyHosts(int hosts, Duration interval, Duration time) {
    this.hosts = hosts;
    this.interval = interval;
    this.time = time;
  }

  /** What the exporter holds at a moment. */
  private record Held(long heapKib, int threads, long descriptors, double cpu) {}

  /**
   * @param args how many hosts, milliseconds between two looks, seconds to measure
   */
  public static void main(String[] args) throws Exception {
    Duration interval = Duration.ofMillis(Long.parseLong(args[1]));
    Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
    new ManyHosts(1, interval, Duration.ofSeconds(5)).run();
    new ManyHosts(Integer.parseInt(args[0]), interval, time).run();
    System.exit(0);
  }

  private void run() throws Exception {
    Path folder = Files.createTempDirectory("imf-bench");
    try (SambaBed bed =
        SambaBed.startAt(
            PORT,
            "bind interfaces only = no\nhosts allow = 127.\nlog level = 0\n"
                + (hosts == 1 ? "server smb encrypt = off" : ""))) {
      bed.exchange();
      int port = freePort();
      long begun = System.nanoTime();
      Process exporter = start(folder, port, PORT, interval);
      try {
        while (bed.connections() < hosts) {
          if (System.nanoTime() - begun > STARTS.toNanos() || !exporter.isAlive()) {
            throw new IllegalStateException(
                bed.connections() + " of " + hosts + " hosts connected, see " + folder);
          }
          TimeUnit.MILLISECONDS.sleep(50);
        }
        print("%d hosts: all sessions after %.1f s", hosts, seconds(System.nanoTime() - begun));
        TimeUnit.MILLISECONDS.sleep(interval.toMillis() + 10_000);
        measure(bed, exporter, port);
      } finally {
        exporter.destroy();
        exporter.waitFor(10, TimeUnit.SECONDS);
      }
    }
    delete(folder);
  }

  private void measure(SambaBed bed, Process exporter, int port) throws Exception {
    Held before = held(exporter);
    bed.services().forgetCalls();
    long begun = System.nanoTime();
    TimeUnit.SECONDS.sleep(time.toSeconds());
    List<List<Long>> calls = bed.services().calls();
    double took = seconds(System.nanoTime() - begun);
    Held after = held(exporter);
    print(
        "  CPU %.1f %% of a core; live objects %d KiB, then %d; threads %d, then %d;"
            + " descriptors %d, then %d",
        100 * (after.cpu - before.cpu) / took,
        before.heapKib,
        after.heapKib,
        before.threads,
        after.threads,
        before.descriptors,
        after.descriptors);
    intervals(calls);
    if (hosts > 1) {
      scrape(port);
    } else {
      roundTrips(bed, Duration.ZERO);
      roundTrips(bed, LAN);
    }
  }

  /** A probe that reads everything anew, beside the round trips that it takes. */
  private void roundTrips(SambaBed bed, Duration delay) throws Exception {
    Path folder = Files.createTempDirectory("imf-bench");
    int port = freePort();
    try (Relay relay = Relay.at(address(0), bed.port(), delay)) {
      Process exporter = start(folder, port, relay.port(), Duration.ofHours(1));
      try {
        List<Double> ratios = new ArrayList<>();
        List<Double> probes = new ArrayList<>();
        long trips = 0;
        for (int probe = 0; probe < PROBES; probe++) {
          // Readings are shared for a second.
          TimeUnit.MILLISECONDS.sleep(1100);
          if (probe == 0) {
            TimeUnit.SECONDS.sleep(10);
          }
          relay.take();
          long begun = System.nanoTime();
          get(port, "/probe?target=" + address(0));
          double took = seconds(System.nanoTime() - begun) * 1000;
          Relay.Trips sum = relay.take();
          trips += sum.count();
          ratios.add(took / sum.millis());
          probes.add(took);
        }
        Collections.sort(ratios);
        Collections.sort(probes);
        print(
            "  a probe that reads anew, with %d ms of delay: p50 %.1f ms, %.0f round trips; its time is"
                + " p50 %.2f, p99 %.2f of theirs added up",
            delay.toMillis(),
            probes.get(PROBES / 2),
            (double) trips / PROBES,
            ratios.get(PROBES / 2),
            ratios.get(PROBES * 99 / 100));
      } finally {
        exporter.destroy();
        exporter.waitFor(10, TimeUnit.SECONDS);
      }
    }
    delete(folder);
  }

  private void intervals(List<List<Long>> calls) {
    List<Double> late = new ArrayList<>();
    int looks = 0;
    for (List<Long> client : calls) {
      long last = 0;
      long look = 0;
      for (long call : client) {
        if (last == 0
            || call - last > Math.min(ONE_LOOK * 1_000_000_000L, interval.toNanos() / 2)) {
          if (look != 0) {
            late.add(Math.abs(seconds(call - look) - seconds(interval.toNanos())));
          }
          look = call;
          looks++;
        }
        last = call;
      }
    }
    Collections.sort(late);
    if (!late.isEmpty()) {
      long missed = late.stream().filter(by -> by > seconds(interval.toNanos()) / 2).count();
      print(
          "  %d looks; between two of a host, off the interval by p50 %.3f s, p99 %.3f s, most %.3f"
              + " s; missed %d",
          looks,
          late.get(late.size() / 2),
          late.get(late.size() * 99 / 100),
          late.get(late.size() - 1),
          missed);
    }
  }

  private void scrape(int port) throws Exception {
    List<Double> times = new ArrayList<>();
    int up = 0;
    Map<String, Long> errors = new TreeMap<>();
    Pattern failed =
        Pattern.compile(
            "^imf_host_errors_total\\{reason=\"(\\w+)\",} ([0-9.]+)", Pattern.MULTILINE);
    for (int host = 0; host < hosts; host++) {
      long begun = System.nanoTime();
      String body = get(port, "/probe?target=" + address(host));
      times.add(seconds(System.nanoTime() - begun) * 1000);
      up += body.contains("\nimf_up 1.0") ? 1 : 0;
      Matcher error = failed.matcher(body);
      while (error.find()) {
        errors.merge(error.group(1), (long) Double.parseDouble(error.group(2)), Long::sum);
      }
    }
    Collections.sort(times);
    print(
        "  %d of %d hosts up; readings that failed since the start: %s; /probe p50 %.0f ms, p99 %.0f ms",
        up, hosts, errors, times.get(times.size() / 2), times.get(times.size() * 99 / 100));
  }

  private Process start(Path folder, int port, int smb, Duration poll) throws IOException {
    StringBuilder config = new StringBuilder();
    config.append("auths: { a: { username: imf-bed, domain: EXAMPLE, password_file: pw } }\n");
    config.append("modules: { m: { filter: false, banner: { enabled: false }, poll_interval: ");
    config.append(poll.toMillis()).append("ms");
    if (hosts > MANY) {
      config.append(", events: false, definition: false");
    }
    config.append(" } }\nhosts:\n");
    for (int host = 0; host < hosts; host++) {
      config.append("  " + address(host));
      config.append(": { access: smb, auth: a, module: m, smb_port: " + smb + " }\n");
    }
    Files.writeString(folder.resolve("c.yml"), config);
    Files.writeString(folder.resolve("pw"), SambaBed.PASSWORD);
    return new ProcessBuilder(
            "java",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            "target/imf-exporter.jar",
            "--config.file=" + folder.resolve("c.yml"),
            "--storage.path=" + folder.resolve("history"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static String address(int host) {
    return "127.0." + (1 + host / 250) + "." + (1 + host % 250);
  }

  private static Held held(Process exporter) throws Exception {
    String pid = Long.toString(exporter.pid());
    Matcher total =
        Pattern.compile("Total +\\d+ +(\\d+)").matcher(command("jcmd", pid, "GC.class_histogram"));
    if (!total.find()) {
      throw new IllegalStateException("jcmd tells no live objects");
    }
    long heap = Long.parseLong(total.group(1)) / 1024;
    String status = Files.readString(Path.of("/proc", pid, "status"));
    Matcher threads = Pattern.compile("Threads:\\s+(\\d+)").matcher(status);
    if (!threads.find()) {
      throw new IllegalStateException(status);
    }
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", pid, "fd"))) {
      double cpu = exporter.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
      return new Held(heap, Integer.parseInt(threads.group(1)), descriptors.count(), cpu);
    }
  }

  private static String command(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String get(int port, String path) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    command("rm", "-rf", folder.toString());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
