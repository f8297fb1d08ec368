package dev.imfexporter.http;

import static dev.imfexporter.access.ServiceState.RUNNING;
import static dev.imfexporter.access.ServiceState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.collector.DefinitionReading;
import dev.imfexporter.collector.ServicesReading;
import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.Format;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.watch.FakeHost;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.Plans;
import dev.imfexporter.watch.TestTime;
import dev.imfexporter.watch.fact.FactStore;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Retention;
import dev.imfexporter.watch.model.WatchPlan;
import dev.imfexporter.watch.poll.CallThreads;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A day of polls under a clock that is turned by hand, and 100,000 scrapes of two hosts: one never
 * answers, and one does not report its changes, so that its subscription is distrusted and asked
 * for again every 30 s. What is kept after a fifth of the day must not be more at its end.
 */
class SoakTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final int SCRAPES = 100_000;

  /** One in so many scrapes is of the host that answers, and one in so many goes over HTTP. */
  private static final int ONE_ANSWERS = 10;

  private static final int ONE_OVER_HTTP = 51;

  private static final Duration DEADLINE = Duration.ofMillis(9_500);

  /** Far below one for each poll or each scrape of the rest of the day. */
  private static final long FEW_OBJECTS = 500;

  private static final long FEW_BYTES = 512 * 1024;

  private final TestTime time = new TestTime();
  private final List<Runnable> ticks = new ArrayList<>();
  private final Distrusted distrusted = new Distrusted();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService hanging = CallThreads.atMost(12);
  private final HostWatcher hung = watch("hung", new Hung(end), hanging);
  private final HostWatcher flapping = watch("distrusted", distrusted, Runnable::run);
  private final SelfMetrics self = SelfMetrics.start(Build.of("0.0.0"));
  private final Exposition exposition = new Exposition(self);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = serve();

  /** What the program has and keeps. */
  private record Kept(LiveObjects live, int threads, long descriptors, int subscriptions) {}

  @AfterEach
  void close() {
    server.close();
    self.close();
    hung.close();
    flapping.close();
    end.countDown();
    hanging.shutdown();
  }

  @Test
  void aDayOfPollsAndScrapesKeepsNoMoreThanItsFirstHours() throws Exception {
    int polls = (int) DAY.dividedBy(POLL);
    Kept early = kept();
    int scrapes = 0;
    for (int poll = 0; poll < polls; poll++) {
      time.advance(POLL);
      List.copyOf(ticks).forEach(Runnable::run);
      distrusted.changeAfterEachSubscription();
      List<CompletableFuture<HostSnapshot>> waiting = new ArrayList<>();
      for (long due = (long) SCRAPES * (poll + 1) / polls; scrapes < due; scrapes++) {
        scrape(scrapes).ifPresent(waiting::add);
      }
      waiting.forEach(snapshot -> assertThat(snapshot.join().up()).isFalse());
      if (poll == polls / 5) {
        early = kept();
      }
    }
    Kept late = kept();

    assertThat(scrapes).isEqualTo(SCRAPES);
    assertThat(distrusted.subscriptions).as("asked for again").isGreaterThan(2_000);
    assertThat(hung.stuck()).isPositive();
    assertThat(late.subscriptions()).isOne();
    assertThat(late.live().bytes()).as("live bytes").isLessThan(early.live().bytes() + FEW_BYTES);
    assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 2);
    assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors() + 2);
    Map<String, Long> before = early.live().own();
    assertThat(late.live().own())
        .allSatisfy(
            (name, count) ->
                assertThat(count).as(name).isLessThan(before.getOrDefault(name, 0L) + FEW_OBJECTS));
  }

  /** Returns the answer of the host that hangs, unless it was asked over HTTP. */
  private Optional<CompletableFuture<HostSnapshot>> scrape(int number) throws Exception {
    boolean answers = number % ONE_ANSWERS == 0;
    if (number % ONE_OVER_HTTP == 0) {
      assertThat(get(answers ? "/metrics" : "/probe?target=hung"))
          .contains(answers ? "imf_up 1.0" : "imf_up 0.0");
    } else if (answers) {
      HostSnapshot snapshot = flapping.scrape(DEADLINE).join();
      assertThat(exposition.page(Format.OPEN_METRICS, Optional.of(snapshot)).gzip()).isNotEmpty();
    } else {
      return Optional.of(hung.scrape(DEADLINE));
    }
    return Optional.empty();
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private Server serve() {
    FakeWatched watched = new FakeWatched(flapping);
    watched.add(hung);
    try {
      return Server.start(
          WebSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          CurrentWebSecurity.none(),
          watched,
          exposition,
          (route, method, status, nanoseconds) ->
              self.request(route, method, status, Duration.ofNanos(nanoseconds)),
          time,
          "0.0.0");
    } catch (BindFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private HostWatcher watch(String name, FakeHost host, Executor calls) {
    WatchPlan plan =
        Plans.ofMail(
            name,
            new ServicesReading(List.of("IISADMIN", "SMTPSVC"), time),
            new DefinitionReading(Optional.empty(), ZoneOffset.UTC));
    return HostWatcher.start(
        new WatchPlan(
            name,
            plan.smtp(),
            plan.collectors(),
            plan.pace(),
            Set.of(),
            Set.of(),
            plan.limits(),
            // So few that they are reached within a fifth of a day.
            new Retention(Duration.ofDays(400), 50)),
        host,
        FactStore.none(),
        calls,
        (interval, task) -> {
          ticks.add(task);
          return () -> ticks.remove(task);
        },
        time,
        run -> {});
  }

  private Kept kept() throws JMException {
    return new Kept(
        LiveObjects.now(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        descriptors(),
        distrusted.open);
  }

  /** Zero on Windows. */
  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Reports the states when it is asked to, and no change after that. */
  private static final class Distrusted extends FakeHost {
    private int open;
    private int known;

    Distrusted() {
      pushes = true;
      service("IISADMIN", RUNNING);
      service("SMTPSVC", RUNNING);
    }

    void changeAfterEachSubscription() {
      if (subscriptions > known) {
        known = subscriptions;
        quietly("SMTPSVC", known % 2 == 0 ? RUNNING : STOPPED);
      }
    }

    @Override
    public Subscription subscribe(Set<String> wanted, StatusListener to) throws AccessException {
      Subscription subscription = super.subscribe(wanted, to);
      open++;
      return () -> {
        open--;
        subscription.close();
      };
    }
  }

  /** Answers nothing until the end of the test. */
  private static final class Hung extends FakeHost {
    private final CountDownLatch end;

    Hung(CountDownLatch end) {
      this.end = end;
    }

    @Override
    public Optional<ServiceStatus> status(String service) {
      hang();
      return Optional.empty();
    }

    @Override
    public Optional<ServiceConfig> config(String service) {
      hang();
      return Optional.empty();
    }

    @Override
    public Registry registry() {
      hang();
      return super.registry();
    }

    private void hang() {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
