package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When HKEY_PERFORMANCE_DATA is closed, by a registry that only counts. */
class KeptPerformanceKeyTest {
  private final FakeKey key = new FakeKey();
  private final Win32PerformanceData data = new Win32PerformanceData(key, true);

  /** Loads the providers with the first query after a close, as Windows does. */
  private static final class FakeKey implements Win32PerformanceData.Key {
    private final List<String> calls = new ArrayList<>();
    private Runnable during = () -> {};
    private boolean open;
    private boolean failing;

    @Override
    public byte[] query(String value) throws AccessException {
      if (!open) {
        calls.add("load");
        open = true;
      }
      during.run();
      calls.add("query " + value);
      if (failing) {
        throw new AccessException.Missing("gone");
      }
      return new byte[0];
    }

    @Override
    public void close() {
      if (open) {
        calls.add("unload");
        open = false;
      }
    }
  }

  private static void onAnotherThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void queriesShareTheProvidersUntilTheyAreReleased() throws Exception {
    data.query("2");
    data.query("4");
    data.release();
    data.release();
    data.query("6");

    assertThat(key.calls)
        .containsExactly("load", "query 2", "query 4", "unload", "load", "query 6");
  }

  @Test
  void releaseDuringAQueryDoesNotWaitAndUnloadsAtItsEnd() throws Exception {
    key.during = () -> onAnotherThread(data::release);
    data.query("2");
    assertThat(key.calls).containsExactly("load", "query 2", "unload");

    key.during = () -> {};
    data.query("4");
    assertThat(key.calls).endsWith("load", "query 4");
  }

  @Test
  void queryThatFailedLeavesNoProviderLoaded() {
    key.failing = true;
    assertThatThrownBy(() -> data.query("2")).isInstanceOf(AccessException.Missing.class);
    assertThat(key.calls).containsExactly("load", "query 2", "unload");
  }

  @Test
  void keyOfAnotherMachineIsClosedAfterEveryQuery() throws Exception {
    Win32PerformanceData remote = new Win32PerformanceData(key, false);
    remote.query("2");
    remote.query("4");

    assertThat(key.calls).containsExactly("load", "query 2", "unload", "load", "query 4", "unload");
  }
}
