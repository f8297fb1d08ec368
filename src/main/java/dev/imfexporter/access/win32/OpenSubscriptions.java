package dev.imfexporter.access.win32;

import dev.imfexporter.access.Subscription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The subscriptions that one port has open, so that all end with it. Thread-safe. */
final class OpenSubscriptions implements AutoCloseable {
  private final Set<Subscription> open = new HashSet<>();
  private boolean closed;

  /** The subscription to hand out: closing it closes that one. */
  Subscription add(Subscription subscription) {
    synchronized (this) {
      if (!closed) {
        open.add(subscription);
        return () -> close(subscription);
      }
    }
    subscription.close();
    throw new IllegalStateException("This access is closed");
  }

  private void close(Subscription subscription) {
    subscription.close();
    synchronized (this) {
      open.remove(subscription);
    }
  }

  @Override
  public void close() {
    List<Subscription> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(open);
    }
    last.forEach(this::close);
  }
}
