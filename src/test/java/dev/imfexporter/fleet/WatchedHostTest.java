package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.ConfigFiles;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.watch.HostWatcher;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.fact.Fact;
import dev.imfexporter.watch.fact.FactStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchedHostTest {
  private static final int DEAD = 8;

  @TempDir private Path folder;

  private final Queue<String> closed = new ConcurrentLinkedQueue<>();
  private final CyclicBarrier all = new CyclicBarrier(DEAD);
  private HostConfig config;

  @BeforeEach
  void configure() throws IOException, ConfigException {
    String text = "hosts: { mail01: { access: demo } }";
    config =
        ConfigFiles.of(Files.writeString(folder.resolve("imf.yml"), text)).load().hosts().get(0);
  }

  /** The subscription of each ends only while those of all others are being ended too. */
  @Test
  void deadHostsAreClosedSideBySide() throws UsageException {
    List<WatchedHost> hosts = new ArrayList<>();
    for (int i = 0; i < DEAD; i++) {
      hosts.add(HostFactory.watched(config, access(), host -> new Facts(), this::watcher));
    }

    WatchedHost.close(hosts);

    await()
        .untilAsserted(
            () ->
                assertThat(closed)
                    .haveExactly(DEAD, is("watcher"))
                    .haveExactly(DEAD, is("access"))
                    .haveExactly(DEAD, is("facts")));
  }

  @Test
  void aWatcherThatCannotStartLeavesNothingOpen() {
    Function<FactStore, HostWatcher> broken =
        facts -> {
          throw new IllegalStateException("defect");
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> HostFactory.watched(config, access(), host -> new Facts(), broken));
    assertThat(closed).containsExactlyInAnyOrder("access", "facts");
  }

  private static Condition<String> is(String what) {
    return new Condition<>(what::equals, what);
  }

  private HostWatcher watcher(FactStore facts) {
    return HostWatcher.start(
        HostPlan.plan(config),
        access(),
        facts,
        Runnable::run,
        (interval, task) -> this::endOnceAllEnd,
        TimeSource.system(),
        run -> {});
  }

  private void endOnceAllEnd() {
    try {
      all.await(20, TimeUnit.SECONDS);
      closed.add("watcher");
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has no ports, since nothing is asked. */
  private HostAccess access() {
    return (HostAccess)
        Proxy.newProxyInstance(
            HostAccess.class.getClassLoader(),
            new Class<?>[] {HostAccess.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed.add("access");
              }
              return method.getName().equals("kind") ? config.access() : null;
            });
  }

  private final class Facts implements FactStore {
    @Override
    public List<Fact> recovered() {
      return List.of();
    }

    @Override
    public void keep(List<Fact> facts) {}

    @Override
    public void summary(Supplier<List<Fact>> facts) {}

    @Override
    public Optional<String> failure() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.add("facts");
    }
  }
}
