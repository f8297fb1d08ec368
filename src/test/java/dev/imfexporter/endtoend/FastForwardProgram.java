package dev.imfexporter.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.diagnosis.Diagnosis;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.fleet.PlannedReadings;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.page.HostPage;
import dev.imfexporter.page.PageView;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.poll.CallThreads;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * A program that watches the real hosts of a configuration file as the exporter does, but by a
 * clock that begins at 1970 and goes on by order, so that hours take seconds. For each line {@code
 * MINUTES FOLDER} of its input it advances the clock, reads each host, writes the metrics, the page
 * and the diagnosis of each into the folder, and answers with the line.
 */
final class FastForwardProgram {
  /**
   * A second apart, as the exporter's: by then is read what waits for the services, and a poll
   * prevails over a notification that is late.
   */
  private static final int POLLS = 4;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HostWatcher watcher;
  private final TestTime time;
  private final List<Runnable> ticks = new ArrayList<>();

  /** The calls under way, and the thread that waits for them. */
  private final Phaser calls = new Phaser(1);

  private FastForwardProgram(HostConfig host, TestTime time) throws UsageException {
    this.time = time;
    Executor threads = CallThreads.atMost(32);
    watcher =
        HostWatcher.start(
            PlannedReadings.plan(host),
            withClock(PlannedReadings.open(host), time),
            FactStore.none(),
            call -> {
              calls.register();
              threads.execute(
                  () -> {
                    try {
                      call.run();
                    } finally {
                      calls.arriveAndDeregister();
                    }
                  });
            },
            (interval, task) -> {
              ticks.add(task);
              return () -> {};
            },
            time,
            run -> {});
  }

  /** The same host, with a clock that agrees with this one; it was booted at the begin. */
  private static HostAccess withClock(HostAccess host, TestTime time) {
    HostClock clock =
        () -> {
          Instant now = time.instant();
          return new HostClock.HostTime(now, Duration.ZERO, Duration.between(Instant.EPOCH, now));
        };
    return (HostAccess)
        Proxy.newProxyInstance(
            FastForwardProgram.class.getClassLoader(),
            new Class<?>[] {HostAccess.class},
            (proxy, port, arguments) ->
                port.getName().equals("clock") ? clock : port.invoke(host, arguments));
  }

  public static void main(String[] arguments) throws Exception {
    TestTime time = new TestTime();
    time.set(Instant.EPOCH);
    List<FastForwardProgram> hosts = new ArrayList<>();
    for (HostConfig host : ConfigFiles.of(Path.of(arguments[0])).load().hosts()) {
      hosts.add(new FastForwardProgram(host, time));
    }
    // System.in asks how much is available, which Wine cannot tell of a pipe of Linux.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      time.advance(Duration.ofMinutes(Long.parseLong(words[0])));
      for (int poll = 0; poll < POLLS; poll++) {
        time.advance(Duration.ofSeconds(1));
        for (FastForwardProgram host : hosts) {
          host.poll();
        }
      }
      for (FastForwardProgram host : hosts) {
        host.tell(Path.of(words[1]));
      }
      System.out.println(line);
    }
    System.exit(0); // however many calls hang
  }

  private void poll() throws Exception {
    ticks.forEach(Runnable::run);
    calls.awaitAdvanceInterruptibly(calls.arrive(), LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void tell(Path folder) throws Exception {
    HostSnapshot host = watcher.scrape(LIMIT).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Instant now = time.instant();
    write(folder, "metrics", Exposition.text(host));
    write(folder, "page", HostPage.of(host, HostPage.Place.HERE, PageView.utc(now), "1.2.3"));
    write(
        folder,
        "diagnosis",
        Diagnosis.of(host, new DayEvents.NotAsked(), TimeView.utc(now)).findings().stream()
            .flatMap(finding -> finding.answers().stream())
            .collect(joining("\n")));
  }

  private void write(Path folder, String place, String text) throws IOException {
    Files.writeString(folder.resolve(watcher.name() + "." + place), text);
  }
}
