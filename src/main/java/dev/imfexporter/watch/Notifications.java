package dev.imfexporter.watch;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceControl;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StatusListener;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.clock.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a host reporting its services' states, as far as it does: asks again for those that it
 * stopped reporting, and asks no more where this access or the host cannot report at all.
 * Thread-safe.
 */
final class Notifications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

  /** Between two attempts; in between, the services that are not reported are polled. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  private final ServiceControl scm;
  private final Executor calls;
  private final TimeSource time;
  private final BiConsumer<String, ServiceStatus> onChange;

  // Guarded by this.
  private final List<Wish> wishes = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
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
    return wishes.stream().anyMatch(wish -> wish.reported.contains(service));
  }

  /** Asks the host to report those services that it does not, unless it was asked of late. */
  synchronized void tend(List<String> services) {
    if (closed || refused) {
      return;
    }
    List<String> missing = services.stream().filter(service -> !cover(service)).toList();
    Moment now = time.now();
    if (missing.isEmpty() || (asked != null && now.since(asked).compareTo(ASK_AGAIN) < 0)) {
      return;
    }
    asked = now;
    Wish wish = new Wish(missing);
    wishes.add(wish);
    calls.execute(wish::ask);
  }

  /** Counts a service as not reported: a change of it was seen that the host did not report. */
  synchronized void distrust(String service) {
    wishes.forEach(wish -> wish.reported.remove(service));
    tell(service, "the host did not report a change");
  }

  @Override
  public void close() {
    List<Wish> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(wishes);
      wishes.clear();
    }
    open.forEach(Wish::close);
  }

  private synchronized void end(Wish wish) {
    wishes.remove(wish);
  }

  private synchronized void refuse(AccessException why) {
    if (!refused) {
      refused = true;
      LOG.log(Level.DEBUG, "The services are polled: " + why.getMessage());
    }
  }

  private synchronized void tell(String what, @Nullable String why) {
    String message = what + " is polled for now: " + why;
    if (told.add(message)) {
      LOG.log(Level.INFO, message);
    }
  }

  /** One subscription, from the asking to its end. */
  private final class Wish implements StatusListener {
    /** Those not ended; guarded by the enclosing object, as is the next. */
    private final Set<String> open = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private final Set<String> reported = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> services;

    private @Nullable Subscription subscription;
    private boolean over;

    Wish(List<String> services) {
      this.services = Set.copyOf(services);
      open.addAll(services);
    }

    void ask() {
      Subscription subscribed;
      try {
        subscribed = scm.subscribe(services, this);
      } catch (AccessException e) {
        end(this);
        if (e instanceof AccessException.Unsupported) {
          refuse(e);
        } else {
          tell("Every service", e.getMessage());
        }
        return;
      }
      synchronized (this) {
        if (!over) {
          subscription = subscribed;
          return;
        }
      }
      subscribed.close();
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
      boolean last;
      synchronized (Notifications.this) {
        reported.remove(service);
        open.remove(service);
        last = open.isEmpty();
      }
      if (why instanceof AccessException.Unsupported) {
        refuse(why);
      } else {
        tell(service, why.getMessage());
      }
      if (last) {
        end(this);
        calls.execute(this::close);
      }
    }

    void close() {
      Subscription ended;
      synchronized (this) {
        over = true;
        ended = subscription;
        subscription = null;
      }
      if (ended != null) {
        ended.close();
      }
    }
  }
}
