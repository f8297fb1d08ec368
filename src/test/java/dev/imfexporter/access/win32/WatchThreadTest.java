package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import dev.imfexporter.access.AccessException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class WatchThreadTest {

  @Test
  void waitThatFailsIsNotRepeatedAtOnce() throws Exception {
    BrokenWatch watch = new BrokenWatch();
    watch.start();

    assertThat(watch.closed.await(20, TimeUnit.SECONDS)).isTrue();
    watch.close();

    assertThat(watch.rearmed).hasValue(0);
    assertThat(watch.changes).hasValue(0);
  }

  /** Waits for an event that does not exist. */
  private static final class BrokenWatch extends WatchThread<BrokenWatch.Request> {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger rearmed = new AtomicInteger();
    private final AtomicInteger changes;

    private BrokenWatch() throws AccessException {
      this(new AtomicInteger());
    }

    private BrokenWatch(AtomicInteger changes) throws AccessException {
      super("broken event", WinBase.INFINITE, changes::incrementAndGet);
      this.changes = changes;
    }

    @Override
    Request arm() {
      return new Request();
    }

    @Override
    Request rearm(@Nullable Request before) {
      rearmed.incrementAndGet();
      return new Request();
    }

    @Override
    boolean isChange(@Nullable Request before, @Nullable Request now, boolean signaled) {
      return true;
    }

    private final class Request implements WatchThread.Armed {
      @Override
      public HANDLE event() {
        return new HANDLE(new Pointer(0xBAD0L));
      }

      @Override
      public void close() {
        closed.countDown();
      }
    }
  }
}
