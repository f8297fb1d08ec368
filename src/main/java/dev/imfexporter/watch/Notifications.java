package dev.imfexporter.watch;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a host reporting its services' states, as far as it does: asks again for those that it
 * stopped reporting, and gives up on a host that cannot. Thread-safe.
 */
final class Notifications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

  /** Between two attempts; in between, the services that are not reported are polled. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  private final ServiceControl scm;
  private final Executor calls;
  private final TimeSource time;
  private final BiConsumer<String, ServiceStatus> onChange;

  private @Nullable Wish wish;
  private @Nullable Moment asked;
  private boolean refused;
  private boolean closed;

  Notifications(
      ServiceControl scm,
      Executor calls,
      TimeSource time,
      BiConsumer<String, ServiceStatus> onChange) {
    this.scm = scm;
    this.calls = calls;
    this.time = time;
    this.onChange = onChange;
  }

  /** Whether the host reports every change of this service by itself. */
  synchronized boolean cover(String service) {
    return wish != null && wish.reported.contains(service);
  }

  /** Asks the host to report these services, if it does not and was not asked of late. */
  synchronized void tend(List<String> services) {
    if (closed || refused || services.stream().allMatch(this::cover)) {
      return;
    }
    Moment now = time.now();
    if (asked != null && now.since(asked).compareTo(ASK_AGAIN) < 0) {
      return;
    }
    asked = now;
    Wish old = wish;
    Wish next = new Wish(services);
    wish = next;
    calls.execute(
        () -> {
          if (old != null) {
            old.close();
          }
          next.ask();
        });
  }

  @Override
  public void close() {
    Wish open;
    synchronized (this) {
      closed = true;
      open = wish;
      wish = null;
    }
    if (open != null) {
      open.close();
    }
  }

  private synchronized void refuse(AccessException why) {
    refused = true;
    LOG.log(
        Level.INFO,
        "States are polled, since the host does not report them: {0}",
        why.getMessage());
  }

  /** One subscription, from the asking to its end. */
  private final class Wish implements StatusListener {
    private final Set<String> services;

    /** Guarded by the enclosing object. */
    private final Set<String> reported = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private @Nullable Subscription subscription;
    private boolean over;

    Wish(List<String> services) {
      this.services = Set.copyOf(services);
    }

    void ask() {
      Subscription open;
      try {
        open = scm.subscribe(services, this);
      } catch (AccessException.Unsupported e) {
        refuse(e);
        return;
      } catch (AccessException e) {
        LOG.log(Level.WARNING, "States are polled for now: {0}", e.getMessage());
        return;
      }
      synchronized (this) {
        if (!over) {
          subscription = open;
          return;
        }
      }
      open.close();
    }

    @Override
    public void changed(String service, ServiceStatus status) {
      synchronized (Notifications.this) {
        reported.add(service);
      }
      onChange.accept(service, status);
    }

    @Override
    public void ended(String service, AccessException why) {
      synchronized (Notifications.this) {
        reported.remove(service);
      }
      LOG.log(Level.INFO, "{0} is polled for now: {1}", service, why.getMessage());
    }

    void close() {
      Subscription open;
      synchronized (this) {
        over = true;
        open = subscription;
        subscription = null;
      }
      if (open != null) {
        open.close();
      }
    }
  }
}
